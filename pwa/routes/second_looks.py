"""Second looks drawn by lot: the zones with their rate of agreement, each draw with what repeats it, and one drawn entry."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain.places import units
from pwa.domain.register import members
from pwa.domain.review import decisions, samples, second_looks, slips
from pwa.keyless import without_key
from pwa.web import done, now, render

bp = Blueprint("second_looks", __name__, url_prefix="/second-looks")


@bp.get("")
@requires(*samples.READERS)
def index():
    me, at = current_account(), now()
    zones, waiting = second_looks.zones(me, at=at), second_looks.waiting(me, at=at)
    mine = units.within(me, *samples.LOOKERS)
    return render("second_looks/index.html", zones=zones, waiting=waiting, mine=mine, at=at)


@bp.post("")
@requires(*samples.LOOKERS)
@without_key
def draw():
    unit = units.get(request.form.get("unit", ""))
    made = samples.draw(unit, by=current_account(), at=now())
    return done(url_for("second_looks.show", draw_id=made.id))


@bp.get("/<uuid:draw_id>")
@requires(*samples.READERS)
def show(draw_id):
    drawn = samples.get(draw_id, seen_by=current_account())
    lots = samples.lots(drawn)
    repeats = samples.repeat(drawn) == [lot.approval.entry.entry_id for lot in samples.in_order(lots)]
    chosen, may_look = samples.in_order(lots), bool(my_roles() & {*samples.LOOKERS})
    return render("second_looks/show.html", draw=drawn, lots=lots, chosen=chosen, repeats=repeats, may_look=may_look)


@bp.get("/<uuid:draw_id>/entries/<uuid:entry_id>")
@requires(*samples.LOOKERS)
def entry(draw_id, entry_id):
    lot = second_looks.lot(draw_id, entry_id, seen_by=current_account())
    finding, about = second_looks.finding(lot), dict(by=current_account(), at=now())
    members.view_house(second_looks.subject(lot), by=current_account(), at=now(), purpose="review")
    return render(
        "second_looks/entry.html",
        lot=lot,
        facts=second_looks.facts(lot),
        about=second_looks.about(lot),
        finding=finding,
        stays=second_looks.slip_objection(lot, finding, **about) if finding else None,
        until=finding and finding.at + slips.SOON,
        objection=second_looks.objection(lot, current_account(), at=now()),
        history=decisions.history(lot.approval.entry),
        turn=lot.approval.turn,
    )


@bp.post("/<uuid:draw_id>/entries/<uuid:entry_id>/finding")
@requires(*samples.LOOKERS)
@without_key
def look(draw_id, entry_id):
    lot = second_looks.lot(draw_id, entry_id, seen_by=current_account())
    about = dict(outcome=request.form.get("outcome", ""), words=request.form.get("words", ""))
    second_looks.look(lot, by=current_account(), at=now(), **about)
    return done(url_for("second_looks.entry", draw_id=draw_id, entry_id=entry_id))


@bp.post("/<uuid:draw_id>/entries/<uuid:entry_id>/finding/slip")
@requires(*samples.LOOKERS)
@without_key
def take_back(draw_id, entry_id):
    lot = second_looks.lot(draw_id, entry_id, seen_by=current_account())
    turn = request.form.get("turn", type=int)
    second_looks.take_back(lot, by=current_account(), at=now(), turn=0 if turn is None else turn)
    return done(url_for("second_looks.entry", draw_id=draw_id, entry_id=entry_id))
