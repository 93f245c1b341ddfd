"""Custody for officers: queue files brought in by hand, the receipt of one entry, and erasing it."""

from flask import Blueprint, redirect, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain.desk import cases, queue_files
from pwa.domain.privacy import erasure
from pwa.keyless import without_key
from pwa.server import metrics
from pwa.server.bodies import ROOM_FOR_A_FORM, takes
from pwa.web import done, now, render

bp = Blueprint("custody", __name__)


@bp.get("/custody")
@requires(*cases.ROLES)
def index():
    if number := request.args.get("number"):
        return redirect(url_for("custody.show", entry_id=queue_files.find(number, seen_by=current_account())), 303)
    return render("custody/index.html", imports=queue_files.imports(seen_by=current_account()))


@bp.post("/custody")
@requires(*cases.ROLES)
@without_key
@takes(queue_files.MOST_BYTES + ROOM_FOR_A_FORM)
def bring_in():
    file = request.files.get("file")
    brought = queue_files.bring_in(file.read() if file else b"", by=current_account(), at=now())
    metrics.brought(queue_files.imported(brought.id, seen_by=current_account())[1])
    return done(url_for("custody.show_import", import_id=brought.id))


@bp.get("/custody/imports/<int:import_id>")
@requires(*cases.ROLES)
def show_import(import_id):
    brought, report = queue_files.imported(import_id, seen_by=current_account())
    told = queue_files.told(report, page=request.args.get("page", 1, int))
    return render("custody/import.html", brought=brought, told=told, reasons=cases.REASONS)


@bp.get("/custody/<uuid:entry_id>")
@requires(*cases.ROLES)
def show(entry_id):
    found = queue_files.get(entry_id, seen_by=current_account())
    return render(
        "custody/show.html",
        found=found,
        erasures={case.entry.id: erasure.of(case.entry) for case in found},
        grounds=erasure.GROUNDS,
        may_erase=bool(my_roles() & set(erasure.ROLES)),
    )


@bp.post("/custody/<uuid:entry_id>/erasure")
@requires(*erasure.ROLES)
def erase(entry_id):
    entry = erasure.get(entry_id, seen_by=current_account(), sha256=request.form.get("sha256", ""))
    reason, ground = request.form.get("reason", ""), request.form.get("legal_ground", "")
    erasure.erase(entry, by=current_account(), at=now(), reason=reason, legal_ground=ground)
    return done(url_for("custody.show", entry_id=entry_id))
