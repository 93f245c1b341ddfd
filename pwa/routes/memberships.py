"""One membership and what was resolved about it: ends, coming back, rests, days that are covered without the member's money."""

import uuid

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from pwa.access import current_account, requires
from pwa.domain import Refusal
from pwa.domain.fund import membership_acts, membership_pages
from pwa.domain.people import roles
from pwa.domain.review import resolutions, sittings
from pwa.keyless import without_key
from pwa.typed_days import typed_day
from pwa.web import done, now, render, today

bp = Blueprint("memberships", __name__, url_prefix="/memberships")
REGISTRARS = roles.may("admit")


@bp.get("/<uuid:membership_id>")
@requires(*REGISTRARS)
def show(membership_id):
    page = membership_pages.of(membership_id, seen_by=current_account(), on=today())
    words = {"kinds": membership_pages.KINDS, "whys": membership_pages.WHYS}
    said = {name: {key: _(word) for key, word in known.items()} for name, known in words.items()}
    named = request.args.get("sitting", type=uuid.UUID)
    held = sittings.get(named, seen_by=current_account()) if named else None
    return render("memberships/show.html", seen=page, today=today(), held=held, **said)


@bp.post("/<uuid:membership_id>/acts")
@requires(*REGISTRARS)
@without_key
def act(membership_id):
    page = membership_pages.of(membership_id, seen_by=current_account(), on=today())
    form = request.form
    about = dict(by=current_account(), at=now(), reason=form.get("reason", ""), first=typed_day("first", ahead=True))
    about["resolution"] = _resolution(page.membership.fund)
    kind = form.get("kind", "")
    if kind == "end":
        membership_acts.end(page.membership, why=form.get("why", ""), **about)
    elif kind == "rejoin":
        membership_acts.rejoin(page.membership, **about)
    elif kind == "suspend":
        membership_acts.suspend(page.membership, last=typed_day("last", ahead=True), **about)
    else:
        about |= {"last": typed_day("last", ahead=True), "pot": form.get("pot", ""), "on": today()}
        membership_acts.cover(page.membership, kind, **about)
    return done(url_for("memberships.show", membership_id=membership_id))


@bp.post("/<uuid:membership_id>/plans")
@requires(*REGISTRARS)
@without_key
def choose_plan(membership_id):
    page = membership_pages.of(membership_id, seen_by=current_account(), on=today())
    about = dict(first=typed_day("first", ahead=True), reason=request.form.get("reason", ""))
    membership_acts.choose_plan(page.membership, request.form.get("plan", ""), by=current_account(), at=now(), **about)
    return done(url_for("memberships.show", membership_id=membership_id))


@bp.post("/<uuid:membership_id>/acts/<int:act_id>/undo")
@requires(*REGISTRARS)
@without_key
def undo(membership_id, act_id):
    page = membership_pages.of(membership_id, seen_by=current_account(), on=today())
    made = membership_acts.get(act_id, membership=page.membership)
    reason = request.form.get("reason", "")
    membership_acts.undo(made, by=current_account(), at=now(), on=today(), reason=reason)
    return done(url_for("memberships.show", membership_id=membership_id))


def _resolution(fund):
    """The resolution that was typed; None where all of it was left empty, which only a death may be."""
    form = request.form
    if not (form.get("board") or form.get("meeting")):
        return None
    day = typed_day("resolved_on")
    if day is None:
        raise Refusal(membership_acts.NO_RESOLUTION, field="resolved_on")
    sitting = resolutions.sitting(form.get("board"), form.get("meeting"), day, at=now())
    return resolutions.of(fund, sitting, by=current_account(), at=now())
