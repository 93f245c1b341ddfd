"""Thai or English, remembered by the browser."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, request

from pwa.access import public, safe_next
from pwa.i18n import COOKIE, LANGUAGES
from pwa.keyless import without_key
from pwa.web import done

bp = Blueprint("language", __name__)
A_YEAR = 365 * 24 * 3600


@bp.post("/language")
@public
@without_key
def choose():
    response = current_app.make_response(done(back()))
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        secure = current_app.config["OMBUN"].is_https
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=secure)
    return response


def back():
    """The page that the reader came from, without its host."""
    try:
        came_from = urlsplit(request.referrer or "/")
    except ValueError:
        return "/"
    return safe_next(came_from.path + (f"?{came_from.query}" if came_from.query else ""))
