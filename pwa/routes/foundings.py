"""ตั้งกองทุน: an administrator founds a fund in six short steps; what is typed is kept, and at the end it is all there or nothing."""

from flask import Blueprint, request, url_for

from pwa.access import current_account, requires
from pwa.domain import N_, NotFound
from pwa.domain.fund import founding, founding_steps, rule_drafts, ways
from pwa.domain.people import accounts, roles
from pwa.domain.places import addresses
from pwa.domain.register import numbers
from pwa.i18n import gettext as _
from pwa.keyless import needs_key
from pwa.web import done, now, render, today

bp = Blueprint("foundings", __name__, url_prefix="/funds/new")
FOUNDERS = roles.may("manage")
TITLES = {
    "basics": N_("The fund"),
    "places": N_("Where it is"),
    "counting": N_("Numbers and first day"),
    "regulation": N_("Regulation and ways to pay"),
    "officers": N_("Who works here"),
    "look": N_("Look it over"),
}
HOMES = {
    "municipality": N_("a municipality"),
    "subdistrict": N_("the whole subdistrict"),
    "group": N_("a group with a fund of its own"),
}
UNITS = {"day": N_("day"), "month": N_("month"), "year": N_("year")}
STARTS = {
    "application": N_("the day of the application"),
    "resolution": N_("the day of the committee's resolution"),
    "first_payment": N_("the day of the first payment"),
}
PLACE_KINDS = {"community": N_("communities"), "village": N_("villages")}
NETWORKS = ("network", "municipality", "zone")


@bp.get("")
@requires(*FOUNDERS)
@needs_key
def index():
    drafts = [(one, founding.typed(one)) for one in founding.of(current_account())]
    return render("foundings/index.html", ways=ways.known(), drafts=drafts)


@bp.post("")
@requires(*FOUNDERS)
def begin():
    draft = founding.begin(request.form.get("way", ""), by=current_account(), at=now())
    return done(url_for("foundings.step", founding_id=draft.id, step="basics"))


@bp.get("/<uuid:founding_id>/<string:step>")
@requires(*FOUNDERS)
@needs_key
def step(founding_id, step):
    draft = at_step(founding_id, step)
    if draft.fund_id:
        return render("foundings/founded.html", draft=draft, fund=draft.fund, employed=founding.employed(draft))
    return render("foundings/show.html", **seen(draft, step))


@bp.post("/<uuid:founding_id>/<string:step>")
@requires(*FOUNDERS)
def save(founding_id, step):
    """Keep what was typed, and go on when this step is whole; the last step founds the fund."""
    draft, me = at_step(founding_id, step), current_account()
    if step == "look":
        founding.found(draft, by=me, at=now(), on=today())
        return done(url_for("foundings.step", founding_id=draft.id, step=step))
    founding.save(draft, step, request.form, at=now())
    about = seen(draft, step)
    if about["wrong"] or "stay" in request.form:
        about["is_told"] = "stay" not in request.form
        return render("foundings/show.html", **about), 422 if about["is_told"] else 200
    after = founding.STEPS[founding.STEPS.index(step) + 1]
    return done(url_for("foundings.step", founding_id=draft.id, step=after))


def at_step(founding_id, step):
    if step not in founding.STEPS:
        raise NotFound
    return founding.find(founding_id, by=current_account())


def seen(draft, step):
    """What a step's page shows; what is wrong stands at its field once somebody tried to go on."""
    plan, typed = founding.plan(draft, by=current_account(), on=today()), founding.typed(draft)
    return dict(
        draft=draft,
        at_step=step,
        steps=[(name, _(title), bool(plan.wrong.get(name))) for name, title in TITLES.items()],
        typed=typed,
        plan=plan,
        wrong=plan.wrong.get(step, {}),
        **CHOICES.get(step, lambda plan, typed: {})(plan, typed),
    )


def of_places(plan, typed):
    mine = accounts.places(current_account())
    return dict(
        mine=[(unit.code, unit.name) for unit in mine if unit.kind in HOMES],
        networks=[(unit.code, unit.name) for unit in mine if unit.kind in NETWORKS],
        found=addresses.find(typed.get("q", "")),
        chosen=addresses.label(typed.get("subdistrict", "")),
        homes=worded(HOMES),
        place_kinds=worded(PLACE_KINDS),
    )


def of_counting(plan, typed):
    return dict(units=worded(UNITS), starts=worded(STARTS), samples=samples(plan))


def of_regulation(plan, typed):
    return dict(templates=rule_drafts.templates(), units=worded(UNITS), most=founding_steps.MOST_PLANS)


def of_officers(plan, typed):
    zones = [(n, zone.name) for n, zone in enumerate(plan.places["zones"]) if zone.name]
    return dict(zones=zones, offices=founding_steps.OFFICES, most=founding_steps.MOST_OFFICERS)


def of_look(plan, typed):
    return dict(
        lacking=founding_steps.lacking(plan.officers),
        ways=ways.known(),
        label=addresses.label(plan.places["subdistrict"]),
        homes=HOMES,
        starts=STARTS,
        units=UNITS,
        templates=dict(rule_drafts.templates()),
        samples=samples(plan),
        title=TITLES,
    )


def samples(plan):
    """The first two member numbers, where the pattern gives any."""
    if "number_pattern" in plan.wrong.get("counting", {}):
        return None
    code = plan.basics["code"]
    return numbers.sample(plan.counting["number_pattern"], fund=code, unit=code, on=today())


def worded(choices):
    return [(key, _(text)) for key, text in choices.items()]


CHOICES = {
    "places": of_places,
    "counting": of_counting,
    "regulation": of_regulation,
    "officers": of_officers,
    "look": of_look,
}
