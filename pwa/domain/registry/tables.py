"""What the register's tables must hold for one household's record: the same rows for writing them and for proving them."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone

from db.models import Fund, Unit
from pwa.domain import national_ids, thai
from pwa.domain.field import sealing
from pwa.domain.places import units
from pwa.domain.registry import payloads

BANGKOK = timezone(timedelta(hours=7))
COLUMNS = ("title", "first_name", "last_name", "nickname", "birth_date", "sex", "relation", "gone", "id_kind")
APPLIES = {"apply": ("new", "application"), "member": ("existing", "passbook")}


@dataclass
class Rows:
    household: dict
    people: dict = field(default_factory=dict)
    likenesses: set = field(default_factory=set)
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
        rows.likenesses |= {(person, key) for key in likenesses(subject, own)}
        rows.applications |= _application(person, local_id, own, record, lookups)
    for path, value in record.values.items():
        (rows.health if payloads.is_health(path) else rows.facts)[path] = value
    return rows


def likenesses(subject, own):
    """What two people must share before anybody compares them: {key}. `own` is {path below the person: value}."""
    calls = {thai.sound_key(_text(own.get(name))) for name in ("first_name", "nickname")}
    last, year = _text(own.get("last_name")), _text(own.get("birth_date"))[:4]
    pairs = {(call, other) for call in calls for other in (last, year, subject.hex)} | {(last, year)}
    number = national_ids.clean(_text(own.get("id_number")))
    numbers = {sealing.blind_index(number)} if number else set()
    return {f"{one}|{other}" for one, other in pairs if one and other} | numbers


def as_text(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def unsealed(row):
    """The value of a Fact or HealthFact row."""
    return json.loads(sealing.open_value(row.value, f"{row.subject}|{row.path}"))


def _household(record, lookups):
    number = _text(record.get("house.number"))
    return {
        "place": lookups.units[record.place],
        "version": record.version,
        "number": number,
        "description": _text(record.get("house.description")),
        "sort_key": thai.sort_key(number or _text(record.get("house.description"))),
        "outcome": _text(record.get("visit.outcome")),
        "visited_at": record.visited_at,
    }


def _person(local_id, own, record):
    name = f"{_text(own.get('first_name'))} {_text(own.get('last_name'))}"
    number = national_ids.clean(_text(own.get("id_number")))
    keys = [thai.search_key(name), thai.search_key(_text(own.get("nickname")))]
    return {column: _text(own.get(column)) for column in COLUMNS} | {
        "local_id": local_id,
        "search": " ".join(key for key in keys if key),
        "sort_key": thai.sort_key(name),
        "living_here": own.get("living_here") is not False,
        "id_index": sealing.blind_index(number) if number else "",
        "id_last4": number[-4:] if len(number) > 3 else "",
        "present": local_id in record.met,
        "named_at": record.named_at.get(local_id),
    }


def _application(person, local_id, own, record, lookups):
    """Who applies, or says that they are a member, and is still there; where the fund is known. Nobody else becomes one."""
    if own.get("membership") not in APPLIES or own.get("gone"):
        return {}
    kind, section = APPLIES[own["membership"]]
    fund = lookups.fund(own.get(f"{section}.fund"), record.place)
    if fund is None:
        return {}
    entry = _latest(record, f"people.{local_id}.{section}.", f"people.{local_id}.membership")
    applied_on = _date(own.get("application.applied_on")) or record.received[entry].astimezone(BANGKOK).date()
    return {(person, fund.id, kind): {"applied_on": applied_on, "entry": entry}}


def _latest(record, prefix, path):
    order = list(record.received)
    entries = [held.entry for name, held in record.values.items() if name == path or name.startswith(prefix)]
    return max(entries, key=order.index)


def _date(text):
    try:
        return date.fromisoformat(text or "")
    except (TypeError, ValueError):
        return None


def _text(value):
    return value if isinstance(value, str) else ""
