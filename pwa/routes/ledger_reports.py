"""The reports of a fund: one room that names each of them, and each on the page, on paper and as a file for a month or a year."""

from datetime import date

from flask import Blueprint, request, url_for

from pwa import files, report_money, report_rooms, report_statements, report_tables
from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import (
    account_books,
    benefit_reports,
    chart,
    figure_lists,
    income_reports,
    moved,
    pot_reports,
    report_periods,
)
from pwa.domain.people import roles
from pwa.fund_words import pot_names
from pwa.i18n import gettext as _
from pwa.web import render, today

bp = Blueprint("ledger_reports", __name__, url_prefix="/ledger/reports")
READERS = roles.may("read-books")


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
    if category not in benefit_reports.CATEGORIES:
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


def asked():
    """(fund, period) of the address. Raises NotFound for a fund whose books are not theirs."""
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""))
    return fund, report_periods.asked(request.args.get("period", ""), on=today())


def about(fund, period):
    """What every report says beside its figures: of which time, and whether its books are closed."""
    said = dict(fund=fund, period=period, name=report_tables.period_name(period), period_name=report_tables.period_name)
    return said | dict(choices=report_periods.choices(fund, today()), closing=report_periods.closing(fund, period))


def answered(name, title, fund, period, sections, *, back=None, here=None, **more):
    """A report as it was asked for: its page, its paper, or a file."""
    kind = request.args.get("file")
    if kind in files.KINDS:
        return report_tables.as_file(f"{name}-{period.key}", fund, sections, kind)
    back = back or (url_for("ledger_reports.index", fund=fund.code, period=period.key), _("Reports"))
    here = {"fund": fund.code, "period": period.key} | (here or {})
    said = about(fund, period) | dict(title=title, report=name, sections=sections, back=back, here=here)
    return render(page("show", kind), **said, **more)


def page(name, kind):
    return f"ledger_reports/{name}_paper.html" if kind == "print" else f"ledger_reports/{name}.html"


def day(name):
    """A day of the address; None where it says none."""
    try:
        return date.fromisoformat(request.args[name])
    except (KeyError, ValueError):
        return None
