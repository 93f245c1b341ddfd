"""What people and houses of the register are found by, made anew where an older rule made it: a few households at a time.

`ombun tend` does it after an update. Custody waits for no more than one small transaction, and until a household had its
turn it is only found less well.
"""

from db import database
from db.models import Fact, Household, Likeness, Person, Unit
from db.statements import Prepared, insert
from pwa.domain.register import bearers, meetings, searches, stirring, tables

AT_ONCE = 20
MADE = ("keyed", "search", "sound")

_found_by = Prepared(lambda search, sound, who: Person.update(search=search, sound=sound).where(Person.id == who))
_found_at = Prepared(lambda search, rule, home: Household.update(search=search, keyed=rule).where(Household.id == home))


def due():
    """Whether a household waits for it."""
    return Household.select().where(Household.keyed != tables.KEYED).exists()


def rekey(most=AT_ONCE):
    """Make so many households anew in a transaction of its own. → how many there were."""
    with database.atomic():
        homes = Household.select(Household, Unit).join(Unit).where(Household.keyed != tables.KEYED).limit(most)
        homes = {home.id: home for home in homes}
        if not homes:
            return 0
        people = list(Person.select().where(Person.household.in_(list(homes))))
        bearers.write({person.id: tables.name_parts(person.__data__) for person in people})
        keys = [
            {"household": person.household_id, "person": person.id, "key": key}
            for person in people
            for key in _made_anew(person, homes[person.household_id])
        ]
        stirring.stir(list(homes))
        Likeness.delete().where(Likeness.household.in_(list(homes))).execute()
        insert(Likeness, keys)
        stirring.stir(list(homes))
        lanes = _lanes(list(homes))
        for home in homes.values():
            text = searches.house(home.number, home.description, lanes.get(home.id, ""))
            _found_at.run(text, tables.KEYED, home.id)
    return len(homes)


def _made_anew(person, home):
    """The keys of a person, whose row is brought up to date."""
    said = person.__data__
    found_by = tables.found_by(said)
    if any(said[column] != text for column, text in found_by.items()):
        _found_by.run(found_by["search"], found_by["sound"], person.id)
    olds = person.old_last_names.split("\n") if person.old_last_names else []
    lived = {"place": home.place.code, "house": home.number, "old_last_names": olds}
    return meetings.keys({name: said[name] for name in (*tables.TRAITS, "id_index")} | lived)


def _lanes(homes):
    rows = Fact.select().where(Fact.subject.in_(homes), Fact.path == "house.lane")
    return {row.subject: tables.unsealed(row) for row in rows}
