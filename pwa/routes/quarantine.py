"""The quarantine desk: what is in custody and not yet believed, to be let in, returned or put aside by a person."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.office import cases, quarantine
from pwa.web import done, now, render

bp = Blueprint("quarantine", __name__)


@bp.get("/quarantine")
@requires(*cases.ROLES)
def index():
    me = current_account()
    return render("quarantine/index.html", groups=quarantine.listed(me), count=quarantine.count(me), at=now())


@bp.get("/quarantine/<uuid:entry_id>")
@requires(*cases.ROLES)
def show(entry_id):
    case = quarantine.get(entry_id, seen_by=current_account())
    return render(
        "quarantine/show.html",
        case=case,
        said=cases.said(case),
        settled=quarantine.settled(case.entry),
        objection=quarantine.objection(case.entry, current_account()),
    )


@bp.post("/quarantine/<uuid:entry_id>/acceptance")
@requires(*cases.ROLES)
def accept(entry_id):
    return decide(entry_id, quarantine.accept)


@bp.post("/quarantine/<uuid:entry_id>/return")
@requires(*cases.ROLES)
def send_back(entry_id):
    return decide(entry_id, quarantine.send_back)


@bp.post("/quarantine/<uuid:entry_id>/aside")
@requires(*cases.ROLES)
def set_aside(entry_id):
    return decide(entry_id, quarantine.set_aside)


def decide(entry_id, decision):
    case = quarantine.get(entry_id, seen_by=current_account())
    decision(case.entry, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("quarantine.index"))
