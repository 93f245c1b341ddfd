"""Who may be the same person, in the register or in another entry that waits: people who share a key, compared (duplicates)."""

from db import database, is_postgres
from db.models import Fact, Household, Likeness, Person, Unit
from pwa.domain.crypto import sealing
from pwa.domain.register import duplicates, meetings, tables
from pwa.domain.text import national_ids

COLUMNS = ("id", "household", "id_index", *tables.TRAITS, "old_last_names", "local_id", "house", "unit", "place")
CARD = "people.{}.id_number"


def person(one, local_id):
    """Somebody in an entry (submissions.Opened) as they are compared, with the keys to find who is like them."""
    subject, own = one.opening.subject, one.says.people[local_id]
    card = national_ids.clean(own.get("id_number") or "")
    lived = tables.compared(own) | {
        "id": tables.person_id(subject, local_id).hex,
        "id_index": sealing.blind_index(card) if card else "",
        "household": subject.hex,
        "house": one.says.values.get("house.number") or "",
        "place": one.opening.place,
        "entry": one.row.entry_id,
        "card": card,
    }
    return lived | {"keys": meetings.keys(lived)}


def alike(person, *pools):
    """Candidates out of pools ({key: people}), the likeliest first; not from another entry about the same house."""
    near = {}
    for pool in pools:
        for key in person["keys"]:
            for other in pool.get(key, ()):
                if "entry" not in other or other["household"] != person["household"]:
                    near[other["id"]] = other
    return duplicates.candidates(person, _with_cards(person, near.values())) if near else []


def waiting(people):
    """The pool of people in entries that wait."""
    pool = {}
    for one in people:
        for key in one["keys"]:
            pool.setdefault(key, []).append(one)
    return pool


def registered(keys):
    """The pool of people of the register who share one of these keys, fetched with one query."""
    pool, people = {}, {}
    for key, *row in _registered(keys) if keys else ():
        if row[0] not in people:
            other = people[row[0]] = dict(zip(COLUMNS, row, strict=True))
            other["old_last_names"] = [name for name in other["old_last_names"].split("\n") if name]
        pool.setdefault(key, []).append(people[row[0]])
    return pool


def _registered(keys):
    """(key, columns…) of people of the register who share a key; ids as 32 hex digits, however the database keeps them."""
    named = [Person.id, Person.household, Person.id_index, *(getattr(Person, trait) for trait in tables.TRAITS)]
    lived = [Person.old_last_names, Person.local_id, Household.number, Household.place, Unit.code]
    query = Person.select(Likeness.key, *named, *lived).join(Household).join(Unit).switch(Person)
    found = database.execute(query.join(Likeness).where(Likeness.key.in_(list(keys)), Person.gone != "mistake"))
    return found if not is_postgres() else ((key, who.hex, home.hex, *more) for key, who, home, *more in found)


def _with_cards(person, others):
    """The others; with their ID numbers opened where only these stand against a likeness, because one may be mistyped. Whoever
    is not likely even without the numbers is left out: nobody compares them twice."""
    if not person.get("card"):
        return others
    differ = [one for one in others if one["id_index"] not in ("", person["id_index"]) and "card" not in one]
    bare = [one | {"id_index": ""} for one in differ]
    enough = duplicates.ENOUGH - duplicates.FOR["id_near"][0]
    likely = {found.other["id"] for found in duplicates.candidates(person, bare, enough)}
    _open_cards([one for one in differ if one["id"] in likely])
    unlikely = {one["id"] for one in differ} - likely
    return [one for one in others if one["id"] not in unlikely]


def _open_cards(people):
    homes = {one["household"] for one in people}
    wanted = {(one["household"], CARD.format(one["local_id"])): one for one in people}
    rows = Fact.select().where(Fact.subject.in_(homes), Fact.path.in_({path for _, path in wanted})) if wanted else ()
    for row in rows:
        if one := wanted.get((row.subject.hex, row.path)):
            one["card"] = national_ids.clean(tables.unsealed(row))
