"""Receipt books with their gaps, and what an auditor looks at first, in the reader's words."""

from flask import url_for

from pwa import papers
from pwa.domain import N_
from pwa.domain.fund import payments
from pwa.domain.text.dates import BANGKOK
from pwa.i18n import gettext as _
from pwa.i18n import thai_date
from pwa.report_money import title_of
from pwa.report_tables import Section, day, figure, money, people, words

CHANGED = {
    "urge": N_("Agreed to before a meeting"),
    "top_up": N_("A meeting gave more"),
    "claw_back": N_("A meeting had it brought back"),
    "redirect": N_("A meeting named who is paid instead"),
    "waive": N_("A meeting waived what was to be brought back"),
    "bring_back": N_("The money could not be given and came back"),
}


def books(fund, report):
    """A row a book, each opening its numbers."""
    headings = [
        _("Book"),
        _("Written by"),
        _("Numbers"),
        _("Came"),
        _("Missing"),
        _("Waiting"),
        _("Do not count"),
        _("Baht"),
    ]
    rows = []
    for one in report:
        at = url_for("ledger_reports.receipt_book", book=one.book, fund=fund.code)
        numbers = f"{one.first}–{one.last}"
        counts = (one.many, one.gone, one.states["waiting"], one.not_counted)
        cells = [words(one.book, at), words(one.whose or _("on paper")), words(numbers)]
        rows.append([*cells, *(people(many, at) for many in counts), money(one.satang, at)])
    sums = [
        sum(many)
        for many in zip(*([one.many, one.gone, one.states["waiting"], one.not_counted] for one in report), strict=True)
    ]
    total = [words(_("Together")), words(""), words(""), *map(people, sums), money(sum(one.satang for one in report))]
    note = _(
        "Each book as a whole, with everything that was written in it. A missing number was given and never came, or was torn out."
    )
    return [Section(_("Books of receipts"), headings, rows, total if rows else [], note)]


def receipt_book(fund, book, pages):
    """Every number of a book, the missing ones too."""
    rows = []
    for first, last, receipt, state in pages:
        if receipt is None:
            numbers = str(first) if first == last else f"{first}–{last}"
            rows.append([words(numbers), words(""), words(_("missing: it has not come")), money(0)])
            continue
        at = url_for("receipts.show", fund_code=fund.code, book=book, no=first)
        rows.append(
            [
                words(f"{book}/{first}", at),
                day(receipt.paid_on),
                words(_(payments.STATES[state])),
                money(receipt.total_satang),
            ]
        )
    total = [words(_("Together (baht)")), words(""), words(""), money(sum(row[-1].value for row in rows))]
    return [Section(_("Every number"), [_("Number"), _("Day"), _("What"), _("Baht")], rows, total)]


def exceptions(fund, period, report):
    return [
        _transactions(fund, _("Undone in the books"), report.undone),
        _transactions(fund, _("Came late: posted after its month"), report.late),
        _refused(fund, report.refused),
        _standing(fund, period, report.standing),
        _changed(report.changed),
    ]


def _transactions(fund, title, found):
    rows = []
    for one, satang in found:
        paper = words(papers.name(one.source), papers.address(fund.code, one.source) or "")
        what = papers.act(one.kind)
        if one.occurred_on != one.posted_on:
            what += " " + _("(of %(day)s)", day=thai_date(one.occurred_on))
        rows.append([day(one.posted_on), paper, words(what), money(satang)])
    return _book(title, rows)


def _refused(fund, steps):
    rows = []
    for one in steps:
        receipt = one.receipt
        at = url_for("receipts.show", fund_code=fund.code, book=receipt.book, no=receipt.no)
        rows.append(
            [
                day(one.on),
                words(f"{receipt.book}/{receipt.no}", at),
                words(_(payments.STATES[one.state])),
                money(receipt.total_satang),
            ]
        )
    return _book(_("Receipts that do not count"), rows)


def _standing(fund, period, found):
    rows = [
        [words(title_of(account.code, whose)), money(abs(satang), figure(fund, account.code, None, period.to))]
        for account, whose, satang in found
    ]
    return Section(_("Open at the end of the time"), [_("Account"), _("Baht")], rows)


def _changed(acts):
    rows = [
        [
            day(one.at.astimezone(BANGKOK).date()),
            words(_("The claim"), url_for("claims.show", claim_id=one.claim_id)),
            words(_(CHANGED[one.kind])),
            money(one.amount_satang) if one.amount_satang is not None else words(""),
        ]
        for one in acts
    ]
    return _book(_("Claims that went beyond their grant"), rows)


def _book(title, rows):
    return Section(title, [_("Day"), _("Paper"), _("What"), _("Baht")], rows, is_book=True)
