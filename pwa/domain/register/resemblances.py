"""Who may be the same person, in the register or in another entry that waits: people who share a key, compared (duplicates)."""

from db import is_postgres
from db.models import Fact, Household, Likeness, Person, Unit
from db.statements import Prepared
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
    return duplicates.candidates(person, near.values(), open_cards=_open_cards) if near else []


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
    for key, *row in _registered(keys):
        if row[0] not in people:
            other = people[row[0]] = dict(zip(COLUMNS, row, strict=True))
            other["old_last_names"] = [name for name in other["old_last_names"].split("\n") if name]
        pool.setdefault(key, []).append(people[row[0]])
    return pool


def _registered(keys):
    """(key, columns…) of people of the register who share a key; ids as 32 hex digits, however the database keeps them."""
    found = _sharing(list(keys))
    return found if not is_postgres() else [(key, who.hex, home.hex, *more) for key, who, home, *more in found]


def _with_key(keys):
    named = [Person.id, Person.household, Person.id_index, *(getattr(Person, trait) for trait in tables.TRAITS)]
    lived = [Person.old_last_names, Person.local_id, Household.number, Household.place, Unit.code]
    query = Person.select(Likeness.key, *named, *lived).join(Household).join(Unit).switch(Person)
    return query.join(Likeness).where(Likeness.key.in_(keys), Person.gone != "mistake")


_sharing = Prepared(_with_key)
_facts = Prepared(
    lambda homes, paths: (
        Fact.select(Fact.subject, Fact.path, Fact.value)
        .where(Fact.subject.in_(homes), Fact.path.in_(paths))
        .namedtuples()
    )
)


def _open_cards(people):
    """Put the ID numbers of these people of the register into them."""
    wanted = {(one["household"], CARD.format(one["local_id"])): one for one in people}
    homes, paths = {home for home, _ in wanted}, {path for _, path in wanted}
    for row in _facts.rows(list(homes), list(paths)):
        if one := wanted.get((row.subject.hex, row.path)):
            one["card"] = national_ids.clean(tables.unsealed(row))
