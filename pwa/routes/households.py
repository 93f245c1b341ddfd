"""Households of the register, and the form that registers and revisits them. The form is a shell: the phone fills it."""

from flask import Blueprint, request

from pwa.access import current_account, requires
from pwa.domain import kinds
from pwa.domain.fund import rulings
from pwa.domain.places import funds
from pwa.domain.register import duplicates, households, members, revisits
from pwa.domain.text import thai
from pwa.form_pages import form_page, kept_page
from pwa.web import now, render, today

bp = Blueprint("households", __name__, url_prefix="/households")
NOTICE_VERSION = "1"


@bp.get("")
@requires(*households.ROLES)
def index():
    text = request.args.get("q", "")
    found = households.listed(seen_by=current_account(), text=text)
    count = households.count(seen_by=current_account())
    return render("households/index.html", "households/_list.html", households=found, count=count, text=text)


@bp.get("/new")
@requires()
def new():
    return kept_page("households/new.html", kinds.RECORD, words)


@bp.get("/<uuid:household_id>")
@requires(*households.ROLES)
def show(household_id):
    home = households.get(household_id, seen_by=current_account())
    members.view_house(household_id, by=current_account(), at=now(), purpose="household")
    waits = rulings.waits(today())
    standings = {person.id: members.standings(person, on=today(), waits=waits) for person in home.people}
    told = [path for path in kinds.RECORD.labels if path.startswith(("house.", "visit.")) and path in home.values]
    return render("households/show.html", home=home, household=home.household, standings=standings, told=told)


@bp.get("/<uuid:household_id>/visit")
@requires(*kinds.RECORD.recorders)
def visit(household_id):
    household = households.get(household_id, seen_by=current_account()).household
    members.view_house(household_id, by=current_account(), at=now(), purpose="form")
    record, version = revisits.record(household_id)
    about = {"revisit": household, "record": record, "version": version}
    return form_page("households/new.html", kinds.RECORD, place=household.place, **about, **words([household.place]))


def words(communities):
    """What this form says beyond what every form does."""
    return {
        "titles": [(title, title) for title in thai.TITLES],
        "funds": [(fund.code, fund.name) for fund in funds.serving(communities)],
        "reasons": duplicates.SENTENCES,
        "notice_version": NOTICE_VERSION,
    }
