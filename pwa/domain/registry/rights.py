"""Everything that one person's page shows, gathered once: standing, household, own values with their sources."""

from dataclasses import dataclass

from db.models import Household, Person
from pwa.domain.registry import members, payloads, provenance


@dataclass(frozen=True)
class Rights:
    """`own` are the person's values, `house` those of the house; `others` the rest of the household by name."""

    person: Person
    household: Household
    standings: list
    own: list
    house: list
    others: list


def of(person, *, on, health=False):
    """The page's content for a person of the register; own health values only when asked for (the member's own eyes)."""
    known = provenance.of(person.household_id, health=health)
    mine = f"people.{person.local_id}."
    return Rights(
        person=person,
        household=person.household,
        standings=members.standings(person, on=on),
        own=[one for one in known if one.path.startswith(mine) and _is_told(one.path)],
        house=[one for one in known if one.path.startswith("house.")],
        others=_others(person),
    )


def _others(person):
    return list(
        Person.select()
        .where(Person.household == person.household_id, Person.id != person.id, Person.gone == "")
        .order_by(Person.sort_key)
    )


def _is_told(path):
    """Blobs and ids are the machine's business; a member reads words."""
    return payloads.generic(path).rsplit(".", 1)[-1] not in ("blob", "photo", "present")
