"""Making a passkey with a link or eight digits, and saying that one is not mine."""

from flask import Blueprint, current_app, jsonify, request, url_for

from pwa.access import current_account, public, requires, safe_next, sign_in
from pwa.domain.people import ceremonies, enrolments, passkeys
from pwa.keyless import without_key
from pwa.web import done, now

bp = Blueprint("passkeys", __name__)


@bp.post("/passkeys/options")
@public
@without_key
def options():
    return jsonify(ceremonies.registration_options(open_enrolment(), origin=origin(), at=now()))


@bp.post("/passkeys")
@public
@without_key
def create():
    passkey = ceremonies.register(
        open_enrolment(),
        request.form.get("credential", ""),
        origin=origin(),
        address=request.remote_addr,
        at=now(),
        agent=request.user_agent.string,
    )
    return sign_in(passkey, safe_next(request.form.get("next")))


@bp.post("/passkeys/<int:passkey_id>/disowning")
@requires()
def disown(passkey_id):
    passkeys.disown(passkeys.get(passkey_id, account=current_account()), by=current_account(), at=now())
    return done(url_for("me.show"))


@bp.post("/passkeys/<int:passkey_id>/name")
@requires()
def rename(passkey_id):
    passkeys.rename(passkeys.get(passkey_id, account=current_account()), request.form.get("name", ""))
    return done(url_for("me.show", _anchor="phones"))


def open_enrolment():
    return enrolments.find(request.form.get("token", ""), address=request.remote_addr, at=now())


def origin():
    return current_app.config["OMBUN"].origin
