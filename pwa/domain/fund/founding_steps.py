"""What each of the six steps of founding a fund asks, and what is wrong with what was typed there. Plain functions over typed texts.

Every step reads {field: text} and returns what it understood; what it cannot take goes into `wrong` {field: Sentence}, so that a page
shows all of it at once and nothing that was typed is lost.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pwa.domain import N_, Refusal
from pwa.domain.fund import rule_drafts, typed_rules
from pwa.domain.fund.sentences import Sentence
from pwa.domain.people import roles
from pwa.domain.places import addresses
from pwa.domain.register import numbers
from pwa.domain.text import money
from pwa.domain.text.thai import clean, digits

CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}")
HOMES = ("municipality", "subdistrict", "group")
UNITS = ("day", "month", "year")
STARTS = ("application", "resolution", "first_payment")
PLACE_KINDS = ("community", "village")
LONGEST = 300
MOST_PLACES = 200
MOST_PLANS = 4
MOST_OFFICERS = 8
OFFICES = tuple(role for role, rights in roles.MAY.items() if rights and role not in roles.may("agree-above", "manage"))
"""Roles in a fund; who joins, oversees or looks after the server is not asked here."""
RANGE = re.compile(r"([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})")

Typed = Mapping[str, str]
Wrong = dict[str, Sentence]


class Zone(NamedTuple):
    """A zone and the places in it by name; `name` "" for places that hang right below the fund."""

    name: str
    places: list[str]


class Officer(NamedTuple):
    name: str
    role: str
    zone: int | None
    """Which zone of the list they work in; None for the whole fund."""


def basics(typed: Typed, wrong: Wrong) -> dict[str, str]:
    """The fund's code, name, slogan and how to reach it."""
    code = clean(typed.get("code", "")).upper()
    if not CODE.fullmatch(code) or code == "NEW":
        wrong["code"] = Sentence(
            N_("A code has capital Latin letters and digits, like F3, and begins with a letter."), {}
        )
    name = _text(typed, "name", wrong, asked=N_("Write the fund's name."))
    return {
        "code": code,
        "name": name,
        "slogan": _text(typed, "slogan", wrong),
        "contact": _text(typed, "contact", wrong),
    }


def places(typed: Typed, wrong: Wrong) -> dict[str, Any]:
    """The unit that the fund hangs on (one that is there already, or a new one in a subdistrict), and the places in its zones."""
    existing = typed.get("existing", "")
    subdistrict, home = typed.get("subdistrict", ""), typed.get("home", "")
    if not existing:
        if not addresses.label(subdistrict):
            wrong["subdistrict"] = Sentence(N_("Choose the subdistrict in which the fund is."))
        if home not in HOMES:
            wrong["home"] = Sentence(N_("Choose what the fund hangs on."))
        elif home != "subdistrict":
            _text(typed, "home_name", wrong, asked=N_("Write the name of the municipality or group."))
    words = clean(typed.get("zone", "")), clean(typed.get("place", ""))
    zones = listed(typed.get("zones", ""), *words)
    named = [one for zone in zones for one in zone.places]
    if not existing and not named:
        wrong["zones"] = Sentence(N_("Write the communities or villages, one zone a line."))
    if len(named) > MOST_PLACES or len(zones) > MOST_PLACES:
        wrong["zones"] = Sentence(N_("More than %(most)s places cannot be written at once."), {"most": MOST_PLACES})
    for one in [*named, *(zone.name for zone in zones)]:
        if len(one) > 120:
            wrong["zones"] = Sentence(N_("“%(name)s” is too long for a name."), {"name": one[:40]})
    if twice := _twice(named):
        wrong["zones"] = Sentence(N_("“%(name)s” stands here twice."), {"name": twice})
    return {
        "existing": existing,
        "subdistrict": subdistrict,
        "home": home,
        "home_name": clean(typed.get("home_name", "")),
        "network": typed.get("network", ""),
        "place_kind": typed["place_kind"] if typed.get("place_kind") in PLACE_KINDS else PLACE_KINDS[0],
        "zones": zones,
    }


def listed(text: str, zone_word: str, place_word: str) -> list[Zone]:
    """Zones as people list them, one a line: "โซน 1: ริมคลอง, วัดใหม่", "2: 4-6" (places 4, 5 and 6); without a colon the places
    hang right below the fund. A bare number takes the fund's own word for it.
    """
    zones = []
    for line in text.splitlines():
        before, colon, after = clean(line).partition(":")
        name = _worded(before.strip(), zone_word) if colon else ""
        found = [one.strip() for one in re.split(r"[,،;]", after if colon else before) if one.strip()]
        spread = [_worded(part, place_word) for one in found for part in _spread(one)]
        if name or spread:
            zones.append(Zone(name, spread))
    return zones


def _spread(text: str) -> list[str]:
    """ "4-6" → ["4", "5", "6"]; anything else, and what counts backwards, as it stands."""
    told = RANGE.fullmatch(digits(text))
    first, last = (int(told[1]), int(told[2])) if told else (1, 0)
    return [str(n) for n in range(first, last + 1)] or [text]


