"""A new fund in six short steps: what is typed is kept as it was typed, and nothing is there before the administrator says so at the end.

Then units, fund, accounts with their roles and the first draft of the regulation are made in one transaction, or none of them.
"""

import json
import uuid
from typing import Any, NamedTuple

from db import database
from db.models import Fund, FundDraft, Unit
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import founding_steps, rule_drafts, typed_rules, ways
from pwa.domain.people import accounts
from pwa.domain.places import addresses, grants, units
from pwa.domain.text.thai import clean

STEPS = ("basics", "places", "counting", "regulation", "officers", "look")
WHY = N_("The fund is founded")
DONE = N_("This fund is founded already.")
FIELDS = {
    "basics": ("code", "name", "slogan", "contact"),
    "places": ("existing", "q", "subdistrict", "home", "home_name", "network", "zone", "place", "place_kind", "zones"),
    "counting": ("number_pattern", "cut_over_on", "tenure_starts_on", "waiting_n", "waiting_unit"),
    "regulation": ("template", *(f"plan.{n}.{key}" for n in range(4) for key in ("name", "amount", "unit"))),
    "officers": tuple(f"officer.{n}.{key}" for n in range(8) for key in ("name", "role", "zone")),
}
LARGEST = 40_000
"""Characters of a draft: two hundred names of places are a quarter of it."""
FIRST_OFFICES = ("treasurer", "committee", "committee", "registrar", "auditor", "zone_leader", "volunteer", "volunteer")


class Plan(NamedTuple):
    """What a draft would make, and {step: {field: Sentence}} of what is wrong with it."""

    basics: dict[str, str]
    places: dict[str, Any]
    counting: dict[str, Any]
    regulation: dict[str, Any]
    officers: list[founding_steps.Officer]
    wrong: dict[str, founding_steps.Wrong]


def begin(way, *, by, at):
    """A new draft, filled with what this way of working usually has."""
    told = ways.fields(way)
    if not told:
        raise Refusal(N_("Choose a way of working."), field="way")
    rows = {f"officer.{n}.role": role for n, role in enumerate(FIRST_OFFICES)}
    typed = json.dumps({**told, **rows, "code": _free_code()}, ensure_ascii=False)
    return FundDraft.create(id=uuid.uuid4(), account=by, typed=typed, at=at)


def of(account):
    """The account's drafts, the latest first."""
    return list(FundDraft.select().where(FundDraft.account == account).order_by(FundDraft.at.desc(), FundDraft.id))


def find(draft_id, *, by):
    """A draft of this account. Raises NotFound."""
    draft = FundDraft.get_or_none(FundDraft.id == draft_id, FundDraft.account == by)
    if draft is None:
        raise NotFound
    return draft


def typed(draft):
    """{field: text} as it was typed last."""
    return json.loads(draft.typed)


def save(draft, step, said, *, at):
    """Keep what a step's form says, as it stands there. Raises Refusal for a fund that is founded, and for more than anybody types."""
    if draft.fund_id:
        raise Refusal(DONE)
    told = typed(draft) | {name: said[name] for name in FIELDS[step] if name in said}
    text = json.dumps(told, ensure_ascii=False)
    if len(text) > LARGEST:
        raise Refusal(rule_drafts.LARGE)
    FundDraft.update(typed=text, at=at).where(FundDraft.id == draft.id, FundDraft.fund.is_null()).execute()
    draft.typed = text


def plan(draft, *, by, on):
    """The Plan of what was typed until now."""
    told, wrong = typed(draft), {step: {} for step in FIELDS}
    basics = founding_steps.basics(told, wrong["basics"])
    if Fund.select().where(Fund.code == basics["code"]).exists():
        wrong["basics"]["code"] = founding_steps.Sentence(N_("There is a fund with this code already."))
    places = founding_steps.places(told, wrong["places"])
    wrong["places"] |= _out_of_reach(places, by)
    counting = founding_steps.counting(told, basics["code"], on, wrong["counting"])
    regulation = founding_steps.regulation(told, wrong["regulation"])
    officers = founding_steps.officers(told, places["zones"], wrong["officers"])
    return Plan(basics, places, counting, regulation, officers, {step: some for step, some in wrong.items() if some})


