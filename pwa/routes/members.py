"""A member's page for those who look after them: the same rights, read with a reason that is kept; and on paper."""

from flask import Blueprint, current_app, request, url_for
from flask_babel import gettext

from pwa.access import current_account, requires
from pwa.domain.people import enrolments, roles
from pwa.domain.register import member_pages, members
from pwa.web import now, render, today

bp = Blueprint("members", __name__, url_prefix="/members")
PRINTERS = roles.may("print-member")


@bp.get("/<uuid:person_id>")
@requires(*members.LOOKERS)
def show(person_id):
    person = members.get(person_id, seen_by=current_account())
    members.view(person, by=current_account(), at=now(), purpose="show")
    return render("members/show.html", rights=member_pages.of(person, on=today()), viewings=members.viewings(person))


@bp.get("/<uuid:person_id>/paper")
@requires(*PRINTERS)
def paper(person_id):
    person = members.get(person_id, seen_by=current_account())
    return printed(person)


@bp.post("/<uuid:person_id>/paper")
@requires(*PRINTERS)
def paper_with_code(person_id):
    """The same page with a one-time code, for a member who will have a phone later: the token is shown here and nowhere else."""
    person = members.get(person_id, seen_by=current_account())
    said = dict(reason=gettext("On paper, for later"), identity_check=request.form.get("identity_check", ""))
    issued = enrolments.issue_to_person(
        person.id, by=current_account(), at=now(), note=request.form.get("note", ""), **said
    )
    address = enrolments.link(current_app.config["OMBUN"].origin, issued.token)
    return printed(person, qr=enrolments.qr(address), expires_at=issued.enrolment.expires_at)


def printed(person, **code):
    """On paper each member has a code that names them and nothing else: a volunteer's phone finds them by it, without a signal."""
    named = current_app.config["OMBUN"].origin + url_for("members.show", person_id=person.id)
    code["mark"] = enrolments.qr(named)
    members.view(person, by=current_account(), at=now(), purpose="print")
    checks = [(key, gettext(text)) for key, text in enrolments.CHECKS.items()]
    return render(
        "members/paper.html", rights=member_pages.of(person, on=today()), today=today(), checks=checks, **code
    )
