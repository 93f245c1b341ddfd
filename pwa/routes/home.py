"""The front door: what Ombun is for a stranger, today's work for those who work here, and /me for those who are members only."""

from flask import Blueprint, abort, current_app, redirect, request

from pwa import menu, report_sheets
from pwa.access import current_account, my_roles, public, requires
from pwa.domain.custody.judgement import FIELD_ROLES
from pwa.domain.fund import account_books, month_sheets, report_periods
from pwa.domain.operations import health
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.i18n import gettext as _
from pwa.i18n import role_name
from pwa.web import now, render, today

bp = Blueprint("home", __name__)
SIGNERS = roles.may("agree-reports")
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
        has_figures=bool(my_roles() & {*SIGNERS}) and not shell,
        links=menu.links(my_roles()),
    )


@bp.get("/figures")
@requires(*SIGNERS)
def figures():
    """The last month that ended, of each fund whose reports one agrees to; its money for who reads its books. Each figure opens its list."""
    period, books = report_periods.ended(today()), account_books.funds(current_account())
    told = [
        (fund.name, report_sheets.brief(fund, period, *month_sheets.brief(fund, period), has_money=fund in books))
        for fund in account_books.held_by(current_account(), SIGNERS)
    ]
    return render("home/_figures.html", told=told, month=period.first)


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
