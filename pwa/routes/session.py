"""Signing in with a passkey, and out again. No names are typed and no passwords exist."""

from flask import Blueprint, current_app, jsonify, request, url_for

from pwa.access import forget_phone, is_from_here, public, safe_next, sign_in, sign_out
from pwa.domain.people import ceremonies, trials
from pwa.keyless import without_key
from pwa.web import done, now, render

bp = Blueprint("session", __name__)


@bp.get("/sign-in")
@public
def new():
    is_kept = "Ombun-Language" in request.headers  # by a worker, perhaps for longer than the village is open
    is_open = not is_kept and is_from_here() and trials.may_begin()
    return render("session/new.html", next=safe_next(request.args.get("next")), is_open=is_open)


@bp.post("/session/options")
@public
@without_key
def options():
    return jsonify(ceremonies.authentication_options(origin=origin(), at=now()))


@bp.post("/session")
@public
@without_key
def create():
    passkey = ceremonies.verify(
        request.form.get("credential", ""), origin=origin(), address=request.remote_addr, at=now()
    )
    return sign_in(passkey, safe_next(request.form.get("next")))


@bp.post("/session/end")
@public
@without_key
def end():
    scripted = request.accept_mimetypes.best == "application/json"
    response = current_app.make_response(jsonify(ended=True) if scripted else done(url_for("session.new")))
    response = sign_out(response, only=request.form.get("account"))
    return forget_phone(response) if request.form.get("wiped") else response


def origin():
    return current_app.config["OMBUN"].origin
