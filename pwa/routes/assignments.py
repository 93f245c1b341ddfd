"""Which volunteer looks after which communities for some days, given and ended by their leader, who sees every kit brought for it."""

from datetime import date, timedelta

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain import Refusal
from pwa.domain.fieldwork import assignments
from pwa.domain.people import passkeys
from pwa.domain.places import units
from pwa.domain.text.dates import SENTENCES, from_buddhist
from pwa.keyless import without_key
from pwa.web import done, now, render, today

bp = Blueprint("assignments", __name__, url_prefix="/assignments")
USUAL = timedelta(days=6)


@bp.get("")
@requires(*assignments.GIVERS)
def index():
    living, past = assignments.listed(seen_by=current_account(), on=today())
    return render("assignments/index.html", living=living, past=past, today=today())


@bp.get("/new")
@requires(*assignments.GIVERS)
def new():
    places = units.communities(current_account(), *assignments.GIVERS)
    return render(
        "assignments/new.html",
        volunteers=[(str(account.id), account.name) for account in assignments.takers(current_account())],
        places=[(unit.code, unit.name) for unit in places],
        today=today(),
        last=today() + USUAL,
    )


@bp.post("")
@requires(*assignments.GIVERS)
@without_key
def give():
    form, me = request.form, current_account()
    assignment = assignments.give(
        assignments.taker(form.get("account", ""), by=me),
        [units.get(code) for code in form.getlist("place")],
        starts_on=day("starts_on"),
        ends_on=day("ends_on"),
        note=form.get("note", ""),
        by=me,
        at=now(),
        on=today(),
    )
    return done(url_for("assignments.show", assignment_id=assignment.id))


@bp.get("/<uuid:assignment_id>")
@requires(*assignments.GIVERS)
def show(assignment_id):
    assignment = assignments.get(assignment_id, seen_by=current_account())
    downloads = assignments.downloads(assignment)
    return render(
        "assignments/show.html",
        assignment=assignment,
        downloads=downloads,
        ended=assignments.ended(assignment),
        today=today(),
        names=passkeys.names({one.device for one in downloads} - {None}),
        label=passkeys.label,
    )


@bp.post("/<uuid:assignment_id>/end")
@requires(*assignments.GIVERS)
@without_key
def end(assignment_id):
    assignment = assignments.get(assignment_id, seen_by=current_account())
    reason = request.form.get("reason", "")
    assignments.end(assignment, by=current_account(), at=now(), on=today(), reason=reason)
    return done(url_for("assignments.show", assignment_id=assignment_id))


def day(name):
    """A day from its three fields, in Buddhist years; None when nothing was entered."""
    parts = [request.form.get(f"{name}:{part}", "") for part in ("day", "month", "year")]
    if not any(parts):
        return None
    reading = from_buddhist(*parts, today=today(), may_be_ahead=True)
    if not reading.iso or len(reading.iso) < 10:
        raise Refusal(reading.message or SENTENCES["unreadable"], field=name, **reading.values)
    return date.fromisoformat(reading.iso)
