"""The year's statement for the general meeting: its tables in the order of the two pages, and what its charts draw."""

from typing import NamedTuple

from pwa import report_money, report_sheets, report_statements
from pwa.domain.fund import chart
from pwa.i18n import gettext as _
from pwa.i18n import thai_month, thai_month_short
from pwa.report_tables import Section, money, words


def first_page(fund, period, found):
    """Members, money in and out, income and expenses, month by month."""
    return [
        report_sheets.members(fund, period, found.members),
        report_sheets.flow(fund, period, found.money),
        *report_money.income(fund, period, found.income),
        months(fund, found),
    ]


def second_page(fund, period, found, named):
    """Benefits, what the pots hold, and part 10 with both sides."""
    pots = report_statements.pots(fund, period, found.pots, named)[0]
    return [
        report_sheets.benefits(fund, period, found.benefits),
        Section(
            _("What each pot holds"),
            [_("Pot"), _("Baht")],
            [[row[0], row[-1]] for row in pots.rows],
            [pots.total[0], pots.total[-1]] if pots.total else [],
        ),
        *report_statements.part10(fund, period.to, found.lines),
    ]


def months(fund, found):
    """What the chart of the months draws."""
    rows = [[words(thai_month(one.first)), money(one.came), money(one.went)] for one in found.months]
    total = [words(_("Together (baht)")), money(sum(one.came for one in found.months))]
    total.append(money(sum(one.went for one in found.months)))
    return Section(_("Month by month"), [_("Month"), _("Money in"), _("Money out")], rows, total)


MOST_BARS = 8


class Drawn(NamedTuple):
    """What the charts draw: [(label, satang)], of months [(label, [came, went])]."""

    months: list
    income: list
    benefits: list


def drawn(found):
    return Drawn(month_bars(found), income_bars(found), benefit_bars(found))


def month_bars(found):
    """[(label, [came, went])], nothing below zero."""
    return [(thai_month_short(one.first), [max(one.came, 0), max(one.went, 0)]) for one in found.months]


def income_bars(found):
    """[(label, satang)] of sources that brought something, the most first."""
    rows = [(_(chart.heading(one.code).name), one.satang) for one in found.income.incomes if one.satang > 0]
    return sorted(rows, key=lambda one: -one[1])


def benefit_bars(found):
    """The categories for which most was paid, as many as a page holds; the table has all."""
    rows = [(_(chart.CATEGORIES[one.category]), one.satang) for one in found.benefits.rows if one.satang > 0]
    return sorted(rows, key=lambda one: -one[1])[:MOST_BARS]
