"""The room of the reports: each by its plain name, what it is for, and where it opens for a month or a year."""

from flask import url_for

from pwa.domain.fund import account_books, chart, report_periods
from pwa.i18n import gettext as _


def of(fund, period):
    """[(heading, [(address, icon, name, what it is for)])]"""
    found = [
        (_("For the month's meeting and the year's"), meetings(fund, period)),
        (_("Where money came from and what it went for"), flows(fund, period)),
        (_("Every book"), books(fund, period)),
        (_("To look after"), watched(fund, period)),
    ]
    return [(heading, lines) for heading, lines in found if lines]


def meetings(fund, period):
    here = dict(fund=fund.code, period=period.key)
    year = (
        period
        if period.kind != report_periods.MONTH
        else report_periods.year_of(report_periods.FISCAL, period.first, period.to)
    )
    return [
        (
            url_for("ledger_reports.meeting", **here),
            "meeting",
            _("Sheet for the month's meeting"),
            _("One page: members, money in and out, where it is, benefits, and who is behind."),
        ),
        (
            url_for("ledger_reports.year", fund=fund.code, period=year.key),
            "meeting",
            _("Statement for the general meeting"),
            _("The year on two pages with charts: money, benefits, pots and part 10."),
        ),
    ]


def flows(fund, period):
    here = dict(fund=fund.code, period=period.key)
    return [
        (
            url_for("ledger_reports.income", **here),
            "money",
            _("Income and expenses"),
            _("Income by source, expenses by kind, and whether administration keeps within the fund's ceiling."),
        ),
        (
            url_for("ledger_reports.benefits", **here),
            "rights",
            _("Benefits paid by category"),
            _("How many people and how much, by the 15 categories. It names no illness."),
        ),
        (
            url_for("ledger_reports.pots", **here),
            "safe",
            _("Pots and how income was divided"),
            _("What each pot held, got and gave, and how the regulation divides each income."),
        ),
        (
            url_for("ledger_reports.part10", **here),
            "board",
            _("Part 10: the financial statement"),
            _("The page of the status form, both sides equal, as of the last day of the time."),
        ),
        (
            url_for("ledger.contributions", fund=fund.code),
            "household",
            _("Contributions by community and month"),
            _("What members paid in the last twelve months, drawn and as a table."),
        ),
    ]


def books(fund, period):
    """The cash book of each hand and bank, and the trial balance."""
    found = [
        (
            url_for("ledger.index", fund=fund.code),
            "ledger",
            _("Trial balance"),
            _("What stands on every account today."),
        )
    ]
    month = f"{period.to:%Y-%m}"
    for row, whose in account_books.accounts(fund):
        stem = row.code.partition("-")[0]
        if stem in (chart.HAND, chart.BANK):
            at = url_for("ledger.account", code=row.code, fund=fund.code, month=month)
            what_for = _("Each line with its paper, and what is left after it.")
            name = _("Cash book of %(name)s", name=whose) if stem == chart.HAND else _("Book of %(bank)s", bank=whose)
            found.append((at, "money" if stem == chart.HAND else "bank", name, what_for))
    at = url_for("vouchers.index", fund=fund.code)
    return [*found, (at, "receipt", _("Vouchers"), _("Each payment with its number, payee and ground."))]


def watched(fund, period):
    here = dict(fund=fund.code, period=period.key)
    return [
        (
            url_for("ledger_reports.receipt_books", **here),
            "receipt",
            _("Books of receipts"),
            _("Which numbers came, which are missing, and which do not count."),
        ),
        (
            url_for("ledger_reports.exceptions", **here),
            "problem",
            _("Exceptions"),
            _("What was undone or came late, receipts that do not count, and what is still open."),
        ),
        (
            url_for("arrears.index", fund=fund.code),
            "person",
            _("Who is behind with paying"),
            _("House by house as one walks, with what they owe today."),
        ),
        (
            url_for("closes.index", fund=fund.code),
            "safe",
            _("Closed months"),
            _("Which months treasurer and auditor have signed, and which is next."),
        ),
    ]
