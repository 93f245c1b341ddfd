"""The banks' statements: lines pasted month by month, each matched to what it is in the books, the rest open with who follows it up."""

import re

from flask import Blueprint, request, url_for

from pwa import papers
from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import account_books, banks, office_changes, statement_undoings, statements
from pwa.domain.people import roles
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("statements", __name__, url_prefix="/ledger/statements")
READERS = roles.may("read-books")
KEEPERS = roles.may("keep-books")
NUMBER = re.compile("[0-9]{1,9}")


@bp.get("")
@requires(*READERS)
def index():
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""))
    known, bank = bank_of(fund, request.args.get("bank", ""))
    about = dict(funds=account_books.funds(current_account()), known=known, bank=bank, papers=papers)
    if bank:
        lines = statements.of(fund, bank, row_number(request.args.get("before")))
        about |= dict(lines=lines, may_match=fund in account_books.kept(current_account()), owners=owners(fund))
        about |= dict(undone=statement_undoings.of([one.line for one in lines]), name_of=statement_undoings.name_of)
    return render("statements/index.html", fund=fund, **about)


@bp.post("/<string:fund_code>")
@requires(*KEEPERS)
@without_key
def add(fund_code):
    fund = account_books.kept_for(current_account(), fund_code)
    bank = banks.named(fund, request.form.get("bank", "")).name
    about = dict(by=current_account(), at=now(), today=today())
    statements.add(fund, bank, request.form.get("lines", ""), **about)
    return done(url_for("statements.index", fund=fund.code, bank=bank))


@bp.post("/<string:fund_code>/<int:line_id>")
@requires(*KEEPERS)
@without_key
def match(fund_code, line_id):
    """What a line is: a transaction of the books, or nothing that anybody knows yet."""
    fund = account_books.kept_for(current_account(), fund_code)
    line, about = statements.find(fund, line_id), dict(by=current_account(), at=now(), on=today())
    transaction = row_number(request.form.get("transaction"))
    if transaction is not None:
        statements.match(line, transaction, **about)
    else:
        owner = next((key for key, _name in owners(fund) if str(key) == request.form.get("owner")), None)
        if owner is None:
            raise NotFound
        statements.keep_open(line, owner, **about)
    return done(url_for("statements.index", fund=fund.code, bank=line.ledger_account.name))


@bp.post("/<string:fund_code>/<int:line_id>/undoing")
@requires(*KEEPERS)
@without_key
def undo(fund_code, line_id):
    """What was said of a line was wrong."""
    fund = account_books.kept_for(current_account(), fund_code)
    line, said = (
        statements.find(fund, line_id),
        (request.form.get("kind", ""), row_number(request.form.get("said")) or 0),
    )
    about = dict(by=current_account(), at=now(), on=today())
    statement_undoings.undo(line, said, request.form.get("reason", ""), **about)
    return done(url_for("statements.index", fund=fund.code, bank=line.ledger_account.name))


def row_number(text):
    """The number that a form or an address names, or None; no larger one than a table can hold."""
    return int(text) if NUMBER.fullmatch(text or "") else None


def bank_of(fund, asked):
    """(the fund's banks by name, the one that is asked for or the first)."""
    known = [one.name for one in banks.of(fund)]
    return known, asked if asked in known else next(iter(known), None)


def owners(fund):
    return [(one.id, one.name) for one in office_changes.officers(fund, *KEEPERS, *roles.may("sign-books"))]
