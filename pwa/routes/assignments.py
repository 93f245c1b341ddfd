"""Which volunteer looks after which communities for some days, given and ended by their leader, who sees every kit brought for it."""

from datetime import timedelta

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import farewells
from pwa.domain.people import passkeys
from pwa.domain.places import funds, units
from pwa.keyless import without_key
from pwa.typed_days import typed_day
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
        funds=[(fund.code, fund.name) for fund in funds.serving(places)],
        today=today(),
        last=today() + USUAL,
        place=request.args.get("place", ""),
        aim=request.args.get("aim", ""),
    )


@bp.post("")
@requires(*assignments.GIVERS)
@without_key
def give():
    form, me = request.form, current_account()
    assignment = assignments.give(
        assignments.taker(form.get("account", ""), by=me),
        [units.get(code) for code in form.getlist("place")],
        starts_on=typed_day("starts_on", ahead=True),
        ends_on=typed_day("ends_on", ahead=True),
        note=form.get("note", ""),
        collects_for=_collected(form.getlist("collects_for")),
        aim=form.get("aim", ""),
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
        is_to_uncovered=assignments.is_to_uncovered(assignment),
        held=farewells.held([assignment.account_id]),
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
    farewells.ask([assignment.account_id], known=request.form.get(farewells.KNOWN) == "yes")
    assignments.end(assignment, by=current_account(), at=now(), on=today(), reason=reason)
    return done(url_for("assignments.show", assignment_id=assignment_id))


def _collected(codes):
    """The funds of these codes; one that is not theirs is refused by the assignment."""
    return [fund for fund in funds.by_name() if fund.code in codes]
