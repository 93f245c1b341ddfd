"""The payee's word at the door: a shell that the phone fills with the payments it knows of, where somebody signs that the money came."""

from flask import Blueprint, jsonify

from pwa.access import current_account, my_roles, requires
from pwa.domain.custody import collectors
from pwa.domain.fieldwork import kit_payouts
from pwa.web import render

bp = Blueprint("payouts", __name__, url_prefix="/payouts")


@bp.get("/new")
@requires()
def new():
    return render("payouts/new.html", asks=bool(my_roles() & {*collectors.OFFICERS}))


@bp.get("/new/told")
@requires()
def told():
    """Payments that nobody signed for, for who holds an office and no kit that tells of them; nothing for anybody else."""
    is_officer = bool(my_roles() & {*collectors.OFFICERS})
    return jsonify(payments=kit_payouts.near(current_account()) if is_officer else [])
