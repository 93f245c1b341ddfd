"""Where every baht of the fund is, and the branches in which two people keep cash together."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from pwa.access import current_account, requires
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import banks, branches, cash, differences, hand_limits, holders
from pwa.domain.places import units
from pwa.domain.review import resolutions
from pwa.domain.text import money
from pwa.keyless import without_key
from pwa.typed_days import typed_day
from pwa.web import done, now, render, today

bp = Blueprint("cash", __name__, url_prefix="/cash")


@bp.get("")
@requires(*cash.SEERS)
def index():
    boards = cash.boards(current_account(), on=today())
    named = units.within(current_account(), *branches.KEEPERS)
    return render(
        "cash/index.html",
        boards=boards,
        banks={one.fund.id: banks.of(one.fund) for one in boards if one.fund.unit_id in named},
        branches={one.fund.id: branches.of(one.fund) for one in boards},
        keepers={one.fund.id: _choices(one.fund) for one in boards if one.fund.unit_id in named},
        whose=cash.name_of,
        ways={how: _(words) for how, words in differences.HOW.items()},
        ways_of=differences.OF,
        today=today(),
    )


@bp.post("/<string:fund_code>/branches")
@requires(*branches.KEEPERS)
@without_key
def name_branch(fund_code):
    fund = _fund(fund_code)
    form = {name: request.form.get(name, "") for name in ("name", "first", "second")}
    branches.make(fund, **form, by=current_account(), at=now())
    return done(url_for("cash.index"))


@bp.post("/<string:fund_code>/differences/<string:hand>")
@requires(*branches.KEEPERS)
@without_key
def settle(fund_code, hand):
    """What a meeting resolved about what somebody was short or over."""
    found, form = differences.find(_fund(fund_code), hand), request.form
    resolution, satang = _resolution(found.account.fund), _satang("amount")
    about = dict(resolution=resolution, by=current_account(), at=now(), on=today())
    differences.settle(found, form.get("how", ""), satang, **about)
    return done(url_for("cash.index"))


@bp.post("/<string:fund_code>/limits")
@requires(*branches.KEEPERS)
@without_key
def limit(fund_code):
    """What a meeting resolved about how much one hand keeps, and for how long."""
    fund, form = _fund(fund_code), request.form
    satang = _satang("limit")
    about = dict(resolution=_resolution(fund), by=current_account(), at=now())
    hand_limits.resolve(fund, form.get("days", ""), satang, **about)
    return done(url_for("cash.index"))


@bp.post("/<string:fund_code>/banks")
@requires(*branches.KEEPERS)
@without_key
def write_bank(fund_code):
    """An account of the fund at a bank, from which vouchers and receipts choose."""
    fund, form = _fund(fund_code), request.form
    about = dict(since=typed_day("since"), by=current_account(), at=now())
    banks.write(fund, form.get("bank_name", ""), form.get("digits", ""), **about)
    return done(url_for("cash.index"))


def _resolution(fund):
    form = request.form
    sitting = resolutions.sitting(form.get("board"), form.get("meeting"), typed_day("resolved_on"), at=now())
    return resolutions.of(fund, sitting, by=current_account(), at=now())


def _satang(field):
    reading = money.read(request.form.get(field, ""))
    if reading.problem:
        raise Refusal(money.SENTENCES[reading.problem], field=field)
    return reading.satang


def _fund(code):
    """A fund whose cash this account keeps."""
    fund = holders.fund(code)
    if fund is None or fund.unit_id not in units.within(current_account(), *branches.KEEPERS):
        raise NotFound
    return fund


def _choices(fund):
    return [(one.id, one.name) for one in branches.candidates(fund)]
