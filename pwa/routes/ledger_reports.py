"""The reports of a fund: one room that names each of them, and each on the page, on paper and as a file for a month or a year."""

from datetime import date

from flask import Blueprint, request, url_for

from pwa import (
    files,
    report_money,
    report_papers,
    report_rooms,
    report_sheets,
    report_statements,
    report_tables,
    report_years,
)
from pwa.access import current_account, my_roles, requires
from pwa.domain import NotFound
from pwa.domain.fund import (
    account_books,
    arrears,
    benefit_reports,
    chart,
    exception_reports,
    figure_lists,
    income_reports,
    member_moves,
    month_sheets,
    moved,
    pot_reports,
    receipt_book_reports,
    report_periods,
    year_statements,
)
from pwa.domain.people import roles
from pwa.fund_words import pot_names
from pwa.i18n import gettext as _
from pwa.web import render, today

bp = Blueprint("ledger_reports", __name__, url_prefix="/ledger/reports")
READERS = roles.may("read-books")
SIGNERS = roles.may("agree-reports")


@bp.get("")
@requires(*READERS)
def index():
    fund, period = asked()
    funds = account_books.funds(current_account())
    return render("ledger_reports/index.html", **about(fund, period), funds=funds, groups=report_rooms.of(fund, period))


@bp.get("/income")
@requires(*READERS)
def income():
    fund, period = asked()
    found = income_reports.of(fund, period)
    sections = report_money.income(fund, period, found)
    return answered("income", _("Income and expenses"), fund, period, sections, found=found)


@bp.get("/benefits")
@requires(*READERS)
def benefits():
    fund, period = asked()
    sections = report_money.benefits(fund, period, benefit_reports.of(fund, period))
    return answered("benefits", _("Benefits paid by category"), fund, period, sections)


@bp.get("/benefits/<int:category>")
@requires(*READERS)
def recipients(category):
    fund, period = asked()
    if category not in chart.CATEGORIES:
        raise NotFound
    given = benefit_reports.recipients(fund, f"50{category:02d}", period)
    sections = report_money.recipients(fund, category, given, benefit_reports.many(given))
    back = url_for("ledger_reports.benefits", fund=fund.code, period=period.key), _("Benefits paid by category")
    return answered("recipients", sections[0].title, fund, period, sections, back=back, here={"category": category})


@bp.get("/part-10")
@requires(*READERS)
def part10():
    """Part 10 of the status form, as of the last day of the time."""
    fund, period = asked()
    lines, left, right = chart.part10(moved.of(fund, period.first, period.to).balances)
    sections = report_statements.part10(fund, period.to, lines)
    about = dict(left=left, right=right)
    return answered("part10", _("Part 10: the financial statement"), fund, period, sections, **about)


@bp.get("/pots")
@requires(*READERS)
def pots():
    fund, period = asked()
    sections = report_statements.pots(fund, period, pot_reports.of(fund, period), pot_names(fund))
    return answered("pots", _("Pots and how income was divided"), fund, period, sections)


@bp.get("/meeting")
@requires(*READERS)
def meeting():
    """The sheet of the month for the fund's own meeting, one page of paper."""
    fund, period = asked()
    sections = report_sheets.sheet(fund, period, month_sheets.of(fund, period))
    return answered("meeting", _("Sheet for the month's meeting"), fund, period, sections)


@bp.get("/members")
@requires(*SIGNERS)
def members():
    """Who a figure of members is; for all who agree to the reports in which it stands."""
    fund, period = asked(may=SIGNERS)
    kind, every = request.args.get("kind", "after"), member_moves.of(fund, period.to)
    found = member_moves.of_kind(every, kind, period.first)
    name = _(member_moves.LISTS.get(kind) or member_moves.KINDS[kind])
    sections = report_sheets.moves(found, member_moves.people(found), name)
    back = to_meeting(fund, period) if my_roles() & {*READERS} else ("/", _("Home"))
    return answered("members", name, fund, period, sections, back=back, here={"kind": kind})


