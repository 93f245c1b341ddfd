"""Nobody's role, assignment or phone ends silently with cash in hand: the sum is named, and whoever ends it says that it is known."""

from typing import NamedTuple

from peewee import JOIN

from db.models import Account, Branch, LedgerAccount, LedgerDay
from pwa.domain import N_, Refusal
from pwa.domain.fund import cash, chart, ledger_days
from pwa.domain.text import money

KNOWN = "with_cash"
"""The field by which somebody says that the sum is known, and is to be fetched."""


class Held(NamedTuple):
    """Cash that somebody answers for, in their own hand or in that of a branch."""

    name: str
    satang: int
    is_branch: bool = False


def held(people, fund=None):
    """[Held] of these accounts (ids), by name, in a fund or in all; nothing for empty hands."""
    query = LedgerAccount.select(LedgerAccount, Account, Branch, ledger_days.SATANG.alias("satang"))
    query = query.join(LedgerDay, attr="now").switch(LedgerAccount)
    query = query.join(Account, JOIN.LEFT_OUTER, on=LedgerAccount.holder)
    query = query.switch(LedgerAccount).join(Branch, JOIN.LEFT_OUTER, on=LedgerAccount.branch)
    theirs = LedgerAccount.holder.in_(people) | Branch.first.in_(people) | Branch.second.in_(people)
    query = query.where(theirs, LedgerAccount.code.startswith(f"{chart.HAND}-"))
    query = query.where(ledger_days.at_end(None), ledger_days.SATANG > 0)
    if fund is not None:
        query = query.where(LedgerAccount.fund == fund)
    return sorted(Held(cash.name_of(hand), int(hand.satang), hand.branch_id is not None) for hand in query)


def ask(people, *, known):
    """Refuses where these accounts (ids) hold cash and nobody said that it is `known`."""
    found = [] if known else held(people)
    if found:
        raise Refusal(
            N_(
                "%(name)s still holds %(baht)s baht of the fund. Have it handed over first, or say that you know of it."
            ),
            field=KNOWN,
            name=found[0].name,
            baht=money.figures(found[0].satang),
        )
