"""A member's page for those who look after them: the same rights, read with a reason that is kept; and on paper."""

from flask import Blueprint, current_app, request, url_for

from pwa import files
from pwa.access import current_account, my_roles, requires
from pwa.domain import NotFound
from pwa.domain.fund import member_rights, payments, rulings
from pwa.domain.fund.sentences import Satang
from pwa.domain.people import enrolments, roles
from pwa.domain.register import member_pages, members
from pwa.i18n import gettext
from pwa.values import field_value
from pwa.web import now, render, today

bp = Blueprint("members", __name__, url_prefix="/members")
PRINTERS = roles.may("print-member")
COUNSELLORS = roles.may("see-rights")
GUIDES = roles.may("show-way-in")
NEIGHBOURS = roles.may("see-households")
OF_MONEY = roles.may("check-money", "check-voids", "read-books")


@bp.get("/<uuid:person_id>")
@requires(*members.LOOKERS)
def show(person_id):
    person = members.get(person_id, seen_by=current_account())
    members.view(person, by=current_account(), at=now(), purpose="show")
    rights = member_pages.of(person, on=today(), waits=rulings.waits(today()))
    most, held = payments.shown(request.args), payments.held(person, on=today()) if my_roles() & {*OF_MONEY} else []
    passbook = payments.of(person, held, on=today(), most=most) if my_roles() & {*OF_MONEY} else []
    about = dict(viewings=members.viewings(person), counsellors=COUNSELLORS, passbook=passbook)
    about |= {"person": person, "files_at": "members.passbook"}
    about |= {"sees_house": bool(my_roles() & {*NEIGHBOURS}), "issuers": GUIDES}
    return render("members/show.html", rights=rights, **about)


@bp.get("/<uuid:person_id>/passbook")
@requires(*OF_MONEY)
def passbook(person_id):
    """A member's passbook page of one fund, on paper or as a file."""
    person, asked = members.get(person_id, seen_by=current_account()), request.args.get("file")
    pages = payments.of(person, payments.held(person, on=today()), on=today())
    page = next((one for one in pages if one.fund.code == request.args.get("fund")), None)
    if page is None:
        raise NotFound
    members.view(person, by=current_account(), at=now(), purpose="print")
    if asked in files.KINDS:
        return files.of(passbook_of(page), asked)
    return render("members/passbook_paper.html", person=person, passbook=[page], on=today())


def passbook_of(page):
    """The page as a table for a file; its name does not say whose it is."""
    headings = [gettext("Day"), gettext("Receipt"), gettext("Which money"), gettext("Amount (baht)")]
    headings += [gettext("Covers from"), gettext("Covers through"), gettext("Status")]
    rows = [
        [
            receipt.paid_on,
            f"{receipt.book}/{receipt.no}",
            field_value(line.kind, "lines.*.kind", "contribution"),
            Satang(line.amount_satang),
            line.covers_from,
            line.covers_to,
            gettext(payments.STATES[state]),
        ]
        for receipt, line, state in page.lines
    ]
    return files.Table(f"ombun-passbook-{page.fund.code}-{today()}", page.fund.name, headings, rows)


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
    """On paper each member has a code that opens their rights and says no more than who it is: a volunteer's phone finds them by it,
    without a signal."""
    named = current_app.config["OMBUN"].origin + url_for("rights.of_member", person_id=person.id)
    code["mark"] = enrolments.qr(named)
    members.view(person, by=current_account(), at=now(), purpose="print")
    checks = [(key, gettext(text)) for key, text in enrolments.CHECKS.items()]
    code["funds"] = member_rights.of(person, on=today())
    return render(
        "members/paper.html",
        rights=member_pages.of(person, on=today(), waits=rulings.waits(today())),
        today=today(),
        checks=checks,
        **code,
    )
