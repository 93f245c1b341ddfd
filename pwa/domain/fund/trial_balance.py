"""The books of a fund added up: a row an account and pot, who holds cash since when, and part 10 of the status form.

Every figure is a sum of postings, as the days of the books say it. Debit is positive, so what is owed and what came in are negative.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.models import Fund
from pwa.domain.fund import chart, ledger_days

DAY = timedelta(days=1)


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
    before = ledger_days.sums(fund, min(since - DAY, to)) if since else []
    stood = {(one.account.id, one.pot): one for one in before}
    stands = ledger_days.sums(fund, to)
    sums: dict[str, int] = {}
    for one in stands:
        sums[one.account.code] = sums.get(one.account.code, 0) + one.satang
    lines, left, right = chart.part10(sums)
    rows = [_row(one, stood.get((one.account.id, one.pot))) for one in stands]
    return Books(rows, _holders(stands, to), -sums.get(chart.UNCHECKED, 0), lines, left, right)


def _row(now, before):
    about = now.account.code, now.account.name, now.account.type, now.pot
    if before is None:
        return Row(*about, 0, now.debit, now.credit)
    return Row(*about, before.satang, now.debit - before.debit, now.credit - before.credit)


def _holders(stands, to):
    hands = [one for one in stands if one.account.code.startswith(f"{chart.HAND}-") and one.satang]
    held = ledger_days.held([one.account.id for one in hands], to)
    return [Holder(one.account.code, one.account.name, one.satang, held[one.account.id].emptied) for one in hands]
