"""A phone asks for its number, and says which key it signs with (protocol, "The phone")."""

import uuid

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import TooManyRequests

from pwa.access import current_account, current_claims, public, set_device_cookie
from pwa.domain.crypto import signatures
from pwa.domain.custody import envelopes, rejudgement
from pwa.domain.people import devices, numbering
from pwa.keyless import without_key
from pwa.routes.sync import from_phone
from pwa.web import now

bp = Blueprint("numbers", __name__, url_prefix="/sync")


@bp.post("/device")
@public
@without_key
def register_device():
    """A new, empty or otherwise numbered outbox asks for a number of its own, and says which key it signs with."""
    shown, account, asked = current_claims(), current_account(), body_json()
    if shown is None and account is None:
        return jsonify(error="device"), 401
    said = {"public_key": asked.get("public_key"), "leaves": leaves_of(asked.get("leaves"))}
    try:
        device = numbering.renumber(shown, account=account, at=now(), agent=request.user_agent.string, **said)
    except numbering.TooMany as many:
        raise TooManyRequests(retry_after=many.seconds) from None
    except signatures.BadKey:
        return jsonify(error="key"), 400
    return set_device_cookie(jsonify(device=str(device.id), key=devices.claims(device.id).key or None), device.id)


@bp.put("/device/key")
@from_phone
@without_key
def put_key(device):
    asked = body_json()
    from_seq = asked.get("from_seq", 1)
    if type(from_seq) is not int or not 1 <= from_seq <= envelopes.LAST_SEAT:
        return jsonify(error="from_seq"), 400
    try:
        key, since = numbering.put_key(
            current_claims(), asked.get("public_key"), from_seq, account=current_account(), at=now()
        )
    except signatures.BadKey:
        return jsonify(error="key"), 400
    except numbering.OtherKey:
        return jsonify(error="key"), 409
    except PermissionError:
        return jsonify(error="session"), 401
    rejudgement.when_key_came(device, at=now())
    return jsonify(device=str(device), key=key, from_seq=since)


def body_json():
    """The JSON object that was sent; {} for none, which is what older versions of the app send."""
    asked = request.get_json(silent=True)
    return asked if isinstance(asked, dict) else {}


def leaves_of(said):
    """(device, seq) of "leaves", or None when it is not said or not well said."""
    if not isinstance(said, dict) or type(said.get("seq")) is not int or not 0 <= said["seq"] <= envelopes.LAST_SEAT:
        return None
    try:
        return uuid.UUID(said["device"]), said["seq"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
