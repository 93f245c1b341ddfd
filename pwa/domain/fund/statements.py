"""A bank's statement beside the books: its lines are typed or pasted, each is matched to what it is, and the rest stays open by name.

Money that was paid in or transferred is on its way (1150) until a line shows it; what comes in without anything of ours is 2300 until
somebody knows whose it is. A match is proposed by sum and day and only ever made by a person.
"""

from dataclasses import dataclass
from datetime import timedelta

from peewee import JOIN

from db import database
from db.models import (
    LedgerAccount,
    LedgerTransaction,
    Posting,
    StatementLine,
    StatementMatch,
    StatementRiddle,
    StatementUndoing,
)
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import chart, holders, ledger, statement_reading
from pwa.domain.text import money

PAGE = 40
"""Lines that a page shows: two months of a village's bank."""
WITHIN = timedelta(days=14)
"""So far apart may be the day that the books tell and the day of the bank."""
NOT_NEXT = N_(
    "The first new line does not follow from the last one that is here, with %(left)s left. Begin with the line after it."
)
TAKEN = N_("This is matched to another line already.")
OTHER_SUM = N_("The sums differ. A line is matched only to what is the same to the satang.")
IN_ONLY = N_("Money that went out has a paper of ours. Write its voucher first, then match it.")


@dataclass(frozen=True)
class Beside:
    """A line with what became of it, or what it may be: `match`, `riddle` (each may be None), and `proposed` transactions."""

    line: StatementLine
    match: StatementMatch | None
    riddle: StatementRiddle | None
    proposed: list

    @property
    def is_open(self):
        return self.match is None


def add(fund, bank, text, *, by, at, today):
    """Keep the pasted lines of a bank (its name) that are not here yet, in their order; [StatementLine]. Raises Refusal."""
    lines = statement_reading.read(text, today=today)
    with database.atomic():
        account = holders.in_bank(fund, bank)
        here = list(StatementLine.select().where(StatementLine.ledger_account == account).order_by(StatementLine.n))
        lines = lines[_known(here, lines) :]
        if here and lines and here[-1].left_satang + lines[0].amount != lines[0].left:
            raise Refusal(NOT_NEXT, field="lines", left=money.figures(here[-1].left_satang))
        first = here[-1].n + 1 if here else 1
        about = dict(ledger_account=account, account=by, at=at)
        return [
            StatementLine.create(
                n=n, on=one.on, words=one.words, amount_satang=one.amount, left_satang=one.left, **about
            )
            for n, one in enumerate(lines, first)
        ]


def of(fund, bank, before=None):
    """[Beside] of a page of a bank's lines, the newest first, only of those `before` a number; what those without a match may be is
    proposed.
    """
    account = holders.in_bank(fund, bank)
    query = StatementLine.select().where(StatementLine.ledger_account == account)
    if before is not None:
        query = query.where(StatementLine.n < before)
    lines = list(query.order_by(StatementLine.n.desc()).limit(PAGE))
    matches, riddles = (_standing(model, lines) for model in (StatementMatch, StatementRiddle))
    free = unmatched(fund, account, *_near(lines))
    return [_beside(line, matches.get(line.id), riddles.get(line.id), free) for line in lines]


def find(fund, number):
    """A line of one of the fund's banks. Raises NotFound."""
    found = StatementLine.select(StatementLine, LedgerAccount).join(LedgerAccount)
    found = found.where(StatementLine.id == number, LedgerAccount.fund == fund).first()
    if found is None:
        raise NotFound
    return found


def match(line, transaction_id, *, by, at, on):
    """Say that a line is this transaction; what was on its way is in the bank then. The same twice is one. Raises Refusal."""
    with database.atomic():
        standing = said(StatementMatch, line)
        if standing is not None:
            if standing.transaction_id != transaction_id:
                raise Refusal(TAKEN)
            return standing
        fund = line.ledger_account.fund
        found = unmatched(fund, line.ledger_account, LedgerTransaction.id == transaction_id).get(transaction_id)
        if found is None:
            raise Refusal(TAKEN)
        transaction, satang, is_on_the_way = found
        if satang != line.amount_satang:
            raise Refusal(OTHER_SUM)
        riddle, about = said(StatementRiddle, line), dict(occurred_on=on, on=on, at=at, actor=by.id)
        booking = _arrived(line, riddle, by=by, at=at, on=on) if is_on_the_way else None
        if riddle is not None and booking is None:
            source = f"riddle/{line.id}/solved{_again(StatementMatch, line)}"
            ledger.reverse(last_booking(riddle), kind="riddle solved", source=source, **about)
        return StatementMatch.create(line=line, transaction=transaction, booking=booking, account=by, at=at)