def found(draft, *, by, at, on):
    """Make the fund of a draft. → Fund, the same one however often it is asked. Raises Refusal while something is wrong."""
    with database.atomic():
        draft = FundDraft.get_by_id(draft.id)
        if draft.fund_id:
            return draft.fund
        made = plan(draft, by=by, on=on)
        if made.wrong:
            raise Refusal(N_("Something is not whole yet. Look at the steps that are marked."))
        home = _home(made, by)
        fund = Fund.create(unit=home, **made.basics, **{k: v for k, v in made.counting.items() if k != "cut_over_on"})
        zones = _settle(made, home)
        _employ(made, home, zones, by=by, at=at)
        _draft_rules(made, fund, by=by, at=at)
        FundDraft.update(fund=fund, at=at).where(FundDraft.id == draft.id).execute()
    return fund


def employed(draft):
    """[RoleGrant] that were given with the founding, with account and unit, in the order in which they were written."""
    return grants.given_at_once(draft.account_id, at=draft.at, reason=WHY)


def _free_code():
    taken = {code for (code,) in Fund.select(Fund.code).tuples()}
    return next(f"F{n}" for n in range(1, len(taken) + 2) if f"F{n}" not in taken)


def _out_of_reach(places, by):
    """What the administrator may not touch: nobody founds a fund in places that somebody else looks after."""
    reach = {unit.code for unit in accounts.places(by)}
    if places["existing"]:
        far = (
            {}
            if places["existing"] in reach
            else {"existing": founding_steps.Sentence(N_("You do not look after this unit."))}
        )
        return far
    if places["network"]:
        far = places["network"] not in reach
        return {"network": founding_steps.Sentence(N_("You do not look after this unit."))} if far else {}
    above = {code for _, code, _ in addresses.lineage(places["subdistrict"])}
    if above and not above & reach:
        return {
            "subdistrict": founding_steps.Sentence(
                N_("You look after nothing above this subdistrict. Choose a network of yours, too.")
            )
        }
    return {}


def _home(made, by):
    """The unit on which the fund hangs."""
    places, code = made.places, made.basics["code"]
    if places["existing"]:
        return accounts.place(places["existing"], by=by)
    below = units.subdistrict(places["subdistrict"])
    network = Unit.get(Unit.code == places["network"]) if places["network"] else None
    if places["home"] == "subdistrict":
        if network and below.network_parent_id is None:
            Unit.update(network_parent=network).where(Unit.id == below.id).execute()
        return below
    named = dict(kind=places["home"], name=places["home_name"], admin_parent=below, network_parent=network)
    return _unit(f"{code}-U", **named)


def _settle(made, home):
    """{number of a zone in the list: its unit}; places hang on the home and, where there is one, on their zone."""
    code, zones, count = made.basics["code"], {}, 0
    for n, zone in enumerate(made.places["zones"]):
        if zone.name:
            zones[n] = _unit(
                f"{code}-Z{n + 1}", kind="zone", name=zone.name, admin_parent=home, network_parent=home.network_parent
            )
        for name in zone.places:
            count += 1
            about = dict(admin_parent=home, network_parent=zones.get(n))
            _unit(f"{code}-C{count:02d}", kind=made.places["place_kind"], name=name, **about)
    return zones


def _unit(code, **about):
    if Unit.select().where(Unit.code == code).exists():
        raise Refusal(
            N_("There is a unit with the code %(code)s already. Choose another code for the fund."), code=code
        )
    return Unit.create(code=code, **about)


def _employ(made, home, zones, *, by, at):
    """Accounts by name, each with the roles written for it; a name that stands there twice is one person with two roles."""
    known, count = {}, {}
    for one in made.officers:
        unit = zones.get(one.zone, home)
        count[one.role] = count.get(one.role, 0) + 1
        if one.name not in known:
            handle = f"{made.basics['code']}-{one.role.replace('_', '-')}-{count[one.role]}".lower()
            known[one.name] = accounts.add(handle, name=one.name, unit=home, at=at)
        accounts.grant(known[one.name], one.role, unit, by=by, at=at, reason=WHY)


def _draft_rules(made, fund, *, by, at):
    """The first draft of the regulation, with the fund's own name, ways to pay and first day."""
    draft = rule_drafts.begin(fund, made.regulation["template"], by=by, at=at)
    plans = typed_rules.typed({"settings": {"plans": made.regulation["plans"]}})["settings"]["plans"]
    changes = [
        (("name",), clean(fund.name)),
        (("cut_over_on",), made.counting["cut_over_on"]),
        (("settings", "plans"), plans),
    ]
    rule_drafts.save(draft, changes, seen=draft.save.n, by=by, at=at)
