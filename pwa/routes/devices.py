"""The phones that sent or signed in here: last heard of, who used them, what arrived; and taking one out of use."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, my_roles, requires
from pwa.domain.custody import tallies
from pwa.domain.desk import arrivals
from pwa.domain.fund import farewells
from pwa.domain.people import devices, passkeys, roles
from pwa.web import done, now, render

bp = Blueprint("devices", __name__)


@bp.get("/devices")
@requires(*roles.may("see-phones"))
def index():
    listed = devices.listed(seen_by=current_account())
    ids = [device.id for device in listed]
    return render(
        "devices/index.html",
        listed=listed,
        users=devices.users(ids),
        arrived=tallies.arrived(ids),
        names=passkeys.names(ids),
        label=passkeys.label,
    )


@bp.get("/devices/<uuid:device_id>")
@requires(*roles.may("see-phones"))
def show(device_id):
    device = devices.get(device_id, seen_by=current_account())
    return render(
        "devices/show.html",
        device=device,
        users=devices.users([device.id]).get(device.id, []),
        arrived=tallies.arrived([device.id]).get(device.id),
        revocation=devices.revocation(device),
        numbers=sorted(number.hex[-4:] for number in devices.members(device.id) - {device.id}),
        key=devices.claims(device.id),
        passkeys=passkeys.made_on(device),
        label=passkeys.label,
        name=passkeys.called(device.id, device.agent),
        may_revoke="admin" in my_roles(),
        held=farewells.held(_people_on(device)) if "admin" in my_roles() else [],
        is_on_board=arrivals.has(device.id, seen_by=current_account()),
    )


@bp.post("/devices/<uuid:device_id>/revocation")
@requires("admin")
def revoke(device_id):
    device = devices.get(device_id, seen_by=current_account())
    with_passkeys = request.form.get("with_passkeys") == "yes"
    reason = request.form.get("reason", "")
    farewells.ask(_people_on(device), known=request.form.get(farewells.KNOWN) == "yes")
    passkeys.shut_out(device, by=current_account(), at=now(), reason=reason, with_passkeys=with_passkeys)
    return done(url_for("devices.show", device_id=device_id))


def _people_on(device):
    return [user.id for user in devices.users([device.id]).get(device.id, [])]
