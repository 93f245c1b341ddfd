"""Vouchers: each payment, deposit, withdrawal, other income and move between pots is one act with one number and one paper.

The same command sent twice is one voucher; with other content it is refused. No hand and no bank pays more than it has, and
cash is paid only out of one's own hand.
"""

import hashlib
import json

from db import database
from db.models import Account, Voucher
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import chart, holders, ledger, reopenings, voucher_grounds
from pwa.domain.text import wording

LONGEST = 300
PAYS_OUT = {"refund", "expense"}
"""What gives money away, and so waits after a restore until what paper says is entered; a benefit is held first, and asked there."""
KINDS = {
    "refund": N_("Give money back"),
    "deposit": N_("Pay cash into the bank"),
    "withdrawal": N_("Take cash out of the bank"),
    "expense": N_("Pay an expense"),
    "income": N_("Other income"),
    "between_pots": N_("Move between pots"),
}
TITLES = {
    "refund": N_("Payment voucher"),
    "deposit": N_("Pay-in slip"),
    "withdrawal": N_("Withdrawal slip"),
    "expense": N_("Payment voucher"),
    "income": N_("Income voucher"),
    "between_pots": N_("Transfer voucher"),
}
OTHER_CONTENT = N_("This was sent already, with other content. Open the page anew.")
LATER = N_("This day is still to come.")


def write(fund, asked, *, command_id, by, at, on, lines_of=None, number=None):
    """The voucher of this command, written now or before; `lines_of` books what is not of its kind (a benefit),
    `number` is that of a paper written before a restore. Raises Refusal with the field.
    """
    said = _spelled(fund, asked)
    with database.atomic():
        before = Voucher.get_or_none(Voucher.command_id == command_id)
        if before is not None:
            if before.said != said:
                raise Refusal(OTHER_CONTENT)
            return before
        if asked.kind not in KINDS:
            raise NotFound
        if asked.kind in PAYS_OUT and number is None:
            reopenings.must_be_open(fund)
        if asked.on > on:
            raise Refusal(LATER, field="on")
        payee = wording.said(asked.payee, asked=N_("Write to whom, or from whom."), field="payee", longest=LONGEST)
        ground = wording.said(asked.ground, asked=N_("Write what for."), field="ground", longest=LONGEST)
        source, lines = (lines_of or voucher_grounds.WRITTEN[asked.kind])(fund, asked, by)
        number = number or reopenings.next_number(fund)
        about = dict(kind=asked.kind, source=f"voucher/{number}", occurred_on=asked.on, on=on, at=at, actor=by.id)
        return Voucher.create(
            fund=fund,
            n=number,
            command_id=command_id,
            kind=asked.kind,
            on=asked.on,
            payee=payee,
            ground=ground,
            source=source,
            amount_satang=asked.satang,
            receipt=voucher_grounds.receipt_of(fund, asked) if asked.receipt else None,
            transaction=ledger.post(fund, lines=lines, **about),
            account=by,
            said=said,
            at=at,
        )


def get(fund, n):
    """A fund's voucher by its number. Raises NotFound."""
    query = Voucher.select(Voucher, Account).join(Account)
    found = query.where(Voucher.fund == fund, Voucher.n == n).first()
    if found is None:
        raise NotFound
    return found


def source_of(voucher):
    """From where it was paid, or where an income went, in words: (heading, whose)."""
    return (chart.heading(voucher.source.code).name, holders.name_of(voucher.source)) if voucher.source_id else ("", "")


def latest(fund, most=50):
    """[Voucher] of a fund, the newest first, each with whether it `stands` or was undone."""
    query = Voucher.select(Voucher, ledger.stands(Voucher.transaction).alias("stands"))
    return list(query.where(Voucher.fund == fund).order_by(Voucher.n.desc()).limit(most))


def _spelled(fund, asked):
    parts = [fund.id, *(str(part) for part in vars(asked).values())]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
