"""Income by its source, and what administration cost beside the ceiling that the fund's regulation sets."""

from dataclasses import dataclass

from db.models import Fund
from pwa.domain.fund import moved, pots, rulings
from pwa.domain.fund.report_periods import Period


@dataclass(frozen=True)
class Row:
    """An account with what it moved in the time; `old`: what the books began with, where that lies in it."""

    code: str
    satang: int
    old: int


@dataclass(frozen=True)
class Ceiling:
    """`share` (hundredths of a percent) of the income of a time is the most that its administration may cost: `most`, in whole satang."""

    share: int
    most: int
    spent: int

    @property
    def left(self):
        return self.most - self.spent

    @property
    def is_over(self):
        return self.spent > self.most


@dataclass(frozen=True)
class Report:
    incomes: list[Row]
    expenses: list[Row]
    ceiling: Ceiling | None

    @property
    def came(self):
        return sum(one.satang for one in self.incomes)

    @property
    def spent(self):
        return sum(one.satang for one in self.expenses)

    @property
    def old(self):
        """Whether the books began in this time."""
        return any(one.old for one in (*self.incomes, *self.expenses))


def of(fund: Fund, period: Period, sums: moved.Moved | None = None) -> Report:
    """The report of a time; sources and kinds that moved nothing stand there with nothing."""
    sums = sums or moved.of(fund, period.first, period.to)
    incomes, expenses = _rows(sums, moved.INCOMES), _rows(sums, moved.EXPENSES)
    came, spent = (sum(one.satang for one in rows) for rows in (incomes, expenses))
    return Report(incomes, expenses, ceiling(fund, period.to, came, spent))


def ceiling(fund, on, came, spent):
    """The Ceiling by the regulation in force on a day; None where that sets none."""
    version = rulings.of(fund, on).version
    share = version and version.settings.administration_ceiling
    return None if share is None else Ceiling(share, max(came, 0) * share // pots.ALL, spent)


def _rows(sums, codes):
    return [Row(code, sums.of(code), sums.of(code, old=True)) for code in codes]
