"""What each account of the books came to by the end of each day: no page adds up postings since the first.

`add` is the ledger's alone, in the transaction that posts. A posting on an earlier day moves every later day with it.
"""

from datetime import date
from typing import NamedTuple

from peewee import fn

from db import ledger_days
from db.models import LedgerAccount, LedgerDay
from db.statements import Prepared, insert

NEVER = date.fromisoformat(ledger_days.NEVER)
SATANG = LedgerDay.debit_satang - LedgerDay.credit_satang

_latest = Prepared(
    lambda account, pot, day: (
        LedgerDay.select()
        .where(LedgerDay.account == account, LedgerDay.pot == pot, LedgerDay.day <= day)
        .order_by(LedgerDay.day.desc())
        .limit(1)
    )
)
_next = Prepared(
    lambda account, pot, day: LedgerDay.select(fn.MIN(LedgerDay.day)).where(
        LedgerDay.account == account, LedgerDay.pot == pot, LedgerDay.day > day
    )
)
_end = Prepared(lambda until, number: LedgerDay.update(until=until).where(LedgerDay.id == number))
_add = Prepared(
    lambda debit, credit, account, pot, day: LedgerDay.update(
        debit_satang=LedgerDay.debit_satang + debit, credit_satang=LedgerDay.credit_satang + credit
    ).where(LedgerDay.account == account, LedgerDay.pot == pot, LedgerDay.day >= day)
)


_balance = Prepared(
    lambda account, on: LedgerDay.select(fn.COALESCE(fn.SUM(SATANG), 0)).where(
        LedgerDay.account == account, LedgerDay.day <= on, LedgerDay.until > on
    )
)


_both = Prepared(
    lambda account, on: (
        LedgerDay.select(
            fn.COALESCE(fn.SUM(LedgerDay.debit_satang), 0), fn.COALESCE(fn.SUM(LedgerDay.credit_satang), 0)
        )
        .where(LedgerDay.account == account, LedgerDay.day <= on, LedgerDay.until > on)
        .tuples()
    )
)


class Sum(NamedTuple):
    """What was debited and credited (both positive) on an account and pot since the first."""

    account: LedgerAccount
    pot: str
    debit: int
    credit: int

    @property
    def satang(self):
        return self.debit - self.credit


class Held(NamedTuple):
    """What is in a hand. `emptied`: the last day at whose end it was empty, None where it never was; `since`: from when on it is not."""

    satang: int
    emptied: date | None
    since: date


def add(day, lines):
    """Note what was posted on a day: [Line] of the ledger, one an account and pot."""
    for line in lines:
        account, satang = line.account.id, line.satang
        _begin(account, line.pot, day)
        _add.run(max(satang, 0), max(-satang, 0), account, line.pot, day)


def balance(account, on):
    """What stood on an account at the end of a day, in all pots, debit positive."""
    return int(_balance.value(account.id, on))


def turned(account, before, to):
    """(debited, credited) on an account, in all pots, after a day and up to another, both positive."""
    (debit, credit), (debit_before, credit_before) = (next(iter(_both(account.id, day))) for day in (to, before))
    return int(debit - debit_before), int(credit - credit_before)


def at_end(on):
    """Condition: the row that says what stood at the end of a day; now where that is None."""
    return LedgerDay.until == NEVER if on is None else (LedgerDay.day <= on) & (LedgerDay.until > on)


def sums(fund, on, *conditions):
    """[Sum] of a fund's accounts at the end of a day, by code and pot."""
    query = LedgerDay.select(LedgerDay, LedgerAccount).join(LedgerAccount)
    rows = query.where(LedgerAccount.fund == fund, at_end(on), *conditions).order_by(LedgerAccount.code, LedgerDay.pot)
    return [Sum(row.account, row.pot, row.debit_satang, row.credit_satang) for row in rows]


def held(hands, on):
    """{hand's id: Held} at the end of a day, of those (ids) on which anything was ever posted by then."""
    first, empty = LedgerDay.alias(), LedgerDay.alias()
    was = empty.select().where(
        empty.account == LedgerDay.account, empty.debit_satang == empty.credit_satang, empty.day <= on
    )
    last = was.order_by(empty.day.desc()).limit(1)
    begun = first.select(fn.MIN(first.day)).where(first.account == LedgerDay.account, first.pot == "")
    query = LedgerDay.select(LedgerDay.account, SATANG, last.select(empty.day), last.select(empty.until), begun)
    return {
        account: Held(int(satang), _day(emptied), min(_day(since or first_day), on))
        for account, satang, emptied, since, first_day in query.where(LedgerDay.account.in_(hands), at_end(on)).tuples()
    }


def _begin(account, pot, day):
    """The row of a day, beginning with what stood there before; nothing where it is there."""
    before = next(iter(_latest.rows(account, pot, day)), None)
    if before is not None and before.day == day:
        return
    until = before.until if before else _next.value(account, pot, day) or NEVER
    if before:
        _end.run(day, before.id)
    sums = (before.debit_satang, before.credit_satang) if before else (0, 0)
    about = dict(account=account, pot=pot, day=day, until=until)
    insert(LedgerDay, [about | dict(zip(("debit_satang", "credit_satang"), sums, strict=True))])


def _day(said):
    return date.fromisoformat(said) if isinstance(said, str) else said
