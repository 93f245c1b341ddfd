"""Everything that one person's page shows, gathered once: standing, household, own values and where each is from."""

from dataclasses import dataclass

from db.models import Household, Person
from pwa.domain import kinds
from pwa.domain.register import households, members, payloads, register

MACHINES_BUSINESS = ("blob", "photo", "present", "person")


@dataclass(frozen=True)
class Known:
    """A value at a path, with the three names behind it (households.Origin)."""

    path: str
    value: object
    source: households.Origin


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
    values = register.values(person.household_id, health=health)
    origins = households.origins({held.entry for held in values.values()})
    told = sorted((path for path in values if _is_told(path)), key=_place_in_form)
    known = [Known(path, values[path].value, origins[values[path].entry]) for path in told]
    return Rights(
        person=person,
        household=person.household,
        standings=members.standings(person, on=on),
        own=[one for one in known if payloads.person_of(one.path) == person.local_id],
        house=[one for one in known if one.path.startswith("house.")],
        others=_others(person),
    )


def _others(person):
    return list(
        Person.select()
        .where(Person.household == person.household_id, Person.id != person.id, Person.gone == "")
        .order_by(Person.sort_key)
    )


def _place_in_form(path):
    """A member reads own data in the order in which it was asked."""
    order = list(kinds.RECORD.labels)
    generic = kinds.generic(path)
    return order.index(generic) if generic in order else len(order)


def _is_told(path):
    """Names of files and ids are the machine's business; a member reads words."""
    return path.rsplit(".", 1)[-1] not in MACHINES_BUSINESS
