"""The sheet of a month for the fund's own meeting: members, money in and out, where it is, benefits, and who is behind.

The columns are those of the monthly sheet of a network (กลุ่ม: ยกมา, เข้าใหม่, ตาย, ลาออก, พ้นสภาพ, คงเหลือ, รับ, จ่าย, คงเหลือ, ค้างส่ง).
"""

from dataclasses import dataclass

from db.models import Fund
from pwa.domain.fund import arrears, benefit_reports, chart, income_reports, member_moves, moved
from pwa.domain.fund.report_periods import Period


@dataclass(frozen=True)
class Money:
    """Satang. `unsettled`: receipts not checked yet, money to be given back, what somebody is short; `old`: what the books began with."""

    before: int
    contributed: int
    other: int
    old: int
    benefits: int
    expenses: int
    cash: int
    bank: int
    on_the_way: int

    @property
    def after(self):
        return self.cash + self.bank + self.on_the_way

    @property
    def unsettled(self):
        told = self.before + self.contributed + self.other + self.old - self.benefits - self.expenses
        return self.after - told


@dataclass(frozen=True)
class Sheet:
    members: member_moves.Count
    money: Money
    benefits: benefit_reports.Report
    behind: list[arrears.Owing]

    @property
    def owed(self):
        return sum(one.satang for one in self.behind)


def of(fund: Fund, period: Period) -> Sheet:
    sums = moved.of(fund, period.first, period.to)
    given = benefit_reports.of(fund, period, sums)
    members = member_moves.count(member_moves.of(fund, period.to), period.first)
    return Sheet(members, money(fund, period, sums), given, arrears.of_fund(fund, on=period.to))


def brief(fund: Fund, period: Period) -> tuple[member_moves.Count, Money]:
    """Members and money of a time alone."""
    members = member_moves.count(member_moves.of(fund, period.to), period.first)
    return members, money(fund, period, moved.of(fund, period.first, period.to))


def money(fund, period, sums):
    """The Money of a time, every part of it read from the days of the books."""
    told = income_reports.of(fund, period, sums)
    contributed = next(one.satang for one in told.incomes if one.code == "4010")
    went = sum(sums.of(code) for code in chart.BENEFITS)
    old = sums.of(chart.BROUGHT) + sum(one.old for one in told.incomes)
    old -= sum(one.old for one in told.expenses) + sum(sums.of(code, old=True) for code in chart.BENEFITS)
    places = (sums.stands(one) for one in (chart.HAND, chart.BANK, chart.ON_THE_WAY))
    return Money(sums.stood(*moved.PLACES), contributed, told.came - contributed, old, went, told.spent, *places)
