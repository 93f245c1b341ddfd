"""The months of the books: which are closed, which is next, what is open in it, and the two signatures."""

import json

from flask import Blueprint, request, url_for

from pwa import files, papers
from pwa.access import current_account, current_device, my_roles, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import (
    account_books,
    chart,
    closed_days,
    closes,
    closing,
    holders,
    office_changes,
    statement_balances,
    year_closes,
)
from pwa.domain.fund.sentences import Satang
from pwa.domain.people import roles
from pwa.domain.text import money
from pwa.fund_words import pot_names
from pwa.i18n import gettext as _
from pwa.web import done, now, render, today

bp = Blueprint("closes", __name__, url_prefix="/ledger/closes")
READERS = roles.may("read-books")
KEEPERS = roles.may("keep-books")
SIGNERS = roles.may("sign-books")


@bp.get("")
@requires(*READERS)
def index():
    fund, account = account_books.fund_for(current_account(), request.args.get("fund", "")), current_account()
    through, keeps = closes.due(fund, at=now(), on=today()), fund in account_books.kept(account)
    about = dict(states=closes.of(fund), at=now(), waiting=closes.waiting(account, at=now()))
    if through:
        about |= dict(month=closing.of(fund, through), late=closing.late(fund, through.replace(day=1), through))
        about |= dict(owners=owners(fund), may_begin=keeps)
    about |= dict(years=year_closes.of(fund), year=year_closes.due(fund, at=now()))
    about |= dict(years_waiting=year_closes.waiting(account, at=now()), keeps=keeps)
    about |= dict(named=holders.name_of, papers=papers, entries=entries)
    return render("closes/index.html", fund=fund, funds=account_books.funds(account), through=through, **about)


@bp.post("/<string:fund_code>")
@requires(*KEEPERS)
def begin(fund_code):
    fund, account = account_books.kept_for(current_account(), fund_code), current_account()
    through = closes.due(fund, at=now(), on=today())
    asked = request.form.get("through", "")
    if through is None or asked != through.isoformat():
        latest = closes.latest(fund)
        if latest and latest.close.through.isoformat() == asked and latest.waits(now()):
            return done(url_for("closes.show", close_id=latest.close.id))
        raise Refusal(closes.NOTHING)
    about = dict(by=account, device=current_device(), at=now(), on=today())
    made = closes.begin(fund, through, said(fund, closing.of(fund, through).banks), **about)
    return done(url_for("closes.show", close_id=made.id))


@bp.get("/<int:close_id>")
@requires(*READERS)
def show(close_id):
    found = closes.find(close_id, seen_by=current_account())
    close, account = found.close, current_account()
    asked = request.args.get("file", "")
    if asked in ("csv", "xlsx"):
        return files.of(balances_of(close), asked)
    if asked == "lines":
        kept = b"".join(closing.lines(close.fund, close.through.replace(day=1), close.through))
        return files.plain(f"ombun-{close.fund.code}-{close.through:%Y-%m}-lines.txt", kept, "text/plain")
    is_signer = bool(my_roles() & {*SIGNERS}) and found.waits(now())
    about = dict(
        is_signer=is_signer,
        objection=closes.objection(found, account, device=current_device()) if is_signer else None,
        ends=close.at + closed_days.WAITS,
        sums=sums_of(close),
        entries=[(one.what, one.ledger_account, one.amount_satang, one.many) for one in closes.left_open(close)],
        balances=statement_balances.of(close),
        typed_anew=statement_balances.waiting(close),
        late=closing.late(close.fund, close.through.replace(day=1), close.through),
        waits=found.waits(now()),
        may_type=close.fund in account_books.kept(account) and found.is_done,
        may_agree=bool(my_roles() & {*SIGNERS}),
        owners=owners(close.fund),
    )
    return render("closes/show.html", found=found, fund=close.fund, named=holders.name_of, papers=papers, **about)


@bp.post("/<int:close_id>/signature")
@requires(*SIGNERS)
def sign(close_id):
    found = closes.find(close_id, seen_by=current_account())
    closes.sign(found.close, by=current_account(), device=current_device(), at=now())
    return done(url_for("closes.show", close_id=close_id))


@bp.post("/<int:close_id>/refusal")
@requires(*SIGNERS)
def decline(close_id):
    found = closes.find(close_id, seen_by=current_account())
    closes.decline(found.close, reason=request.form.get("reason", ""), by=current_account(), at=now())
    return done(url_for("closes.show", close_id=close_id))


@bp.post("/<int:close_id>/balances")
@requires(*KEEPERS)
def replace(close_id):
    """A balance of a closed month typed anew."""
    found = closes.find(close_id, seen_by=current_account())
    account_books.kept_for(current_account(), found.close.fund.code)
    if not found.is_done:
        raise NotFound
    code = request.form.get("bank", "")
    statement_balances.replace(found.close, code, typed(found.close.fund, code), by=current_account(), at=now())
    return done(url_for("closes.show", close_id=close_id))


@bp.post("/<int:close_id>/balances/<int:balance_id>/agreement")
@requires(*SIGNERS)
def agree(close_id, balance_id):
    found = closes.find(close_id, seen_by=current_account())
    balance = next((one for one in statement_balances.waiting(found.close) if one.id == balance_id), None)
    if balance is not None:
        statement_balances.agree(balance, by=current_account(), at=now())
    return done(url_for("closes.show", close_id=close_id))


def said(fund, places):
    return {place.code: typed(fund, place.code) for place in places}


def typed(fund, code):
    """What the form says of a bank. Refuses, at its field, what is no sum."""
    text = request.form.get(code, "").strip()
    owner = next((one for one, _name in owners(fund) if str(one) == request.form.get(f"{code}:owner")), None)
    note = request.form.get(f"{code}:note", "")
    reading = money.read(text)
    if text and reading.problem and not is_nothing(text):
        raise Refusal(money.SENTENCES[reading.problem], field=code)
    satang = None if not text else 0 if is_nothing(text) else reading.satang
    return statement_balances.Said(satang, owner, note)


def is_nothing(text):
    return text.strip("0๐.") == ""


def owners(fund):
    """[(account id, name)] of who may follow a difference up: who keeps the books, and who signs them."""
    return [(one.id, one.name) for one in office_changes.officers(fund, *KEEPERS, *SIGNERS)]


def entries(open_ones):
    """[(what, account, satang, many)] of what is open."""
    return [(one.what, one.account, one.satang, one.many) for one in open_ones]


def sums_of(close):
    """The sums of a month as they were kept with its close."""
    rows = json.loads(close.report)["rows"]
    return closing.sums([(stem, chart.heading(stem).type, sums[0], sums[3]) for stem, _pot, *sums in rows])


def balances_of(close):
    """The balances as they were kept with the close: nobody is named."""
    named = pot_names(close.fund)
    headings = [_("Code"), _("Account"), _("Pot"), _("Brought forward"), _("Debit"), _("Credit"), _("Balance")]
    rows = [
        [stem, _(chart.heading(stem).name), named.get(pot, pot), *map(Satang, sums)]
        for stem, pot, *sums in json.loads(close.report)["rows"]
    ]
    return files.Table(f"ombun-{close.fund.code}-{close.through:%Y-%m}", close.fund.name, headings, rows)
