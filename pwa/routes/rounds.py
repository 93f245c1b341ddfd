"""Today's round: an empty shell that the phone fills from its kit and its own entries, with or without a network."""

from flask import Blueprint

from pwa.access import requires
from pwa.web import render

bp = Blueprint("rounds", __name__, url_prefix="/round")


@bp.get("")
@requires()
def show():
    return render("rounds/show.html")
