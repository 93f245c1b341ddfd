"""What cannot wait for a meeting, and what a meeting resolves about a claim that was granted already."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, current_device, requires
from pwa.domain.fund import claim_people, claim_states
from pwa.domain.review import claim_reviews, urgencies
from pwa.domain.text import thai
from pwa.keyless import without_key
from pwa.routes.admissions import answer
from pwa.routes.claims import amount, sitting
from pwa.web import done, now, today

bp = Blueprint("claim_reviews", __name__, url_prefix="/claims")


@bp.post("/<uuid:claim_id>/urgency")
@requires(*claim_states.CLAIM["urge"].roles)
@without_key
def urge(claim_id):
    one = claim_people.get(claim_id, seen_by=current_account())
    about = dict(amount_satang=amount(), reason=request.form.get("reason", ""))
    urgencies.urge(one.claim, by=current_account(), at=now(), on=today(), **about)
    return done(url_for("claims.show", claim_id=claim_id))


@bp.post("/<uuid:claim_id>/review")
@requires(*claim_states.AFTER["review"].roles)
@without_key
def propose(claim_id):
    one, form = claim_people.get(claim_id, seen_by=current_account()), request.form
    about = dict(outcome=form.get("outcome", ""), payee=form.get("payee", 0, type=int), reason=form.get("reason", ""))
    about |= dict(amount_satang=whole(), named=form.get("named", ""), **sitting())
    claim_reviews.resolve(one.claim, by=current_account(), at=now(), **about)
    return done(url_for("claims.show", claim_id=claim_id))


@bp.post("/<uuid:claim_id>/review/confirmation")
@requires(*claim_states.AFTER["uphold"].roles)
@without_key
def confirm(claim_id):
    one, form = claim_people.get(claim_id, seen_by=current_account()), request.form
    about = dict(seen=form.get("seen", 0, type=int), reason=form.get("reason", ""), device=current_device())
    claim_reviews.confirm(one.claim, agrees=answer(), by=current_account(), at=now(), on=today(), **about)
    return done(url_for("claims.show", claim_id=claim_id))


def whole():
    """The sum from now on, in satang; here nothing may be one."""
    typed = thai.digits(request.form.get("amount", "")).strip()
    return 0 if typed in ("0", "0.0", "0.00") else amount()
