"""Accesses that somebody else opened: a second officer asks each owner whether it is theirs, and says what they answered."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.people import accesses, second_officers
from pwa.i18n import gettext as _
from pwa.web import done, now, render

bp = Blueprint("accesses", __name__, url_prefix="/accesses")


@bp.get("")
@requires(*second_officers.OFFICERS)
def index():
    after = request.args.get("after", type=int)
    waiting, later = accesses.waiting(current_account(), after=after)
    return render("accesses/index.html", waiting=waiting, after=after, later=later)


@bp.get("/<int:passkey_id>")
@requires(*second_officers.OFFICERS)
def show(passkey_id):
    access = accesses.get(passkey_id, seen_by=current_account())
    asked = [(key, _(text)) for key, text in accesses.ASKED.items()]
    return render("accesses/show.html", access=access, asked=asked)


@bp.post("/<int:passkey_id>/confirmation")
@requires(*second_officers.OFFICERS)
def confirm(passkey_id):
    accesses.confirm(passkey_id, by=current_account(), at=now(), how=request.form.get("how", ""))
    return done(url_for("accesses.index"))


@bp.post("/<int:passkey_id>/refusal")
@requires(*second_officers.OFFICERS)
def deny(passkey_id):
    accesses.deny(passkey_id, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("accesses.index"))
