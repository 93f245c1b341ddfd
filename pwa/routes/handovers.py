"""My cash: counted, offered, taken, each by who counts it; nothing changes hands before the taker has counted too."""

from flask import Blueprint, jsonify, request, url_for

from pwa.access import current_account, current_session, my_roles, requires
from pwa.domain import NotFound
from pwa.domain.fund import cash, counting, hand_counts, handovers, never_came, one_sided, told_hands
from pwa.domain.people import roles
from pwa.domain.text import money
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("handovers", __name__, url_prefix="/handovers")
HOLDERS = roles.may("collect")
READERS = roles.may("collect", "see-money")


@bp.get("")
@requires(*HOLDERS)
def index():
    account = current_account()
    return render(
        "handovers/index.html",
        hands=[counting.inside(hand) for hand in counting.hands_of(account)],
        to_take=counting.to_take(account),
        near=one_sided.hands_near(account, on=today()) if my_roles() & {*counting.TAKERS} else [],
        to_agree=one_sided.waiting(account) if my_roles() & {*one_sided.AGREERS} else [],
        lately=counting.lately(account),
        whose=cash.name_of,
    )


@bp.get("/new")
@requires()
def new():
    """From phone to phone: a shell that the phone fills from its own store."""
    return render("handovers/new.html", kinds=counting.KINDS, notes=counting.NOTES)


@bp.get("/new/told")
@requires(*HOLDERS)
def told():
    return jsonify(hands=told_hands.of(current_account()))


@bp.get("/hands/<string:fund_code>/<string:hand>")
@requires(*HOLDERS)
def count(fund_code, hand):
    hand = counting.hand(fund_code, hand, of=current_account())
    return render("handovers/count.html", inside=counting.inside(hand), kinds=counting.KINDS, notes=counting.NOTES)


@bp.post("/hands/<string:fund_code>/<string:hand>")
@requires(*HOLDERS)
@without_key
def offer(fund_code, hand):
    hand = counting.hand(fund_code, hand, of=current_account())
    rows, _satang = counting.counted(request.form)
    reason = request.form.get("reason", "").strip()[:500]
    made = counting.offer(hand, rows, reason, **_here())
    return done(url_for("handovers.show", entry_id=made))


@bp.post("/hands/<string:fund_code>/<string:hand>/count")
@requires(*HOLDERS)
@without_key
def note_count(fund_code, hand):
    """Counted, and kept: what the close of a month asks."""
    hand = counting.hand(fund_code, hand, of=current_account())
    _rows, satang = counting.counted(request.form)
    hand_counts.write(hand, satang, by=current_account(), at=now(), on=today())
    return done(url_for("handovers.index"))


@bp.get("/<uuid:entry_id>")
@requires(*READERS)
def show(entry_id):
    return _page(entry_id, "handovers/show.html", kinds=counting.KINDS, notes=counting.NOTES)


@bp.get("/<uuid:entry_id>/print")
@requires(*READERS)
def paper(entry_id):
    return _page(entry_id, "handovers/paper.html", must_be_taken=True)


@bp.post("/<uuid:entry_id>/taking")
@requires(*counting.TAKERS)
@without_key
def take(entry_id):
    handover, _taking = counting.find(entry_id, seen_by=current_account())
    if not counting.may_take(current_account(), handover):
        raise NotFound
    rows, _satang = counting.counted(request.form)
    reason = request.form.get("reason", "").strip()[:500]
    counting.take(handover, rows, reason, differs=request.form.get("differs") == "yes", **_here())
    return done(url_for("handovers.show", entry_id=entry_id))


@bp.post("/<uuid:entry_id>/closing")
@requires(*one_sided.AGREERS)
@without_key
def close(entry_id):
    """The receipts that it named will not come any more."""
    _handover, taking = counting.find(entry_id, seen_by=current_account())
    if taking is None:
        raise NotFound
    reason = request.form.get("reason", "").strip()[:500]
    never_came.close(taking, reason, by=current_account(), at=now(), on=today())
    return done(url_for("handovers.show", entry_id=entry_id))


@bp.get("/from/<string:fund_code>/<string:hand>")
@requires(*counting.TAKERS)
def count_theirs(fund_code, hand):
    """For a giver without a phone."""
    hand = one_sided.hand_near(fund_code, hand, by=current_account())
    about = {"kinds": counting.KINDS, "notes": counting.NOTES, "whose": cash.name_of}
    return render("handovers/theirs.html", inside=counting.inside(hand), **about)


@bp.post("/from/<string:fund_code>/<string:hand>")
@requires(*counting.TAKERS)
def take_theirs(fund_code, hand):
    hand = one_sided.hand_near(fund_code, hand, by=current_account())
    rows, _satang = counting.counted(request.form)
    file, reason = request.files.get("signature"), request.form.get("reason", "").strip()[:500]
    one_sided.take(hand, rows, reason, file.read() if file else b"", **_here())
    return done(url_for("handovers.index"))


@bp.get("/<uuid:entry_id>/agreement")
@requires(*one_sided.AGREERS)
def third(entry_id):
    one = one_sided.find(entry_id, seen_by=current_account())
    return render("handovers/agreement.html", one=one, whose=cash.name_of)


@bp.get("/<uuid:entry_id>/signature")
@requires(*one_sided.AGREERS)
def signature(entry_id):
    return one_sided.signature(one_sided.find(entry_id, seen_by=current_account())), {"Content-Type": "image/jpeg"}


@bp.post("/<uuid:entry_id>/agreement")
@requires(*one_sided.AGREERS)
@without_key
def agree(entry_id):
    one = one_sided.find(entry_id, seen_by=current_account())
    one_sided.agree(one, by=current_account(), at=now())
    return done(url_for("handovers.show", entry_id=one.handover.entry.entry_id))


def _here():
    return {"by": current_account(), "sender": current_session().device_id, "at": now()}


def _page(entry_id, template, must_be_taken=False, **about):
    handover, taking = counting.find(entry_id, seen_by=current_account())
    if must_be_taken and taking is None:
        raise NotFound
    mine = current_account().id in handovers.holders_of(handover.giver)
    sums = handovers.sums(taking) if taking else None
    may_take = taking is None and counting.may_take(current_account(), handover)
    about |= {"is_holder": bool(my_roles() & {*HOLDERS})}
    about |= {"words": money.words, "waits_for": never_came.waits_for(taking) if taking else 0}
    about["may_close"] = bool(my_roles() & {*one_sided.AGREERS})
    whose = {"whose": cash.name_of, "ranges": counting.ranges_of(handover)}
    return render(template, handover=handover, taking=taking, sums=sums, mine=mine, may_take=may_take, **whose, **about)
