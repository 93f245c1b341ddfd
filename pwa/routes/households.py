"""Households of the register, and the form that registers and revisits them. The form is a shell: the phone fills it."""

import re

from flask import Blueprint, make_response, request
from markupsafe import Markup

from pwa.access import current_account, requires
from pwa.domain import dates, thai
from pwa.domain.field import forms, reach
from pwa.domain.places import funds, units
from pwa.domain.registry import duplicates, households, members, revisits
from pwa.i18n import MONTHS, language
from pwa.web import now, render, today

bp = Blueprint("households", __name__, url_prefix="/households")
RECORDERS = ("volunteer", "zone_leader", "registrar")
NOTICE_VERSION = "1"
BLOCKS = (
    "div|template|fieldset|section|details|summary|option|select|ul|li|dl|dt|dd|legend|label|input|textarea|p|h[23]"
)


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
    """The phone keeps this page: the header says which roles and places it was made for."""
    places = units.communities(current_account(), *RECORDERS)
    page = make_response(render("households/new.html", communities=places, funds=fund_choices(places), **words()))
    page.headers["Ombun-Reach"] = reach.mark(current_account())
    return page


@bp.get("/<uuid:household_id>")
@requires(*households.ROLES)
def show(household_id):
    home = households.get(household_id, seen_by=current_account())
    members.view_house(household_id, by=current_account(), at=now(), purpose="household")
    standings = {person.id: members.standings(person, on=today()) for person in home.people}
    told = [
        path
        for path in forms.labels(forms.newest("household"))
        if path.startswith(("house.", "visit.")) and path in home.values
    ]
    return render("households/show.html", home=home, household=home.household, standings=standings, told=told)


@bp.get("/<uuid:household_id>/visit")
@requires(*RECORDERS)
def visit(household_id):
    household = households.get(household_id, seen_by=current_account()).household
    members.view_house(household_id, by=current_account(), at=now(), purpose="form")
    record, version = revisits.record(household_id)
    choices = fund_choices([household.place])
    return render("households/new.html", revisit=household, record=record, version=version, funds=choices, **words())


def fund_choices(places):
    return [(fund.code, fund.name) for fund in funds.serving(places)]


def words():
    """What the form says beyond its own texts."""
    return {
        "newest_form": forms.newest("household"),
        "titles": [(title, title) for title in thai.TITLES],
        "sentences": {key: text for key, text in forms.SENTENCES.items() if key not in forms.FOR_MACHINES},
        "date_sentences": dates.SENTENCES,
        "later_year": dates.LATER,
        "reasons": duplicates.SENTENCES,
        "notice_version": NOTICE_VERSION,
    }


@bp.app_template_filter()
def flush_left(markup):
    """The same without indentation: of a long form it is a good part of what goes over the air and is read by a slow phone."""
    return Markup(re.sub(rf"\n\s*(?=</?(?:{BLOCKS})\b)", "", re.sub(r"\n\s+", "\n", markup)))


@bp.app_template_global()
def months():
    """The short names of the months, January first."""
    return MONTHS[language()]
