"""What the register's tables must hold for one household's record: the same rows for writing them and for proving them."""

import json
import uuid
from dataclasses import dataclass, field

from db.models import Fund, Unit
from pwa.domain.crypto import sealing
from pwa.domain.places import units
from pwa.domain.register import meetings, payloads, searches
from pwa.domain.text import dates, national_ids, thai
from pwa.domain.text.dates import BANGKOK

TRAITS = ("title", "first_name", "last_name", "nickname", "sex", "birth_date")
COLUMNS = (
    "title",
    "first_name",
    "last_name",
    "nickname",
    "birth_date",
    "sex",
    "relation",
    "gone",
    "id_kind",
    "other_fund",
)
KEYED = 2
"""The rule by which people's keys and what they are found by are made (meetings, thai); a new rule takes the next number."""
APPLIES = {"apply": ("new", "application"), "member": ("existing", "passbook")}


@dataclass
class Rows:
    household: dict
    people: dict = field(default_factory=dict)
    likenesses: set = field(default_factory=set)
    parts: dict = field(default_factory=dict)
    applications: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    health: dict = field(default_factory=dict)


class Lookups:
    """Units (ids and names) and funds by code, fetched once."""

    def __init__(self):
        known = list(Unit.select(Unit.code, Unit.id, Unit.name).tuples())
        self.units = {code: unit for code, unit, _ in known}
        self.names = {code: name for code, _, name in known}
        self.funds = {fund.code: fund for fund in Fund.select()}

    def fund(self, code, place):
        """The fund of that code; the only one above the place when none is named; otherwise None."""
        if code or place not in self.units:
            return self.funds.get(code)
        above = units.above(self.units[place])
        near = [fund for fund in self.funds.values() if fund.unit_id in above]
        return near[0] if len(near) == 1 else None


def person_id(household, local_id):
    """The register's id of a payload's person: derived, so that a rebuild gives the same one."""
    return uuid.uuid5(household, local_id)


def of(subject, record, lookups):
    """The rows that one record stands for; none when every entry of it was undone."""
    rows = Rows(_household(record, lookups) if record.applied else {})
    for local_id, own in payloads.by_person(record.plain()).items():
        person = person_id(subject, local_id)
        rows.people[person] = _person(local_id, own, record)
        lived = {
            "place": record.place,
            "house": _text(record.get("house.number")),
            "id_index": rows.people[person]["id_index"],
        }
        rows.parts[person] = name_parts(rows.people[person])
        rows.likenesses |= {(person, key) for key in meetings.keys(compared(own) | lived)}
        rows.applications |= _application(person, local_id, own, record, lookups)
    for path, value in record.values.items():
        (rows.health if payloads.is_health(path) else rows.facts)[path] = value
    return rows


def compared(own):
    """What of a person's own values is compared (duplicates): names, birth, sex. {path below the person: value} → dict."""
    return {trait: _text(own.get(trait)) for trait in TRAITS} | {"old_last_names": _texts(own.get("old_last_names"))}


def found_by(person):
    """The columns by which a person is found, from the names as they are written."""
    name = f"{person['first_name']} {person['last_name']}"
    keys = [thai.search_key(name), thai.search_key(person["nickname"])]
    return {"search": " ".join(key for key in keys if key), "sound": searches.sounds(person)}


def name_parts(person):
    """(spelling, sound) of a person's names, for whoever looks for one; none of somebody who was recorded by mistake."""
    return searches.parts(person) if person["gone"] != "mistake" else set()


def as_text(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def unsealed(row):
    """The value of a Fact or HealthFact row."""
    return json.loads(sealing.open_value(row.value, f"{row.subject}|{row.path}"))


def _household(record, lookups):
    number = _text(record.get("house.number"))
    described, lane = _text(record.get("house.description")), _text(record.get("house.lane"))
    return {
        "place": lookups.units[record.place],
        "version": record.version,
        "number": number,
        "description": described,
        "sort_key": thai.sort_key(number or described),
        "search": searches.house(number, described, lane),
        "keyed": KEYED,
        "outcome": _text(record.get("visit.outcome")),
        "visited_at": record.visited_at,
    }


def _person(local_id, own, record):
    name = f"{_text(own.get('first_name'))} {_text(own.get('last_name'))}"
    number = national_ids.clean(_text(own.get("id_number")))
    said = {column: _text(own.get(column)) for column in COLUMNS}
    return (
        said
        | found_by(said)
        | {
            "local_id": local_id,
            "old_last_names": "\n".join(_texts(own.get("old_last_names"))),
            "sort_key": thai.sort_key(name),
            "living_here": own.get("living_here") is not False,
            "id_index": sealing.blind_index(number) if number else "",
            "id_last4": number[-4:] if len(number) > 3 else "",
            "present": local_id in record.met,
            "named_at": record.named_at.get(local_id),
        }
    )


def _application(person, local_id, own, record, lookups):
    """Who applies, or says that they are a member, and is still there; where the fund is known. Nobody else becomes one."""
    if own.get("membership") not in APPLIES or own.get("gone"):
        return {}
    kind, section = APPLIES[own["membership"]]
    fund = lookups.fund(own.get(f"{section}.fund"), record.place)
    if fund is None:
        return {}
    entry = _latest(record, f"people.{local_id}.{section}.", f"people.{local_id}.membership")
    applied_on = dates.day(own.get("application.applied_on")) or record.received[entry].astimezone(BANGKOK).date()
    return {(person, fund.id, kind): {"applied_on": applied_on, "entry": entry}}


def _latest(record, prefix, path):
    order = list(record.received)
    entries = [held.entry for name, held in record.values.items() if name == path or name.startswith(prefix)]
    return max(entries, key=order.index)


def _text(value):
    return value if isinstance(value, str) else ""


def _texts(value):
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []
