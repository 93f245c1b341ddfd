"""The public page that a QR code opens. The link's token lies behind the #: it never reaches a server by opening the page."""

from flask import Blueprint

from pwa.access import public
from pwa.web import render

bp = Blueprint("enrol", __name__)


@bp.get("/enrol")
@public
def show():
    return render("enrol/show.html")
