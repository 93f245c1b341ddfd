"""The books of a fund added up: a row an account and pot, who holds cash since when, and part 10 of the status form.

Every figure is a sum of postings, asked anew each time. Debit is positive, so what is owed and what came in are negative.
"""

from dataclasses import dataclass
from datetime import date

from peewee import Case, Value, fn

from db.models import Fund, LedgerAccount, LedgerTransaction, Posting
from pwa.domain.fund import chart


@dataclass(frozen=True)
class Row:
    """An account (and pot) over a time: what stood there before, what was debited and credited (both positive), what stands after."""

    code: str
    name: str
    type: str
    pot: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit

    @property
    def line(self) -> str:
        """Its line in part 10."""
        return chart.heading(self.code).line


@dataclass(frozen=True)
class Holder:
    """A hand with cash in it. `since`: the day on which it was last empty, None where nothing was posted before."""

    code: str
    name: str
    satang: int
    since: date | None


@dataclass(frozen=True)
class Books:
    rows: list[Row]
    holders: list[Holder]
    unapproved: int
    lines: dict[str, int]
    left: int
    right: int


def of(fund: Fund, *, to: date, since: date | None = None) -> Books:
    """The books of a fund from a day (else the first) through another."""
    rows = _rows(fund, since, to)
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.code] = sums.get(row.code, 0) + row.closing
    lines, left, right = chart.part10(sums)
    holders = [_holder(fund, row, to) for row in rows if row.code.startswith(f"{chart.HAND}-") and row.closing]
    return Books(rows, holders, -sums.get(chart.UNCHECKED, 0), lines, left, right)


def _rows(fund, since, to):
    day, satang = LedgerTransaction.posted_on, Posting.amount_satang
    before = fn.SUM(Case(None, [(day < since, satang)], 0)) if since else Value(0)
    within = (day >= since) if since else (day <= to)
    query = (
        Posting.select(
            LedgerAccount.code,
            LedgerAccount.name,
            LedgerAccount.type,
            Posting.pot,
            before,
            fn.SUM(Case(None, [(within & (satang > 0), satang)], 0)),
            fn.SUM(Case(None, [(within & (satang < 0), satang * -1)], 0)),
        )
        .join(LedgerTransaction)
        .switch(Posting)
        .join(LedgerAccount)
        .where(LedgerAccount.fund == fund, day <= to)
        .group_by(LedgerAccount.code, LedgerAccount.name, LedgerAccount.type, Posting.pot)
        .order_by(LedgerAccount.code, Posting.pot)
    )
    return [Row(*values[:4], *map(int, values[4:])) for values in query.tuples()]


def _holder(fund, row, to):
    """Since when a hand has not been empty: what was posted each day, added up from the first."""
    query = (
        Posting.select(LedgerTransaction.posted_on, fn.SUM(Posting.amount_satang))
        .join(LedgerTransaction)
        .switch(Posting)
        .join(LedgerAccount)
        .where(LedgerAccount.fund == fund, LedgerAccount.code == row.code, LedgerTransaction.posted_on <= to)
        .group_by(LedgerTransaction.posted_on)
        .order_by(LedgerTransaction.posted_on)
    )
    total, empty = 0, None
    for day, satang in query.tuples():
        total += int(satang)
        if total == 0:
            empty = day if isinstance(day, date) else date.fromisoformat(day)
    return Holder(row.code, row.name, row.closing, empty)
