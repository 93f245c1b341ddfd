"""Roles that wait for their beginning: all officers of the unit see them; a second one agrees, any of them stops them."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.people import role_starts
from pwa.web import done, now, render

bp = Blueprint("role_starts", __name__, url_prefix="/role-starts")


@bp.get("")
@requires()
def index():
    return render("role_starts/index.html", waiting=told(role_starts.waiting(current_account())))


@bp.get("/<int:grant_id>")
@requires()
def show(grant_id):
    grant = role_starts.get(grant_id, seen_by=current_account())
    is_mine = grant.account == current_account()
    may_agree = role_starts.may_agree(grant, current_account(), at=now())
    due = role_starts.due_at(grant)
    return render("role_starts/show.html", grant=grant, due=due, is_mine=is_mine, may_agree=may_agree)


@bp.post("/<int:grant_id>/agreement")
@requires()
def agree(grant_id):
    role_starts.agree(grant_id, by=current_account(), at=now())
    return done(url_for("role_starts.index"))


@bp.post("/<int:grant_id>/refusal")
@requires()
def refuse(grant_id):
    role_starts.refuse(grant_id, by=current_account(), at=now(), reason=request.form.get("reason", ""))
    return done(url_for("role_starts.index"))


def told(waiting):
    """[(grant, when it begins by itself, whether this officer may agree)]."""
    me, at = current_account(), now()
    return [(grant, role_starts.due_at(grant), role_starts.may_agree(grant, me, at=at)) for grant in waiting]
