"""What this phone holds: saved, sent, returned, set aside. The pages are empty shells; the phone fills them in by itself."""

from flask import Blueprint

from pwa.access import public
from pwa.domain.desk import reasons
from pwa.web import render

bp = Blueprint("phone", __name__)


@bp.get("/phone")
@public
def show():
    return render("phone/show.html", told=reasons.TOLD)


@bp.get("/saved")
@public
def saved():
    return render("phone/saved.html", told=reasons.TOLD)
