"""Appeals: the member says on their own device that they have read a decision, and what is wrong with it; officers note what they were told."""

from flask import Blueprint, request, url_for

from pwa.access import current_access, current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import appeals, claim_lists, claim_people, claims, decided
from pwa.domain.people import accesses, roles
from pwa.domain.register import members
from pwa.domain.review import claim_decisions, sittings
from pwa.domain.text import money
from pwa.keyless import without_key
from pwa.typed_days import typed_day
from pwa.web import done, now, render, today

bp = Blueprint("appeals", __name__)
NOTERS = roles.may("check", "propose-claims")


@bp.post("/me/claims/<uuid:claim_id>/reading")
@requires()
def read(claim_id):
    appeals.tell(mine(claim_id), told_on=today(), how="read", by=current_account(), at=now())
    return done(url_for("me.show"))


@bp.post("/me/claims/<uuid:claim_id>/appeal")
@requires()
def file(claim_id):
    appeals.file(mine(claim_id), how="own", **typed(), by=current_account(), at=now())
    return done(url_for("me.show"))


@bp.get("/claims/<uuid:claim_id>/notice")
@requires(*NOTERS)
def notice(claim_id):
    """The decision on paper, for the member's hand, with where to sign that it came."""
    one = claim_people.get(claim_id, seen_by=current_account())
    right = appeals.right(one)
    if right is None:
        raise NotFound
    members.view_all([one.claim.person], by=current_account(), at=now(), purpose="claim")
    row, decision = claim_lists.row_of(one), decided.of(right.act)
    about = dict(person=row.person, benefit=row.benefit, words=money.words(decision.amount_satang))
    return render("appeals/paper.html", one=one, right=right, act=right.act, decision=decision, **about)


@bp.post("/claims/<uuid:claim_id>/notice")
@requires(*NOTERS)
@without_key
def tell(claim_id):
    one = claim_people.get(claim_id, seen_by=current_account())
    about = dict(told_on=typed_day("told_on"), how=request.form.get("how", ""))
    appeals.tell(one, **about, by=current_account(), at=now())
    return done(url_for("claims.show", claim_id=claim_id))


@bp.post("/claims/<uuid:claim_id>/appeal")
@requires(*NOTERS)
@without_key
def note(claim_id):
    one = claim_people.get(claim_id, seen_by=current_account())
    appeals.file(one, how="told", filed_on=typed_day("filed_on"), **typed(), by=current_account(), at=now())
    return done(url_for("claims.show", claim_id=claim_id))


@bp.post("/meetings/<uuid:sitting_id>/appeals/<uuid:claim_id>")
@requires(*sittings.TYPISTS)
@without_key
def take_up(sitting_id, claim_id):
    """An appeal goes onto the agenda of a sitting: its claim waits anew."""
    sittings.get(sitting_id, seen_by=current_account())
    one = claim_people.get(claim_id, seen_by=current_account())
    claim_decisions.take_up(one.claim, by=current_account(), at=now())
    return done(url_for("agenda_items.show", sitting_id=sitting_id, claim_id=claim_id))


def typed():
    return {name: request.form.get(name, "") for name in ("clause", "reason")}


def mine(claim_id):
    """The claim by one's own right, where it is sure whose device this is. Raises NotFound."""
    person = members.of_account(current_account())
    unsure = [one for one in current_access() if not one.is_sure]
    one = claims.by_right(person, claim_id) if accesses.are_settled(unsure, at=now()) else None
    if one is None:
        raise NotFound
    return one
