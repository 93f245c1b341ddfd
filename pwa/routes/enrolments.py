"""Giving somebody access on their own phone: a QR code and eight digits, shown once, by somebody who knows who it is for."""

from uuid import UUID

from flask import Blueprint, abort, current_app, jsonify, request, url_for

from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.people import accounts, enrolments, reissues, roles
from pwa.domain.people.candidates import CHECKS, candidate
from pwa.i18n import gettext as _
from pwa.keyless import needs_key
from pwa.web import done, now, render

bp = Blueprint("enrolments", __name__)
ISSUERS = roles.may("show-way-in")


@bp.get("/enrolments/new")
@requires(*ISSUERS)
@needs_key
def new():
    about = subject(request.args)
    again = about.account is not None and enrolments.needs_second(about.account)
    known = again and enrolments.had_access(about.account)
    return render("enrolments/new.html", subject=about, again=again, known=known, **choices())


@bp.post("/enrolments/new")
@requires(*ISSUERS)
def create():
    about, said = subject(request.form), said_by_issuer()
    if about.account and enrolments.needs_second(about.account):
        asked = reissues.ask(about.account, by=current_account(), at=now(), **said)
        return done(url_for("reissues.show", reissue_id=asked.id))
    if about.person and not about.account:
        issued = enrolments.issue_to_person(about.person.id, by=current_account(), at=now(), **said)
    else:
        issued = enrolments.issue(about.account, by=current_account(), at=now(), **said)
    address = enrolments.link(current_app.config["OMBUN"].origin, issued.token)
    return render(
        "enrolments/shown.html",
        "enrolments/_code.html",
        enrolment=issued.enrolment,
        digits=f"{issued.digits[:4]} {issued.digits[4:]}",
        qr=enrolments.qr(address),
        subject=about,
    )


@bp.get("/enrolments/<uuid:enrolment_id>")
@requires(*ISSUERS)
@needs_key
def show(enrolment_id):
    enrolment = enrolments.get(enrolment_id, seen_by=current_account())
    about = candidate(account=enrolment.account, by=current_account())
    use = enrolments.use_of(enrolment)
    return render(
        "enrolments/show.html",
        enrolment=enrolment,
        use=use,
        over=enrolment.expires_at <= now(),
        check=enrolments.check_words(enrolment),
        subject=about,
    )


@bp.post("/enrolments/<uuid:enrolment_id>/presence")
@requires(*ISSUERS)
def keep_open(enrolment_id):
    enrolment = enrolments.get(enrolment_id, seen_by=current_account())
    if enrolment.issued_by_id != current_account().id:
        raise NotFound
    verb = enrolments.close if request.form.get("open") == "no" else enrolments.keep_open
    verb(enrolment, at=now())
    return jsonify(used=enrolments.use_of(enrolment) is not None)


def subject(given):
    """The person or account that the address or form names, if it may be given access by who asks."""
    try:
        person, account = (UUID(given[name]) if given.get(name) else None for name in ("person", "account"))
    except ValueError:
        abort(404)
    return candidate(
        by=current_account(),
        person=accounts.person(person) if person else None,
        account=accounts.by_id(account) if account else None,
    )


def said_by_issuer():
    form = request.form
    return {
        "reason": form.get("reason", ""),
        "identity_check": form.get("identity_check", ""),
        "note": form.get("note", ""),
        "beside": form.get("beside") == "yes",
    }


def choices():
    return {
        "checks": [(key, _(text)) for key, text in CHECKS.items()],
        "reasons": [(text, _(text)) for text in enrolments.REASONS],
    }