def _worded(name: str, word: str) -> str:
    number = digits(name)
    return f"{word} {int(number)}" if word and number.isascii() and number.isdigit() else name


def counting(typed: Typed, code: str, on: date, wrong: Wrong) -> dict[str, Any]:
    """Members' numbers, the day on which the fund begins to use the app (cut-over), and from when rights count."""
    pattern = clean(typed.get("number_pattern", ""))
    try:
        numbers.sample(pattern, fund=code, unit=code, on=on)
    except Refusal as no:
        wrong["number_pattern"] = Sentence(no.message, no.values)
    _, no_day = typed_rules.day_of(typed.get("cut_over_on", ""))
    if no_day:
        wrong["cut_over_on"] = no_day
    waiting = digits(clean(typed.get("waiting_n", "")))
    if not (waiting.isascii() and waiting.isdigit() and len(waiting) < 5):
        wrong["waiting_n"] = Sentence(typed_rules.NO_NUMBER)
    unit, starts = typed.get("waiting_unit", ""), typed.get("tenure_starts_on", "")
    if unit not in UNITS:
        wrong["waiting_unit"] = Sentence(N_("Choose a unit."))
    if starts not in STARTS:
        wrong["tenure_starts_on"] = Sentence(N_("Choose from which day membership counts."))
    return {
        "number_pattern": pattern,
        "cut_over_on": clean(typed.get("cut_over_on", "")),
        "waiting_n": int(waiting) if "waiting_n" not in wrong else 0,
        "waiting_unit": unit,
        "tenure_starts_on": starts,
    }


def regulation(typed: Typed, wrong: Wrong) -> dict[str, Any]:
    """The template that the first draft begins from, and how members pay."""
    template = typed.get("template", "")
    if template not in dict(rule_drafts.templates()):
        wrong["template"] = Sentence(rule_drafts.NO_TEMPLATE)
    plans = []
    for n in range(MOST_PLANS):
        name, amount, unit = (clean(typed.get(f"plan.{n}.{key}", "")) for key in ("name", "amount", "unit"))
        if not name and not amount:
            continue
        if not name or len(name) > LONGEST:
            wrong[f"plan.{n}.name"] = Sentence(N_("Write what this way to pay is called."))
        reading = money.read(amount)
        if reading.problem:
            wrong[f"plan.{n}.amount"] = Sentence(money.SENTENCES[reading.problem])
        if unit not in UNITS:
            wrong[f"plan.{n}.unit"] = Sentence(N_("Choose a unit."))
        plans.append(
            {"code": f"plan-{n + 1}", "name": name, "amount_satang": reading.satang or 0, "n": 1, "unit": unit}
        )
    if not plans:
        wrong["plan.0.name"] = Sentence(N_("Write at least one way to pay."))
    return {"template": template, "plans": plans}


def officers(typed: Typed, zones: list[Zone], wrong: Wrong) -> list[Officer]:
    """Who works for the fund from the first day; a row without a name is nobody."""
    found = []
    for n in range(MOST_OFFICERS):
        name, role, where = (clean(typed.get(f"officer.{n}.{key}", "")) for key in ("name", "role", "zone"))
        if not name:
            continue
        if len(name) > 120:
            wrong[f"officer.{n}.name"] = Sentence(N_("This is too long. Shorten it."))
        if role not in OFFICES:
            wrong[f"officer.{n}.role"] = Sentence(N_("Choose a role."))
        zone = int(where) if where.isascii() and where.isdigit() and len(where) < 4 else None
        is_there = zone is None or (zone < len(zones) and zones[zone].name)
        if not is_there:
            wrong[f"officer.{n}.zone"] = Sentence(N_("This zone is not in the list any more."))
        found.append(Officer(name, role, zone))
    if not found:
        wrong["officer.0.name"] = Sentence(N_("Write at least one person who works for the fund."))
    return found


def lacking(found: list[Officer]) -> list[str]:
    """What the fund cannot do yet with these people: sentences, none of which keeps it from being founded."""
    held = [one.role for one in found]
    told = {
        N_("There is no treasurer yet: nobody takes cash into the books."): "treasurer" not in held,
        N_("Fewer than two of the committee: no benefit can be granted."): held.count("committee") < 2,
        N_("There is no registrar yet: nobody joins."): "registrar" not in held,
        N_("There is no auditor yet: what was booked wrongly cannot be undone."): "auditor" not in held,
    }
    return [sentence for sentence, lacks in told.items() if lacks]


def _text(typed: Typed, field: str, wrong: Wrong, asked: str = "") -> str:
    text = clean(typed.get(field, ""))
    if asked and not text:
        wrong[field] = Sentence(asked)
    elif len(text) > LONGEST:
        wrong[field] = Sentence(N_("This is too long. Shorten it."))
    return text


def _twice(names: list[str]) -> str:
    return next((one for n, one in enumerate(names) if one in names[:n]), "")
