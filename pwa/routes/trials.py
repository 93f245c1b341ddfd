"""Looking around the demo village without a key: whose link this is, and going in. Where it is not open there is nothing here."""

from flask import Blueprint, abort, jsonify, request

from pwa.access import is_from_here, public, safe_next, try_out
from pwa.domain.people import trials
from pwa.domain.places import units
from pwa.i18n import role_name
from pwa.keyless import without_key
from pwa.web import now

bp = Blueprint("trials", __name__)


@bp.post("/trials/offer")
@public
@without_key
def offer():
    """To the page of a link, which alone knows the token: who one would be."""
    must_come_from_here()
    enrolment = trials.link(request.form.get("token", ""), address=request.remote_addr, at=now())
    roles = [role_name(grant.role) for grant in units.grants(enrolment.account)]
    return jsonify(name=enrolment.account.name, role=" · ".join(dict.fromkeys(roles)))


@bp.post("/trials")
@public
@without_key
def create():
    must_come_from_here()
    return try_out(request.form.get("token", ""), safe_next(request.form.get("next")))


def must_come_from_here():
    if not is_from_here():
        abort(404)
