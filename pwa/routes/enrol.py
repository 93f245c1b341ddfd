"""The public page that a QR code opens. The link's token lies behind the #: it never reaches a server by opening the page."""

from flask import Blueprint

from pwa.access import is_from_here, public
from pwa.domain.people import trials
from pwa.web import render

bp = Blueprint("enrol", __name__)


@bp.get("/enrol")
@public
def show():
    return render("enrol/show.html", is_open=is_from_here() and trials.may_begin())
