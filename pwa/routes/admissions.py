"""Applicants of the registrar's funds: what the committee resolved about many at once, and members by their passbook."""

import uuid

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from pwa.access import current_account, requires
from pwa.domain import N_, Refusal
from pwa.domain.custody import blobs
from pwa.domain.desk import retelling
from pwa.domain.register import applications, members, memberships
from pwa.domain.review import admission_slips, admissions, sheets, sittings
from pwa.keyless import without_key
from pwa.typed_days import typed_day
from pwa.web import done, now, render, today

bp = Blueprint("admissions", __name__, url_prefix="/admissions")
MOST_SHOWN = 100


@bp.get("")
@requires("registrar")
def index():
    funds = [(fund, admissions.waiting(fund, MOST_SHOWN)) for fund in admissions.funds(current_account())]
    shown = [application for _, applications in funds for application in applications]
    own = admissions.objections(shown, current_account(), at=now())
    last = admission_slips.last(current_account(), at=now())
    taken = admission_slips.taken(current_account(), at=now())
    named = request.args.get("sitting", type=uuid.UUID)
    held = sittings.get(named, seen_by=current_account()) if named else None
    about = dict(last=last, taken=taken, own=own, held=held, sitting_id=named, today=today())
    return render("admissions/index.html", funds=funds, **about)


@bp.post("/<string:fund_code>/resolutions")
@requires("registrar")
@without_key
def resolve(fund_code):
    fund = admissions.fund(fund_code, seen_by=current_account())
    chosen = applications.chosen(fund, request.form.getlist("application"))
    admissions.resolve(
        fund,
        chosen,
        accepted=answer(),
        board=request.form.get("board", ""),
        meeting=request.form.get("meeting", ""),
        resolved_on=typed_day("resolved_on"),
        reason=request.form.get("reason", ""),
        by=current_account(),
        at=now(),
    )
    return done(url_for("admissions.index"))


@bp.get("/<int:application_id>")
@requires("registrar")
def show(application_id):
    application = admissions.get(application_id, seen_by=current_account())
    members.view_all([application.person], by=current_account(), at=now(), purpose="admission")
    decided = admissions.decision(application)
    return render(
        "admissions/show.html",
        application=application,
        passbook=memberships.passbook(application),
        decided=decided,
        slip=admission_slips.of(decided, by=current_account(), at=now()),
        history=admission_slips.history(application),
        own=admissions.objections([application], current_account(), at=now()).get(application.id),
    )


@bp.get("/<int:application_id>/photos/<string(length=64):sha256>")
@requires("registrar")
def photo(application_id, sha256):
    application = admissions.get(application_id, seen_by=current_account())
    held = memberships.passbook(application).get("photo")
    entry = memberships.source(held) if held and held.value == sha256 else None
    kid = sheets.picture(entry, sha256) if entry else None
    if kid is None:
        raise NotFound
    return blobs.picture(sha256, kid, retelling.sealer(entry)), 200, {"Content-Type": "image/jpeg"}


@bp.post("/<int:application_id>/confirmation")
@requires("registrar")
@without_key
def confirm(application_id):
    application = admissions.get(application_id, seen_by=current_account())
    applications.must_be_seen(application, request.form.get("application", ""))
    reason = request.form.get("reason", "")
    admissions.confirm(application, accepted=answer(), by=current_account(), at=now(), reason=reason)
    return done(url_for("admissions.index"))


@bp.post("/<string:fund_code>/slips")
@requires("registrar")
@without_key
def take_back(fund_code):
    fund = admissions.fund(fund_code, seen_by=current_account())
    made = request.form.get("made", 0, type=int)
    admission_slips.take_back(made, by=current_account(), at=now(), fund=fund)
    return done(url_for("admissions.index"))


@bp.post("/<int:application_id>/slip")
@requires("registrar")
@without_key
def take_one_back(application_id):
    application = admissions.get(application_id, seen_by=current_account())
    made = request.form.get("made", 0, type=int)
    admission_slips.take_back(made, by=current_account(), at=now(), application=application)
    return done(url_for("admissions.show", application_id=application_id))


def answer():
    """Yes or no from the form; refuses when neither was chosen."""
    if request.form.get("accepted") not in ("yes", "no"):
        raise Refusal(N_("Choose yes or no."), field="accepted")
    return request.form["accepted"] == "yes"