@bp.get("/behind")
@requires(*READERS)
def behind():
    """Who was behind with paying on the last day of the time."""
    fund, period = asked()
    sections = report_sheets.behind(arrears.of_fund(fund, on=period.to))
    return answered("behind", _("Behind with paying"), fund, period, sections, back=to_meeting(fund, period))


@bp.get("/receipt-books")
@requires(*READERS)
def receipt_books():
    fund, period = asked()
    sections = report_papers.books(fund, receipt_book_reports.of(fund, period))
    return answered("receipt-books", _("Books of receipts"), fund, period, sections)


@bp.get("/receipt-books/<string:book>")
@requires(*READERS)
def receipt_book(book):
    fund, period = asked()
    pages = receipt_book_reports.pages(fund, book)
    if not pages:
        raise NotFound
    sections, title = report_papers.receipt_book(fund, book, pages), _("Book of receipts %(book)s", book=book)
    back = url_for("ledger_reports.receipt_books", fund=fund.code, period=period.key), _("Books of receipts")
    return answered("receipt-book", title, fund, period, sections, back=back, here={"book": book})


@bp.get("/exceptions")
@requires(*READERS)
def exceptions():
    fund, period = asked()
    sections = report_papers.exceptions(fund, period, exception_reports.of(fund, period))
    return answered("exceptions", _("Exceptions"), fund, period, sections)


@bp.get("/year")
@requires(*READERS)
def year():
    """The statement for the general meeting, two pages of paper with charts."""
    fund, period = asked(report_periods.FISCAL)
    found = year_statements.of(fund, period)
    first, second = (
        report_years.first_page(fund, period, found),
        report_years.second_page(fund, period, found, pot_names(fund)),
    )
    drawn = report_years.drawn(found)
    about = dict(found=found, first=first, second=second, drawn=drawn, of="year")
    return answered("year", _("Statement for the general meeting"), fund, period, [*first, *second], **about)


@bp.get("/figures")
@requires(*READERS)
def figure():
    """What a figure of a report is made of."""
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""))
    to, first = day("to") or today(), day("from")
    found = figure_lists.of(fund, request.args.get("of", ""), first=first, to=to, pot=request.args.get("pot", ""))
    sections, asked = report_money.figure_of(fund, found), request.args.get("file")
    if asked in files.KINDS:
        return report_tables.as_file("figure", fund, sections, asked)
    here = {name: value for name, value in request.args.items() if name != "file"}
    named = dict(title=report_money.name_of(found), named=pot_names(fund))
    return render(page("figure", asked), fund=fund, found=found, sections=sections, here=here, **named)


def asked(kind=report_periods.MONTH, may=READERS):
    """(fund, period) of the address, a time of this kind where it names none. Raises NotFound for a fund that such a role does not reach."""
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""), may)
    return fund, report_periods.asked(request.args.get("period", ""), on=today(), kind=kind)


def to_meeting(fund, period):
    return url_for("ledger_reports.meeting", fund=fund.code, period=period.key), _("Sheet for the month's meeting")


def about(fund, period):
    """What every report says beside its figures: of which time, and whether its books are closed."""
    said = dict(fund=fund, period=period, name=report_tables.period_name(period), period_name=report_tables.period_name)
    return said | dict(choices=report_periods.choices(fund, today()), closing=report_periods.closing(fund, period))


def answered(name, title, fund, period, sections, *, back=None, here=None, of="show", **more):
    """A report as it was asked for: its page, its paper, or a file."""
    kind = request.args.get("file")
    if kind in files.KINDS:
        return report_tables.as_file(f"{name}-{period.key}", fund, sections, kind)
    back = back or (url_for("ledger_reports.index", fund=fund.code, period=period.key), _("Reports"))
    here = {"fund": fund.code, "period": period.key} | (here or {})
    said = about(fund, period) | dict(title=title, report=name, sections=sections, back=back, here=here)
    return render(page(of, kind), **said, **more)


def page(name, kind):
    return f"ledger_reports/{name}_paper.html" if kind == "print" else f"ledger_reports/{name}.html"


def day(name):
    """A day of the address; None where it says none."""
    try:
        return date.fromisoformat(request.args[name])
    except (KeyError, ValueError):
        return None
