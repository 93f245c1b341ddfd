"""Lists of what falls due by the calendar: who stands on one and why, who does not, the meeting's word on it, and its table of payments."""

import uuid
from datetime import date

from flask import Blueprint, request, url_for

from pwa import fund_words
from pwa.access import current_account, current_device, my_roles, requires
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import batches, due_people, due_periods
from pwa.domain.people import roles
from pwa.domain.register import members
from pwa.domain.review import agendas, batch_decisions, sittings
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.routes.admissions import answer
from pwa.web import done, now, render, today

bp = Blueprint("batches", __name__, url_prefix="/batches")
MAY = {
    "propose": roles.may("propose-claims"),
    "agree": roles.may("agree-claims"),
    "pay": roles.may("pay-claims"),
}


@bp.get("")
@requires(*batches.READERS)
def index():
    account = current_account()
    kinds = [
        (fund, benefit, [(first, due_periods.period_of(benefit, first)) for first in begun])
        for fund in (agendas.funds(account) if my_roles() & {*batches.WRITERS} else [])
        for benefit in batches.falling_due(fund, on=today())
        if (begun := batches.periods(fund, benefit, on=today()))
    ]
    return render(
        "batches/index.html",
        kinds=kinds,
        held=[(one, named(one, title)) for one, title in batches.titles(batches.of(account))],
    )


@bp.get("/new")
@requires(*batches.WRITERS)
def new():
    fund, benefit, first = asked(request.args)
    found = due_people.candidates(fund, benefit, first, on=today())
    seen = [one.person.id for one in found if one.person]
    members.view_all(seen, by=current_account(), at=now(), purpose="claim")
    listed = [one for one in found if one.is_on]
    left = {why: [one for one in found if one.why == why] for why in due_people.REASONS}
    about = dict(fund=fund, benefit=benefit, first=first, period=due_periods.period_of(benefit, first))
    about |= dict(mark=batches.mark(listed), left={why: ones for why, ones in left.items() if ones})
    about |= dict(reasons={why: _(words) for why, words in due_people.REASONS.items()}, batch_id=uuid.uuid4())
    return render("batches/new.html", listed=listed, **about)


@bp.post("")
@requires(*batches.WRITERS)
@without_key
def begin():
    fund, benefit, first = asked(request.form)
    about = dict(seen=request.form.get("seen", ""), batch_id=id_of(request.form.get("batch_id", "")))
    made = batches.begin(fund, benefit, first, by=current_account(), at=now(), on=today(), **about)
    return done(url_for("batches.show", batch_id=made.id))


@bp.get("/<uuid:batch_id>")
@requires(*batches.READERS)
def show(batch_id):
    batch, account = batches.get(batch_id, seen_by=current_account()), current_account()
    lines = batches.lines(batch)
    shown, after = batches.page(lines, **page_asked())
    members.view_all([one.claim.person for one in shown], by=account, at=now(), purpose="claim")
    waits = batch_decisions.of(lines, account, device=current_device())
    held = [(sittings.id_of(one), one) for one in batch_decisions.running(batch)]
    marks = {"type": batch_decisions.mark(waits.to_type), "confirm": batch_decisions.mark(waits.to_confirm)}
    mine = my_roles()
    may = {word: bool(mine & {*some}) for word, some in MAY.items()}
    about = dict(lines=lines, shown=shown, after=after, waits=waits, held=held, marks=marks, may=may)
    return render("batches/show.html", **about, **of(batch))


@bp.post("/<uuid:batch_id>/resolution")
@requires(*batches.WRITERS)
@without_key
def propose(batch_id):
    batch = batches.get(batch_id, seen_by=current_account(), may=batches.WRITERS)
    try:
        sitting = sittings.get(id_of(request.form.get("sitting", "")), seen_by=current_account())
    except NotFound:
        raise Refusal(N_("Choose the sitting that resolved it."), field="sitting") from None
    seen = request.form.get("seen", "")
    batch_decisions.propose(batch, sitting, seen=seen, by=current_account(), at=now())
    return done(url_for("batches.show", batch_id=batch_id))


@bp.post("/<uuid:batch_id>/confirmation")
@requires(*roles.may("agree-claims"))
@without_key
def confirm(batch_id):
    batch = batches.get(batch_id, seen_by=current_account(), may=roles.may("agree-claims"))
    about = dict(seen=request.form.get("seen", ""), reason=request.form.get("reason", ""), device=current_device())
    batch_decisions.confirm(batch, agrees=answer(), by=current_account(), at=now(), **about)
    return done(url_for("batches.show", batch_id=batch_id))


@bp.post("/<uuid:batch_id>/claims/<uuid:claim_id>/omission")
@requires(*batches.WRITERS)
@without_key
def leave_out(batch_id, claim_id):
    batch = batches.get(batch_id, seen_by=current_account(), may=batches.WRITERS)
    batches.leave_out(batch, claim_id, reason=request.form.get("reason", ""), by=current_account(), at=now())
    return done(url_for("batches.show", batch_id=batch_id))


def of(batch):
    """A list with its names."""
    benefit = batches.title_of(batch)
    period = due_periods.period_of(benefit, batch.first) if benefit else None
    return dict(batch=batch, benefit=benefit, period=period)


def page_asked():
    """Which page of a list, and whose name, the address asks for."""
    return {"after": request.args.get("after", ""), "words": request.args.get("q", "")}


def named(batch, benefit):
    """A list by the name of its benefit, where the regulation of its first day has it."""
    return fund_words.benefit_title(benefit) if benefit else batches.code_of(batch)


def asked(said):
    """(fund, benefit, first day) that a list is asked for."""
    fund = agendas.fund(said.get("fund", ""), seen_by=current_account())
    try:
        first = date.fromisoformat(said.get("first", ""))
    except ValueError:
        raise NotFound from None
    return fund, batches.benefit_of(fund, said.get("benefit", ""), first, on=today()), first


def id_of(said):
    try:
        return uuid.UUID(said)
    except ValueError:
        raise NotFound from None
