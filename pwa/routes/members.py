"""A member's page for those who look after them: the same rights, read with a reason that is kept; and on paper."""

from flask import Blueprint

from pwa.access import current_account, requires
from pwa.domain.registry import members, rights
from pwa.web import now, render, today

bp = Blueprint("members", __name__, url_prefix="/members")


@bp.get("/<uuid:person_id>")
@requires(*members.LOOKERS)
def show(person_id):
    person = members.get(person_id, seen_by=current_account())
    members.view(person, by=current_account(), at=now(), purpose="show")
    return render("members/show.html", rights=rights.of(person, on=today()), viewings=members.viewings(person))


@bp.get("/<uuid:person_id>/paper")
@requires("registrar", "zone_leader")
def paper(person_id):
    person = members.get(person_id, seen_by=current_account())
    members.view(person, by=current_account(), at=now(), purpose="print")
    return render("members/paper.html", rights=rights.of(person, on=today()), today=today())
