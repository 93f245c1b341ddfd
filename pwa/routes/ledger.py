"""The books of a fund for those who read its money: all accounts with part 10, and each account as a book; as a file and on paper too."""

from datetime import date

from flask import Blueprint, request
from flask_babel import gettext as _

from pwa import files, papers, report_money
from pwa.access import current_account, my_roles, requires
from pwa.domain.fund import account_books, chart, contribution_months, openings, trial_balance
from pwa.domain.fund.sentences import Satang
from pwa.domain.people import roles
from pwa.fund_words import pot_names
from pwa.i18n import thai_month
from pwa.routes.statements import row_number
from pwa.web import render, today

bp = Blueprint("ledger", __name__, url_prefix="/ledger")
READERS = roles.may("read-books")


@bp.get("")
@requires(*READERS)
def index():
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""))
    books, asked = trial_balance.of(fund, to=today()), request.args.get("file")
    owners = {row.code: whose for row, whose in account_books.accounts(fund)}
    named = pot_names(fund)
    if asked in files.KINDS:
        return files.of(balances_of(fund, books, owners, named), asked)
    about = dict(opens=bool(my_roles() & {*roles.may("keep-books")}) and openings.opened(fund) is None)
    about |= dict(funds=account_books.funds(current_account()), owners=owners, pot_names=named, chart=chart)
    return render(page("index", asked), fund=fund, books=books, on=today(), **about)


@bp.get("/contributions")
@requires(*READERS)
def contributions():
    """What members paid, month by month and community by community."""
    fund, asked = account_books.fund_for(current_account(), request.args.get("fund", "")), request.args.get("file")
    found = contribution_months.of(fund, on=today())
    if asked in files.KINDS:
        return files.of(contributions_of(fund, found), asked)
    return render(page("contributions", asked), fund=fund, found=found, group_name=group_name, on=today())


@bp.get("/<string:code>")
@requires(*READERS)
def account(code):
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""))
    asked = request.args.get("file")
    shown = dict(most=None) if asked else dict(after=row_number(request.args.get("after")))
    book = account_books.of(fund, code, month=month(), on=today(), **shown)
    if asked in files.KINDS:
        return files.of(book_of(book), asked)
    about = dict(months=account_books.months(fund, today()), accounts=account_books.accounts(fund), chart=chart)
    named = pot_names(fund)
    return render(page("account", asked), fund=fund, book=book, papers=papers, pot_names=named, **about)


def page(name, asked):
    return f"ledger/{name}_paper.html" if asked == "print" else f"ledger/{name}.html"


def month():
    """The month that was asked for by any day of it, this one where none that is a day was."""
    try:
        return min(date.fromisoformat(f"{request.args['month']}-01"), today())
    except (KeyError, ValueError):
        return today()


def group_name(name):
    return _("Others together") if name == contribution_months.OTHERS else name or _("no community known")


def contributions_of(fund, found):
    """The months as a table for a file."""
    headings = [_("Community"), *(thai_month(month) for month in found.months), _("Together (baht)")]
    rows = [[group_name(one.name), *map(Satang, one.sums), Satang(one.total)] for one in found.groups]
    rows.append([_("Together (baht)"), *map(Satang, found.sums), Satang(found.total)])
    return files.Table(f"ombun-contributions-{fund.code}-{today()}", fund.name, headings, rows)


def balances_of(fund, books, owners, named):
    """The trial balance as a table for a file."""
    headings = [_("Code"), _("Account"), _("Pot"), _("Brought forward"), _("Debit"), _("Credit"), _("Balance")]
    rows = [
        [
            row.code,
            report_money.title_of(row.code, owners[row.code]),
            named.get(row.pot, row.pot),
            *(Satang(one) for one in (row.opening, row.debit, row.credit, row.closing)),
        ]
        for row in books.rows
    ]
    return files.Table(f"ombun-{fund.code}-{today()}", fund.name, headings, rows)


def book_of(book):
    """The book of an account as a table for a file."""
    headings = [_("Day"), _("Paper"), _("What"), _("Pot"), _("In"), _("Out"), _("Left")]
    rows = [[book.since, "", _("Brought forward"), "", None, None, Satang(book.opening)]]
    for line in book.lines:
        came, went = (Satang(line.satang), None) if line.satang > 0 else (None, Satang(-line.satang))
        said = line.transaction
        rows.append(
            [said.posted_on, papers.name(said.source), papers.act(said.kind), line.pot, came, went, Satang(line.left)]
        )
    code = "".join(sign for sign in book.account.code if sign.isascii() and (sign.isalnum() or sign in "-._"))
    return files.Table(
        f"ombun-{code}-{book.since:%Y-%m}", report_money.title_of(book.account.code, book.whose), headings, rows
    )
