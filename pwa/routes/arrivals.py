"""The ครบ/ขาด board: whether everything that the phones recorded has come, and explaining what never will."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.desk import arrivals, cases, gaps
from pwa.domain.people import devices, passkeys, sessions
from pwa.i18n import gettext as _
from pwa.web import done, now, render

bp = Blueprint("arrivals", __name__, url_prefix="/board")


@bp.get("")
@requires(*cases.ROLES)
def index():
    at = now()
    found = arrivals.of(current_account(), at=at, page=request.args.get("page", 1, int))
    return render("arrivals/index.html", board=found, at=at)


@bp.get("/<uuid:device_id>")
@requires(*cases.ROLES)
def show(device_id):
    me, at = current_account(), now()
    phone = arrivals.get(device_id, seen_by=me, at=at)
    breaks = arrivals.verify(device_id)
    return render(
        "arrivals/show.html",
        phone=phone,
        at=at,
        name=passkeys.called(device_id, phone.device.agent),
        breaks=breaks,
        broken=arrivals.recorded_at(device_id, breaks),
        why=gaps.WHY,
        reasons=[(key, _(text)) for key, text in gaps.WHY.items()],
        is_mine=sessions.was_on(me.id, device_id),
        sees_device=devices.has(device_id, seen_by=me),
    )


@bp.post("/<uuid:device_id>/closings")
@requires(*cases.ROLES)
def close(device_id):
    arrivals.get(device_id, seen_by=current_account(), at=now())
    first, last = (request.form.get(name, type=int) for name in ("first", "last"))
    if first is None or last is None:
        raise NotFound
    about = {name: request.form.get(name, "") for name in ("why", "reason")}
    gaps.close(device_id, first, last, by=current_account(), at=now(), **about)
    return done(url_for("arrivals.show", device_id=device_id))
