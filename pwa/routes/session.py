"""Signing in with a passkey, and out again. No names are typed and no passwords exist."""

from flask import Blueprint, current_app, jsonify, request, url_for

from pwa.access import (
    clear_device_cookie,
    clear_session_cookie,
    current_account,
    current_session,
    public,
    safe_next,
    sign_in,
)
from pwa.domain.people import ceremonies, sessions
from pwa.web import done, now, render

bp = Blueprint("session", __name__)


@bp.get("/sign-in")
@public
def new():
    return render("session/new.html", next=safe_next(request.args.get("next")))


@bp.post("/session/options")
@public
def options():
    return jsonify(ceremonies.authentication_options(origin=origin(), at=now()))


@bp.post("/session")
@public
def create():
    passkey = ceremonies.verify(
        request.form.get("credential", ""), origin=origin(), address=request.remote_addr, at=now()
    )
    return sign_in(passkey, safe_next(request.form.get("next")))


@bp.post("/session/end")
@public
def end():
    if current_session():
        sessions.end(current_session(), by=current_account(), at=now())
    response = clear_session_cookie(current_app.make_response(done(url_for("session.new"))))
    return clear_device_cookie(response) if request.form.get("wiped") else response


def origin():
    return current_app.config["OMBUN"].origin
