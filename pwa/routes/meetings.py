"""The meeting: sittings of a committee and what waits; one sitting with who is there, its money, and many claims typed or confirmed at once."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, current_device, requires
from pwa.domain.fund import appeals, batches, cash, differences
from pwa.domain.people import roles
from pwa.domain.review import admissions, agenda_items, agendas, attendance, meeting_money, sittings
from pwa.keyless import without_key
from pwa.routes.batches import named
from pwa.routes.claims import sitting
from pwa.web import done, now, render, today

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
TYPISTS = sittings.TYPISTS


@bp.get("")
@requires(*TYPISTS)
def index():
    account = current_account()
    held = [(fund, sittings.of(fund), agendas.waits(fund)) for fund in agendas.funds(account)]
    guesses = {fund.id: sittings.following(found, on=today()) for fund, found, _ in held}
    return render("meetings/index.html", held=held, guesses=guesses, id_of=sittings.id_of, today=today())


@bp.post("/<string:fund_code>")
@requires(*TYPISTS)
@without_key
def begin(fund_code):
    fund = agendas.fund(fund_code, seen_by=current_account())
    made = sittings.begin(fund, by=current_account(), at=now(), **sitting())
    return done(url_for("meetings.show", sitting_id=sittings.id_of(made)))


@bp.get("/<uuid:sitting_id>")
@requires(*TYPISTS)
def show(sitting_id):
    one, account = sittings.get(sitting_id, seen_by=current_account()), current_account()
    items = agenda_items.of(one)
    about = dict(sitting=one, sitting_id=sitting_id, items=items, is_running=sittings.is_running(one))
    if request.htmx:
        return render("meetings/_live.html", "meetings/_live.html", shown=request.args.get("shown", ""), **about)
    agenda = agendas.of(one.fund, account, device=current_device(), resolution=one)
    money = meeting_money.of(one.fund, agenda.asked)
    others = dict(
        appeals=appeals.waiting(one.fund),
        differences=differences.open_ones(one.fund),
        applicants=admissions.count(one.fund),
    )
    people = dict(present=attendance.of(one), quorum=attendance.quorum(one), candidates=attendance.candidates(one.fund))
    return render(
        "meetings/show.html",
        whose=cash.name_of,
        lists=[(one, named(one, title)) for one, title in batches.titles(agenda.lists)],
        agenda=agenda,
        money=money,
        **others,
        **people,
        **about,
    )


@bp.post("/<uuid:sitting_id>/attendance")
@requires(*TYPISTS)
@without_key
def attend(sitting_id):
    one, form = sittings.get(sitting_id, seen_by=current_account()), request.form
    officers = {number: form.get(f"office:{number}", "") for number in form.getlist("present")}
    guests = {name: form.get(f"as:{name}", "") for name in form.getlist("guest")}
    if form.get("name") or form.get("office"):
        guests[form.get("name", "")] = form.get("office", "")
    attendance.record(one, officers, guests, by=current_account(), at=now())
    return done(url_for("meetings.show", sitting_id=sitting_id))


@bp.post("/<uuid:sitting_id>/resolutions")
@requires(*TYPISTS)
@without_key
def propose(sitting_id):
    one = sittings.get(sitting_id, seen_by=current_account())
    agendas.propose(one, request.form.getlist("claim"), by=current_account(), at=now())
    return done(url_for("meetings.show", sitting_id=sitting_id))


@bp.post("/<uuid:sitting_id>/confirmations")
@requires(*roles.may("agree-claims"))
@without_key
def confirm(sitting_id):
    one = sittings.get(sitting_id, seen_by=current_account())
    about = dict(by=current_account(), at=now(), device=current_device())
    agendas.confirm(one.fund, request.form.getlist("claim"), **about)
    return done(url_for("meetings.show", sitting_id=sitting_id))
