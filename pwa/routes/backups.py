"""The keeper's page: which backups there are, whether one was really restored, and how to ask for either now."""

from flask import Blueprint, current_app, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain.operations import heads, health, schedule
from pwa.web import done, now, render

bp = Blueprint("backups", __name__)


@bp.get("/backups")
@requires(*schedule.ROLES)
def index():
    settings = current_app.config["OMBUN"]
    return render(
        "backups/index.html",
        "backups/_state.html",
        state=schedule.overview(settings.backups, now()),
        late=health.backup_is_late(at=now()),
        may_ask="admin" in my_roles() and bool(settings.passphrase),
        passphrase=bool(settings.passphrase),
        head=heads.now(),
        asked=request.args.get("number", ""),
        written=heads.at(request.args.get("number", "")),
        at=now(),
    )


@bp.post("/backups")
@requires("admin")
def back_up():
    schedule.wish("backup", by=current_account(), at=now())
    return done(url_for("backups.index"))


@bp.post("/backups/proofs")
@requires("admin")
def prove():
    schedule.wish("proof", by=current_account(), at=now())
    return done(url_for("backups.index"))
