"""The quarantine desk: what is in custody and not yet believed, to be let in, returned or put aside by a person."""

import uuid

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.desk import cases, desk, desk_slips, faults, quarantine, reasons, retelling
from pwa.keyless import without_key
from pwa.web import done, now, render

bp = Blueprint("quarantine", __name__)


@bp.get("/quarantine")
@requires(*cases.ROLES)
def index():
    me, after = current_account(), request.args.get("after", type=int)
    device, kind = request.args.get("device", type=uuid.UUID), request.args.get("kind")
    if device and kind in reasons.ALL:
        group, shown = desk.group(me, device=device, kind=kind, after=after)
        if group is not None:
            return render("quarantine/group.html", group=group, shown=shown, at=now())
    if device:
        groups = desk.groups(me, sender=device, after=after)
        if groups.items:
            return render("quarantine/sender.html", groups=groups, sender=desk.sender(me, device), at=now())
    senders = desk.senders(me, after=after)
    about = dict(count=quarantine.count(me), last=desk_slips.last(me, at=now()))
    return render("quarantine/index.html", senders=senders, at=now(), **about)


@bp.get("/quarantine/<uuid:entry_id>")
@requires(*cases.ROLES)
def show(entry_id):
    me = current_account()
    case = quarantine.get(entry_id, seen_by=me, sha256=request.args.get("line", ""))
    asks, settled = retelling.asks(case.entry, case.opening), quarantine.settled(case.entry)
    return render(
        "quarantine/show.html",
        case=case,
        said=(said := cases.said(case)),
        faults=faults.of(said, case.entry.received_at) if said else [],
        rival=(rival := desk.rival(case, seen_by=me)),
        rival_said=cases.said(rival) if rival else None,
        settled=settled,
        slip=desk_slips.of(settled.made, by=me, at=now()) if settled else None,
        made=retelling.made_of(case.entry),
        objection=quarantine.objection(case.entry, me),
        asks=asks,
        authors=[(who.id, who.name) for who in retelling.authors(case.entry, me)] if "author" in asks else [],
        places=[(unit.code, unit.name) for unit in retelling.places(case.entry, me)] if "place" in asks else [],
    )


@bp.post("/quarantine/<uuid:entry_id>/acceptance")
@requires(*cases.ROLES)
@without_key
def accept(entry_id):
    return decide(entry_id, quarantine.accept, **{n: request.form.get(n, "") for n in ("author", "place")})


@bp.post("/quarantine/<uuid:entry_id>/return")
@requires(*cases.ROLES)
@without_key
def send_back(entry_id):
    return decide(entry_id, quarantine.send_back)


@bp.post("/quarantine/<uuid:entry_id>/aside")
@requires(*cases.ROLES)
@without_key
def set_aside(entry_id):
    return decide(entry_id, quarantine.set_aside)


@bp.post("/quarantine/asides")
@requires(*cases.ROLES)
@without_key
def set_all_aside():
    device, kind = request.form.get("device", type=uuid.UUID), request.form.get("kind", "")
    if device is None:
        raise NotFound
    about = {"through": request.form.get("through", type=int), "reason": request.form.get("reason", "")}
    quarantine.set_all_aside(device, kind, by=current_account(), at=now(), **about)
    return done(url_for("quarantine.index"))


@bp.post("/quarantine/<uuid:entry_id>/slip")
@requires(*cases.ROLES)
@without_key
def take_back(entry_id):
    case = quarantine.get(entry_id, seen_by=current_account(), sha256=request.form.get("line", ""))
    desk_slips.take_back(request.form.get("made", ""), by=current_account(), at=now(), entry=case.entry)
    line = case.entry.sha256 if case.entry.reason == "conflict" else None
    return done(url_for("quarantine.show", entry_id=entry_id, line=line))


@bp.post("/quarantine/slips")
@requires(*cases.ROLES)
@without_key
def take_all_back():
    desk_slips.take_back(request.form.get("made", ""), by=current_account(), at=now())
    return done(url_for("quarantine.index"))


def decide(entry_id, decision, **otherwise):
    case = quarantine.get(entry_id, seen_by=current_account(), sha256=request.form.get("line", ""))
    about = {"reason": request.form.get("reason", ""), **otherwise}
    decision(case.entry, by=current_account(), at=now(), **about)
    return done(url_for("quarantine.index"))
