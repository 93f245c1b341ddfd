"""What a bank's statement says at the end of a month, beside the books. A difference is never padded: somebody follows it up, by name.

After the close it is replaced only by the same two: the treasurer types it anew, and it counts once the auditor has agreed.
"""

from typing import NamedTuple

from peewee import JOIN

from db import database
from db.models import Account, BalanceAgreement, BankBalance, LedgerAccount
from pwa.domain import N_, Refusal
from pwa.domain.fund.versions import are_one
from pwa.domain.text import money

HOW_MUCH = N_("Write what the bank's statement says on the last day of the month.")
WHOSE = N_("The statement and the books differ by %(baht)s baht. Say what it is, and who follows it up.")
OWN = N_("Who typed it does not agree to it. The auditor does.")
LONGEST = 200


class Said(NamedTuple):
    """What was typed of a bank: its balance in satang, who follows a difference up (an Account or None), and what it may be."""

    satang: int | None
    owner: Account | None = None
    note: str = ""


def checked(fund, places, balances):
    """[(Place, Said)] of every bank of the fund. Refuses, at the field, what is missing."""
    found = []
    for place in places:
        said = balances.get(place.code, Said(None))
        if said.satang is None:
            raise Refusal(HOW_MUCH, field=place.code)
        _must_have_owner(said, said.satang - place.satang, place.code)
        found.append((place, said))
    return found


def of(close):
    """[BankBalance] that count, one a bank, by its code."""
    counts = (BankBalance.n == 0) | BalanceAgreement.id.is_null(False)
    found = {one.ledger_account_id: one for one in _typed(close).where(counts)}
    return sorted(found.values(), key=lambda one: one.ledger_account.code)


def waiting(close):
    """[BankBalance] typed anew since, that the auditor has not agreed to."""
    counts = {one.ledger_account_id: one.n for one in of(close)}
    return [one for one in _typed(close) if one.n > counts[one.ledger_account_id]]


def replace(close, code, said, *, by, at):
    """Type what the statement says once more, after the close; the same again is the same row. Raises Refusal."""
    with database.atomic():
        before = next((one for one in of(close) if one.ledger_account.code == code), None)
        if before is None or said.satang is None:
            raise Refusal(HOW_MUCH, field=code)
        _must_have_owner(said, said.satang - before.booked_satang, code)
        last = (
            close.balances.where(BankBalance.ledger_account == before.ledger_account)
            .order_by(BankBalance.n.desc())
            .get()
        )
        if (last.said_satang, last.owner, last.note) == (said.satang, said.owner, said.note.strip()[:LONGEST]):
            return last
        return write(close, before.ledger_account, said, booked=before.booked_satang, by=by, at=at)


def agree(balance, *, by, at):
    """The auditor's word to one that was typed anew: from now on it counts. Raises Refusal."""
    with database.atomic():
        if balance.account_id == by.id or are_one(balance.account, by):
            raise Refusal(OWN)
        return BalanceAgreement.get_or_create(balance=balance, defaults={"account": by, "at": at})[0]


def write(close, account, said, *, booked, by, at):
    """Keep what was typed; the first of its close and bank counts at once."""
    n = BankBalance.select().where(BankBalance.close == close, BankBalance.ledger_account == account).count()
    about = dict(booked_satang=booked, said_satang=said.satang, owner=said.owner, note=said.note.strip()[:LONGEST])
    return BankBalance.create(close=close, ledger_account=account, n=n, account=by, at=at, **about)


def _typed(close):
    """Its balances in the order in which they were typed, with bank and who follows them up."""
    query = BankBalance.select(BankBalance, LedgerAccount, Account).join(LedgerAccount).switch(BankBalance)
    query = query.join(Account, JOIN.LEFT_OUTER, on=BankBalance.owner).switch(BankBalance)
    return query.join(BalanceAgreement, JOIN.LEFT_OUTER).where(BankBalance.close == close).order_by(BankBalance.n)


def _must_have_owner(said, gap, field):
    if gap and (said.owner is None or not said.note.strip()):
        raise Refusal(WHOSE, field=field, baht=money.figures(gap))