def keep_open(line, owner, *, by, at, on):
    """Nothing of ours is this line: its money is booked as unexplained, and `owner` follows it up. The same twice is one."""
    with database.atomic():
        standing = said(StatementRiddle, line)
        if standing is not None:
            return standing
        if line.amount_satang < 0:
            raise Refusal(IN_ONLY)
        if said(StatementMatch, line) is not None:
            raise Refusal(TAKEN)
        fund = line.ledger_account.fund
        lines = [
            ledger.Line(line.ledger_account, line.amount_satang),
            ledger.Line(ledger.account(fund, chart.UNEXPLAINED), -line.amount_satang),
        ]
        source = f"riddle/{line.id}{_again(StatementRiddle, line)}"
        about = dict(kind="unexplained", source=source, occurred_on=line.on, on=on, at=at, actor=by.id)
        booking = ledger.post(fund, lines=lines, **about)
        return StatementRiddle.create(line=line, owner=owner, booking=booking, account=by, at=at)


def said(model, line):
    """What a line is said to be (StatementMatch), or who follows it up (StatementRiddle), as it stands; None where nothing does."""
    return _standing(model, [line]).get(line.id)


def last_booking(riddle):
    """The transaction by which the money of a riddle is unexplained now: its own, or the last that put it there again."""
    found = riddle.booking
    while (back := _reversal(found)) is not None and (again := _reversal(back)) is not None:
        found = again
    return found


def _reversal(transaction):
    return LedgerTransaction.get_or_none(LedgerTransaction.reverses == transaction)


def _again(model, line):
    """What tells the source of the next row of a line from those that were undone."""
    n = model.select().where(model.line == line).count()
    return f"/{n}" if n else ""


def _standing(model, lines):
    """{line's id: the row of it that was not undone}."""
    query = model.select().join(StatementUndoing, JOIN.LEFT_OUTER)
    rows = query.where(model.line.in_([one.id for one in lines]), StatementUndoing.id.is_null())
    return {one.line_id: one for one in rows}


def _arrived(line, riddle, *, by, at, on):
    """Take the sum from its way into the bank, or out of what was unexplained."""
    account = line.ledger_account
    fund, stem = account.fund, account.code.partition("-")[2]
    way = ledger.account(fund, f"{chart.ON_THE_WAY}-{stem}", name=account.name)
    place = ledger.account(fund, chart.UNEXPLAINED) if riddle else account
    lines = [ledger.Line(place, line.amount_satang), ledger.Line(way, -line.amount_satang)]
    source = f"statement/{line.id}{_again(StatementMatch, line)}"
    about = dict(kind="bank line", source=source, occurred_on=line.on, on=on, at=at, actor=by.id)
    return ledger.post(fund, lines=lines, **about)


def _near(lines):
    """The condition that a transaction is near one of these lines."""
    days = [one.on for one in lines]
    return [LedgerTransaction.occurred_on.between(min(days) - WITHIN, max(days) + WITHIN)] if days else []


def _beside(line, match, riddle, free):
    near = (
        []
        if match
        else [one for one, satang, _ in free.values() if satang == line.amount_satang and _is_near(one, line)]
    )
    return Beside(line, match, riddle, sorted(near, key=lambda one: abs(one.occurred_on - line.on))[:3])


def _is_near(transaction, line):
    return abs(transaction.occurred_on - line.on) <= WITHIN


def unmatched(fund, account, *conditions):
    """{id: (LedgerTransaction, satang, whether it is on its way)} that no line was matched to: what moved the bank, or is on its way
    there; only what meets the `conditions`.
    """
    way = f"{chart.ON_THE_WAY}-{account.code.partition('-')[2]}"
    query = Posting.select(Posting.amount_satang, LedgerAccount.code, LedgerTransaction).join(LedgerTransaction)
    query = query.switch(Posting).join(LedgerAccount)
    taken = StatementMatch.select(StatementMatch.transaction).join(StatementUndoing, JOIN.LEFT_OUTER)
    taken = taken.where(StatementUndoing.id.is_null())
    own = StatementMatch.select(StatementMatch.booking).where(StatementMatch.booking.is_null(False))
    riddles = StatementRiddle.select(StatementRiddle.booking)
    query = query.where(
        LedgerAccount.fund == fund,
        LedgerAccount.code.in_((account.code, way)),
        LedgerTransaction.id.not_in(taken),
        LedgerTransaction.id.not_in(own),
        LedgerTransaction.id.not_in(riddles),
        ledger.stands(LedgerTransaction.id),
        LedgerTransaction.reverses.is_null(),
        *conditions,
    )
    return {one.transaction_id: (one.transaction, one.amount_satang, one.account.code == way) for one in query}


def _known(here, lines):
    """How many of the pasted lines, from the first on, are here already: pasting a month twice adds nothing."""
    kept = [(one.on, one.amount_satang, one.left_satang) for one in here]
    said = [(one.on, one.amount, one.left) for one in lines]
    for many in range(min(len(kept), len(said)), 0, -1):
        if kept[-many:] == said[:many]:
            return many
    return len(said) if said and any(kept[n : n + len(said)] == said for n in range(len(kept))) else 0
