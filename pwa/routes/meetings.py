"""The meeting: what waits for the committee of a fund, many claims typed at once, and a second one's word on their own device."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, current_device, my_roles, requires
from pwa.domain.desk import tasks
from pwa.domain.people import roles
from pwa.domain.review import agendas
from pwa.keyless import without_key
from pwa.routes.claims import sitting
from pwa.web import done, now, render, today

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
TYPISTS = roles.may("propose-claims")


@bp.get("")
@requires(*TYPISTS)
def index():
    agenda = [agendas.of(fund, current_account(), device=current_device()) for fund in agendas.funds(current_account())]
    applicants = tasks.admissions(current_account(), at=now())[0] if my_roles() & {*roles.may("admit")} else 0
    return render("meetings/index.html", agenda=agenda, applicants=applicants, today=today())


@bp.post("/<string:fund_code>/resolutions")
@requires(*TYPISTS)
@without_key
def propose(fund_code):
    fund = agendas.fund(fund_code, seen_by=current_account())
    agendas.propose(fund, request.form.getlist("claim"), by=current_account(), at=now(), **sitting())
    return done(url_for("meetings.index"))


@bp.post("/<string:fund_code>/confirmations")
@requires(*roles.may("agree-claims"))
@without_key
def confirm(fund_code):
    fund = agendas.fund(fund_code, seen_by=current_account())
    about = dict(by=current_account(), at=now(), device=current_device())
    agendas.confirm(fund, request.form.getlist("claim"), **about)
    return done(url_for("meetings.index"))
