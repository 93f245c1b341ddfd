"""One item of a sitting in big type: a claim with its reasons and its money, typed on the laptop, confirmed on a second one's phone."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, current_device, requires
from pwa.domain import N_, Refusal
from pwa.domain.fund import arrears, claim_people, paid
from pwa.domain.people import roles
from pwa.domain.register import members
from pwa.domain.review import abstentions, agenda_items, agenda_reasons, claim_decisions, meeting_money, sittings
from pwa.keyless import without_key
from pwa.routes.admissions import answer
from pwa.routes.claims import amount, told
from pwa.web import done, now, render

bp = Blueprint("agenda_items", __name__, url_prefix="/meetings")
WORDS = {"grant": True, "refuse": False}


@bp.get("/<uuid:sitting_id>/claims/<uuid:claim_id>")
@requires(*sittings.TYPISTS)
def show(sitting_id, claim_id):
    sitting, account = sittings.get(sitting_id, seen_by=current_account()), current_account()
    place = agenda_items.place(sitting, claim_id)
    one = place.item.row.standing
    why = {kind: claim_people.objection(account, one, kind, device=current_device()) for kind in ("propose", "grant")}
    about = dict(sitting=sitting, sitting_id=sitting_id, place=place, item=place.item, one=one, why=why)
    about |= dict(mark=agenda_items.mark(one), typed=claim_decisions.typed(one), decided=claim_decisions.decided(one))
    if request.htmx:
        about["shown"] = request.args.get("shown", "")
        return render("agenda_items/_live.html", "agenda_items/_live.html", **about)
    members.view_all([one.claim.person], by=account, at=now(), purpose="claim")
    known = told(one)["known"]
    money = meeting_money.of(sitting.fund, [])
    return render(
        "agenda_items/show.html",
        **about,
        known=known,
        shown=about["mark"],
        reasons=agenda_reasons.of(known),
        beside=agenda_reasons.beside(one),
        late=paid.came_late(one.claim.person, sitting.fund, one.claim.event_on),
        is_running=sittings.is_running(sitting),
        pot=meeting_money.pot_of(money, sitting.fund, place.item.row.benefit),
        sides=abstentions.sides(sitting, one),
    )


@bp.get("/<uuid:sitting_id>/lapses")
@requires(*sittings.TYPISTS)
def lapses(sitting_id):
    """Members whose rights have ended without a resolution: a meeting ends the membership, or forgives."""
    sitting = sittings.get(sitting_id, seen_by=current_account())
    found = arrears.lapsed(sitting.fund, on=sitting.resolved_on)
    return render("agenda_items/lapses.html", sitting=sitting, sitting_id=sitting_id, found=found)


@bp.post("/<uuid:sitting_id>/claims/<uuid:claim_id>/resolution")
@requires(*sittings.TYPISTS)
@without_key
def resolve(sitting_id, claim_id):
    sitting = sittings.get(sitting_id, seen_by=current_account())
    claim = agenda_items.place(sitting, claim_id).item.row.claim
    word, about = request.form.get("word", ""), dict(by=current_account(), at=now())
    about |= dict(seen=request.form.get("seen", ""), reason=request.form.get("reason", ""))
    if word == "later":
        agenda_items.postpone(sitting, claim, **about)
    elif word in WORDS:
        sum_of = amount() if WORDS[word] else None
        agenda_items.resolve(sitting, claim, accepted=WORDS[word], amount_satang=sum_of, **about)
    else:
        raise Refusal(N_("Choose what the meeting resolved."), field="word")
    return done(_after(sitting, sitting_id, claim_id))


@bp.post("/<uuid:sitting_id>/claims/<uuid:claim_id>/confirmation")
@requires(*roles.may("agree-claims"))
@without_key
def confirm(sitting_id, claim_id):
    sitting = sittings.get(sitting_id, seen_by=current_account())
    claim = agenda_items.place(sitting, claim_id).item.row.claim
    about = dict(seen=request.form.get("seen", 0, type=int), reason=request.form.get("reason", ""))
    about |= dict(by=current_account(), at=now(), device=current_device())
    claim_decisions.confirm(claim, agrees=answer(), **about)
    return done(url_for("agenda_items.show", sitting_id=sitting_id, claim_id=claim_id))


def _after(sitting, sitting_id, claim_id):
    """The next item that waits, else the whole agenda."""
    following = agenda_items.next_one(sitting, claim_id)
    if following is None or following.id == claim_id:
        return url_for("meetings.show", sitting_id=sitting_id)
    return url_for("agenda_items.show", sitting_id=sitting_id, claim_id=following.id)
