"""A year for the general meeting: members, money month by month, where it came from and went, the pots, and part 10."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from db.models import Fund
from pwa.domain.fund import (
    benefit_reports,
    chart,
    figure_lists,
    income_reports,
    member_moves,
    month_sheets,
    moved,
    pot_reports,
)
from pwa.domain.fund.report_periods import Period


@dataclass(frozen=True)
class Month:
    """What came (income) and went (benefits and expenses) in a month, in satang."""

    first: date
    came: int
    went: int


@dataclass(frozen=True)
class Statement:
    members: member_moves.Count
    money: month_sheets.Money
    months: list[Month]
    income: income_reports.Report
    benefits: benefit_reports.Report
    pots: pot_reports.Report
    lines: dict[str, int]
    left: int
    right: int


def of(fund: Fund, period: Period) -> Statement:
    """The Statement of a time; all its sums are read from the days of the books at two ends, and at those of its months."""
    sums = moved.of(fund, period.first, period.to)
    lines, left, right = chart.part10(sums.balances)
    return Statement(
        members=member_moves.count(member_moves.of(fund, period.to), period.first),
        money=month_sheets.money(fund, period, sums),
        months=_months(fund, period),
        income=income_reports.of(fund, period, sums),
        benefits=benefit_reports.of(fund, period, sums),
        pots=pot_reports.of(fund, period, sums),
        lines=lines,
        left=left,
        right=right,
    )


def _months(fund, period):
    came, benefits, expenses = (_by_month(fund, word, period) for word in ("income", "benefits", "expenses"))
    return [Month(one, came[one], benefits[one] + expenses[one]) for one in period.months]


def _by_month(fund, word, period):
    found = figure_lists.of(fund, word, first=period.first, to=period.to, pot=figure_lists.NOW)
    sums = Counter({one.first.replace(day=1): one.satang for one in found.parts})
    return sums if found.parts or not found.satang else Counter({period.to.replace(day=1): found.satang})
