"""The reports of money in the reader's words, each figure with the list that it is made of."""

from flask import url_for

from pwa import papers
from pwa.domain.fund import chart, figure_lists
from pwa.i18n import gettext as _
from pwa.i18n import ngettext, thai_date
from pwa.report_tables import Section, day, figure, money, people, words


def income(fund, period, report):
    """Income by source, and expenses."""
    rows = [_row(fund, period, one, report.old) for one in report.incomes]
    came = [words(_("Together (baht)")), money(report.came, _at(fund, "income", period))]
    old = [money(sum(one.old for one in report.incomes), _at(fund, "income", period, figure_lists.OLD))]
    first = Section(_("Income by source"), _headings(report, _("Source")), rows, came + (old if report.old else []))
    rows = [_row(fund, period, one, report.old) for one in report.expenses]
    spent = [words(_("Together (baht)")), money(report.spent, _at(fund, "expenses", period))]
    old = [money(sum(one.old for one in report.expenses), _at(fund, "expenses", period, figure_lists.OLD))]
    return [
        first,
        Section(_("Expenses"), _headings(report, _("What for")), rows, spent + (old if report.old else [])),
    ]


def benefits(fund, period, report):
    """People and money by category."""
    rows = []
    for one in report.rows:
        at = url_for("ledger_reports.recipients", category=one.category, fund=fund.code, period=period.key)
        name = f"{one.category}. {_(chart.CATEGORIES[one.category])}"
        rows.append([words(name, at), people(one.people, at), money(one.satang, _at(fund, one.code, period))])
        rows[-1] += [money(one.old, _at(fund, one.code, period, figure_lists.OLD))] if report.old else []
    total = [words(_("Together")), people(report.people), money(report.satang, _at(fund, "benefits", period))]
    total += (
        [money(sum(one.old for one in report.rows), _at(fund, "benefits", period, figure_lists.OLD))]
        if report.old
        else []
    )
    headings = [_("Category"), _("Persons"), _("Baht"), *([_("From the old books")] if report.old else [])]
    note = _("Whoever got benefits of two categories is counted in each, and once in all.")
    return [Section(_("Benefits by category"), headings, rows, total, note)]


def recipients(fund, category, given, many):
    """Who got benefits of a category, by voucher; `many` are the people."""
    rows = []
    for one in given:
        paper = words("")
        if one.voucher:
            at = url_for("vouchers.show", fund_code=fund.code, n=one.voucher)
            paper = words(_("Voucher %(n)s", n=one.voucher), at)
        rows.append([words(one.name or _("of no claim, or no longer in the register")), paper, money(one.satang)])
    total = [words(_("Together")), words(ngettext("%(num)s person", "%(num)s people", many))]
    total += [money(sum(one.satang for one in given))]
    name = _(chart.CATEGORIES[category])
    return [Section(name, [_("Whose right"), _("Paper"), _("Baht")], rows, total)]


def _headings(report, first):
    return [first, _("Baht"), *([_("From the old books")] if report.old else [])]


def _row(fund, period, one, has_old):
    cells = [words(_(chart.heading(one.code).name)), money(one.satang, _at(fund, one.code, period))]
    return cells + ([money(one.old, _at(fund, one.code, period, figure_lists.OLD))] if has_old else [])


def _at(fund, word, period, pot=figure_lists.NOW):
    return figure(fund, word, period.first, period.to, pot)


def name_of(found):
    """What a list of figure_lists is about."""
    known = {
        "money": _("Cash and bank"),
        "income": _("Income"),
        "other-income": _("Other income"),
        "benefits": _("Benefits paid"),
        "expenses": _("Expenses"),
        "pots": _("Pots"),
        "unsettled": _("Not settled yet"),
    }
    if found.of in known:
        return known[found.of]
    if found.of in chart.LINES:
        return _(chart.LINES[found.of])
    return title_of(found.of, found.accounts[0].whose if len(found.accounts) == 1 else "")


def title_of(code, whose=""):
    """An account in words."""
    return f"{_(chart.heading(code).name)} {whose}".strip()


def figure_of(fund, found):
    """A figure's list: by account where there are several, then by year or month, or every transaction of one month."""
    together, sections = [words(_("Together (baht)")), money(found.satang)], []
    if len(found.accounts) > 1:
        rows = [
            [
                words(title_of(one.account.code, one.whose)),
                money(one.satang, figure(fund, one.account.code, found.first, found.to, found.pot)),
            ]
            for one in found.accounts
        ]
        sections.append(Section(_("By account"), [_("Account"), _("Baht")], rows, together))
    if found.has_lines:
        return [*sections, _lines(fund, found)]
    rows = [
        [
            words(f"{thai_date(one.first)} – {thai_date(one.to)}"),
            money(one.satang, figure(fund, found.of, one.first, one.to, found.pot)),
        ]
        for one in found.parts
    ]
    return [*sections, Section(_("By time"), [_("Days"), _("Baht")], rows, together)]


def _lines(fund, found):
    rows = []
    for one in found.lines:
        said = one.transaction
        what = papers.act(said.kind)
        if said.occurred_on != said.posted_on:
            what += " " + _("(of %(day)s)", day=thai_date(said.occurred_on))
        paper = words(papers.name(said.source), papers.address(fund.code, said.source) or "")
        rows.append([day(said.posted_on), paper, words(what), money(one.satang)])
    total = [words(_("Together (baht)")), words(""), words(""), money(found.satang)]
    return Section(_("Every line"), [_("Day"), _("Paper"), _("What"), _("Baht")], rows, total, is_book=True)
