"""The treasurer's papers: what was paid, paid in, taken out, received or moved, one number each; a new one, and the one that is printed."""

import uuid
from datetime import date

from flask import Blueprint, request, url_for
from flask_babel import gettext

from pwa.access import current_account, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import (
    account_books,
    banks,
    chart,
    income_reports,
    payouts,
    pots,
    report_periods,
    rulings,
    sightings,
    undoings,
    voucher_grounds,
    vouchers,
)
from pwa.domain.people import roles
from pwa.domain.text import money
from pwa.domain.text.dates import SENTENCES, from_buddhist
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("vouchers", __name__, url_prefix="/vouchers")
READERS = roles.may("read-books")
KEEPERS = roles.may("keep-books")


@bp.get("")
@requires(*READERS)
def index():
    fund = account_books.fund_for(current_account(), request.args.get("fund", ""))
    about = dict(kinds=vouchers.KINDS, titles=vouchers.TITLES, keepers=KEEPERS, today=today())
    year = report_periods.year_of(report_periods.CALENDAR, today(), today())
    about |= dict(ceiling=income_reports.of(fund, year).ceiling, year=year)
    return render("vouchers/index.html", fund=fund, papers=vouchers.latest(fund), **about)


@bp.get("/new")
@requires(*KEEPERS)
def new():
    """The form of one kind, with a command of its own: sent twice it is one voucher."""
    fund, kind = account_books.kept_for(current_account(), request.args.get("fund", "")), request.args.get("kind", "")
    if kind not in vouchers.KINDS:
        raise NotFound
    version = rulings.of(fund, today()).version
    return render(
        "vouchers/new.html",
        fund=fund,
        kind=kind,
        title=vouchers.KINDS[kind],
        command=uuid.uuid4(),
        places=voucher_grounds.places(fund, current_account()),
        banks=[(one.name, one.name) for one in banks.of(fund)],
        pots=version.pots if version else {pots.WHOLE: gettext(pots.WHOLE_NAME)},
        refunds=voucher_grounds.to_give_back(fund) if kind == "refund" else [],
        owed=voucher_grounds.owed,
        chart=chart,
        codes=[(code, gettext(chart.heading(code).name)) for code in voucher_grounds.CODES.get(kind, ())],
        today=today(),
    )


@bp.post("/<string:fund_code>")
@requires(*KEEPERS)
@without_key
def write(fund_code):
    fund = account_books.kept_for(current_account(), fund_code)
    about = dict(command_id=command(), by=current_account(), at=now(), on=today())
    made = vouchers.write(fund, asked(), **about)
    return done(url_for("vouchers.show", fund_code=fund.code, n=made.n))


@bp.get("/<string:fund_code>/<int:n>")
@requires(*READERS)
def show(fund_code, n):
    fund = account_books.fund_for(current_account(), fund_code)
    paper = vouchers.get(fund, n)
    about = dict(title=vouchers.TITLES[paper.kind], words=money.words(paper.amount_satang))
    about |= dict(word=payouts.word_of(paper), seen=sightings.of(paper))
    about |= dict(
        undoing=undoings.state(paper.transaction), may_ask=paper.fund in account_books.kept(current_account())
    )
    return render("vouchers/show.html", fund=fund, paper=paper, source=vouchers.source_of(paper), **about)


@bp.post("/<string:fund_code>/<int:n>/undoing")
@requires(*KEEPERS)
@without_key
def undo(fund_code, n):
    """Ask the auditor to have it undone."""
    fund = account_books.kept_for(current_account(), fund_code)
    paper, reason = vouchers.get(fund, n), request.form.get("reason", "")
    undoings.ask(paper.transaction, reason, by=current_account(), at=now())
    return done(url_for("vouchers.show", fund_code=fund.code, n=n))


def asked():
    """What the form says, sums and days read as people type them. Raises Refusal at the field."""
    typed = {
        name: request.form.get(name, "")
        for name in ("payee", "ground", "source", "bank", "code", "pot", "to_pot", "receipt")
    }
    return voucher_grounds.Asked(kind=request.form.get("kind", ""), on=day(), satang=satang(), **typed)


def satang():
    reading = money.read(request.form.get("satang", ""))
    if reading.problem:
        raise Refusal(money.SENTENCES[reading.problem], field="satang")
    return reading.satang


def day():
    reading = from_buddhist(*(request.form.get(f"on:{part}", "") for part in ("day", "month", "year")), today=today())
    if not reading.iso or len(reading.iso) < 10:
        raise Refusal(reading.message or SENTENCES["unreadable"], field="on", **reading.values)
    return date.fromisoformat(reading.iso)


def command():
    try:
        return uuid.UUID(request.form.get("command", ""))
    except ValueError:
        raise NotFound from None
