"""The front door: what Ombun is for a stranger, today's work for those who work here, and /me for those who are members only."""

from flask import Blueprint, abort, current_app, redirect, request

from pwa import menu
from pwa.access import current_account, my_roles, public
from pwa.domain.custody.judgement import FIELD_ROLES
from pwa.domain.operations import health
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.i18n import gettext as _
from pwa.i18n import role_name
from pwa.web import now, render

bp = Blueprint("home", __name__)
TOLD_OF_PROMISES = roles.may("keep-books", "sign-books", "manage")
"""Whose home says in words what the nightly check found (fund.md §10)."""


@bp.get("/")
@public
def index():
    account, shell = current_account(), "Ombun-Shell" in request.headers
    if account is None:
        return abort(401) if shell else render("home/public.html")
    if my_roles() <= {"member"} and not shell:
        return redirect("/me", 303)
    return render(
        "home/index.html",
        "home/_tasks.html",
        shell=shell,
        volunteers="volunteer" in my_roles(),
        records=bool(my_roles() & set(FIELD_ROLES)),
        place=place(account),
        tasks=None if shell else menu.waiting(account, my_roles(), at=now()),
        alarms=alarms() if "admin" in my_roles() and not shell else [],
        broken=health.broken_promises() if my_roles() & {*TOLD_OF_PROMISES} and not shell else None,
        links=menu.links(my_roles()),
    )


def alarms():
    return [
        health.ALARMS[name].words for name in health.alarms(at=now(), passphrase=current_app.config["OMBUN"].passphrase)
    ]


def place(account):
    """What the account is here for: role and unit, or the roles alone when there are several."""
    grants = [grant for grant in units.grants(account) if grant.role != "member"]
    if len(grants) == 1:
        return _("%(role)s · %(unit)s", role=role_name(grants[0].role), unit=grants[0].unit.name)
    return " · ".join(dict.fromkeys(role_name(grant.role) for grant in grants))
