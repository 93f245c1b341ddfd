"""After a restore: what paper says since the backup is entered or explained, counted and signed by two, and payments are open again."""

import uuid

from flask import Blueprint, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import account_books, chart, claim_payments, entered_payments, reopenings, voucher_grounds
from pwa.domain.people import roles
from pwa.domain.text import money, thai
from pwa.i18n import baht, thai_date
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.routes.payments import command, day, ground
from pwa.web import done, now, render, today

bp = Blueprint("reopenings", __name__, url_prefix="/reopenings")
KEEPERS, SIGNERS = roles.may("keep-books"), roles.may("sign-books")


@bp.get("")
@requires(*reopenings.SIGNERS)
def index():
    shut = reopenings.shut(current_account())
    keeps, signs = (bool(my_roles() & {*some}) for some in (KEEPERS, SIGNERS))
    due = claim_payments.waiting(current_account()) if keeps else []
    return render(
        "reopenings/index.html",
        shut=[(one, reopenings.places(one.fund)) for one in shut],
        places={one.fund.id: sources(one.fund) for one in shut},
        due={one.fund.id: [named(each) for each in due if each.claim.fund == one.fund] for one in shut},
        numbers={one.fund.id: [(n, n) for n in one.missing] for one in shut},
        keeps=keeps,
        signs=signs,
        command=uuid.uuid4(),
        chart=chart,
        today=today(),
    )


@bp.post("/<string:fund_code>/last")
@requires(*KEEPERS)
@without_key
def begin(fund_code):
    state = kept(fund_code)
    reopenings.begin(state, number("last_n"), by=current_account(), at=now())
    return done(url_for("reopenings.index"))


@bp.post("/<string:fund_code>/numbers")
@requires(*KEEPERS)
@without_key
def enter(fund_code):
    state, form = kept(fund_code), request.form
    about = dict(by=current_account(), at=now())
    if not form.get("payment"):
        reopenings.explain(state, number("n"), form.get("words", ""), **about)
        return done(url_for("reopenings.index"))
    paid = payment(form["payment"])
    about |= dict(source=form.get("source", ""), on=day(), ground=ground(paid), command_id=command(), today=today())
    entered_payments.enter(paid, state, number("n"), **about)
    return done(url_for("reopenings.index"))


@bp.post("/<string:fund_code>/counts")
@requires(*KEEPERS)
@without_key
def sign(fund_code):
    state = kept(fund_code)
    counted = {one.code: satang(one.code) for one in reopenings.places(state.fund)}
    reopenings.sign(state, counted, by=current_account(), at=now())
    return done(url_for("reopenings.index"))


@bp.post("/<string:fund_code>/signature")
@requires(*SIGNERS)
@without_key
def countersign(fund_code):
    state = reopenings.find(fund_code, seen_by=current_account())
    reopenings.countersign(state, by=current_account(), at=now())
    return done(url_for("reopenings.index"))


def number(field):
    typed = thai.digits(request.form.get(field, "")).strip()
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None


def satang(field):
    """A sum that was counted; nothing is a sum here, an empty field is none."""
    typed = thai.digits(request.form.get(field, "")).strip()
    if typed in ("", "0"):
        return 0 if typed else None
    reading = money.read(typed)
    if reading.problem:
        raise Refusal(money.SENTENCES[reading.problem], field=field)
    return reading.satang


def payment(text):
    """The payment that is named as "claim/payee"."""
    claim_id, _slash, payee = text.partition("/")
    try:
        return claim_payments.get(uuid.UUID(claim_id), int(payee), seen_by=current_account())
    except ValueError:
        raise NotFound from None


def named(one):
    """A payment as it is chosen: its name in the form, and in words."""
    return f"{one.claim.id}/{one.payee}", f"{one.to['name']} · {baht(one.net)} · {thai_date(one.claim.event_on)}"


def sources(fund):
    held = voucher_grounds.places(fund, current_account())
    return [(code, f"{_(chart.heading(code).name)} {name}") for code, name, _satang in held]


def kept(fund_code):
    """The State of a fund that is shut and whose books this account keeps."""
    account_books.kept_for(current_account(), fund_code)
    return reopenings.find(fund_code, seen_by=current_account())
