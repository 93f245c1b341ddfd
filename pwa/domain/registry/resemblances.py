"""Who may be the same person, in the register or in another entry that waits: people who share a key, compared (duplicates)."""

from db import database, is_postgres
from db.models import Household, Likeness, Person
from pwa.domain import national_ids
from pwa.domain.field import sealing
from pwa.domain.registry import duplicates, tables

TRAITS = ("title", "first_name", "last_name", "nickname", "sex", "birth_date")
COLUMNS = ("id", "household", "id_index", *TRAITS, "number", "place")


def person(one, local_id):
    """Somebody in an entry (submissions.Opened) as they are compared, with the keys to find who is like them."""
    subject, own = one.opening.subject, one.says.people[local_id]
    card = national_ids.clean(own.get("id_number") or "")
    number = one.says.values.get("house.number") or ""
    return {trait: own.get(trait) or "" for trait in TRAITS} | {
        "id": tables.person_id(subject, local_id).hex,
        "id_index": sealing.blind_index(card) if card else "",
        "household": subject.hex,
        "number": number,
        "house": f"{subject.hex} {number}",
        "entry": one.row.entry_id,
        "keys": frozenset(tables.likenesses(subject, own)),
    }


def alike(person, *pools):
    """Candidates out of pools ({key: people}), the likeliest first; not from another entry about the same house."""
    near = {}
    for pool in pools:
        for key in person["keys"]:
            for other in pool.get(key, ()):
                if "entry" not in other or other["household"] != person["household"]:
                    near[other["id"]] = other
    return duplicates.candidates(person, near.values()) if near else []


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
        other = people.setdefault(row[0], dict(zip(COLUMNS, row, strict=True)))
        other["house"] = f"{other['household']} {other['number']}"
        pool.setdefault(key, []).append(other)
    return pool


def _registered(keys):
    """(key, columns…) of people of the register who share a key; ids as 32 hex digits, however the database keeps them."""
    named = [Person.id, Person.household, Person.id_index, *(getattr(Person, trait) for trait in TRAITS)]
    query = Person.select(Likeness.key, *named, Household.number, Household.place).join(Household).switch(Person)
    found = database.execute(query.join(Likeness).where(Likeness.key.in_(keys), Person.gone != "mistake"))
    return found if not is_postgres() else ((key, who.hex, home.hex, *more) for key, who, home, *more in found)
