"""Everything that one person's page shows, gathered once: standing, household, own values and where each is from."""

from dataclasses import dataclass

from db.models import Household, Person
from pwa.domain import N_, kinds
from pwa.domain.register import households, members, payloads, register

MACHINES_BUSINESS = ("blob", "photo", "present", "person")

GROUPS = {
    "person": N_("Name, birth and ID card"),
    "house": N_("House and address"),
    "fund": N_("Membership of the fund"),
    "beneficiaries": N_("Beneficiaries"),
    "health": N_("Health and consent"),
    "help": N_("State benefits and groups"),
}
"""What a member's data is told in, each folded until it is asked for."""
_PARTS = {
    "house": "house",
    "registered_address": "house",
    "membership": "fund",
    "application": "fund",
    "passbook": "fund",
    "application.beneficiaries": "beneficiaries",
    "consent": "health",
    "health": "health",
    "benefits": "help",
    "groups": "help",
}


@dataclass(frozen=True)
class Known:
    """A value at a path, with the three names behind it (households.Origin)."""

    path: str
    value: object
    source: households.Origin


@dataclass(frozen=True)
class Group:
    """Values that belong together: `title` is a msgid, `checked_at` when the latest of them was checked."""

    name: str
    title: str
    values: list

    @property
    def checked_at(self):
        return max(one.source.checked_at for one in self.values)


@dataclass(frozen=True)
class Rights:
    """`own` are the person's values, `house` those of the house; `others` the rest of the household by name."""

    person: Person
    household: Household
    standings: list
    own: list
    house: list
    others: list

    @property
    def groups(self):
        """[Group] of own values and the house's, in the order of GROUPS; none is empty."""
        found = {name: [] for name in GROUPS}
        for one in self.own + self.house:
            found[group_of(one.path)].append(one)
        return [Group(name, GROUPS[name], values) for name, values in found.items() if values]


def of(person, *, on, health=False, waits=members.written_down):
    """The page's content for a person of the register; own health values only when asked for (the member's own eyes).

    `waits` tells how long a fund lets new members wait that day.
    """
    values = register.values(person.household_id, health=health)
    origins = households.origins({held.entry for held in values.values()})
    told = sorted((path for path in values if _is_told(path)), key=_place_in_form)
    known = [Known(path, values[path].value, origins[values[path].entry]) for path in told]
    return Rights(
        person=person,
        household=person.household,
        standings=members.standings(person, on=on, waits=waits),
        own=[one for one in known if payloads.person_of(one.path) == person.local_id],
        house=[one for one in known if one.path.startswith("house.")],
        others=_others(person),
    )


def group_of(path):
    """The group of a path: that of its longest part which names one."""
    parts = [part for part in kinds.generic(path).removeprefix("people.*.").split(".") if part != "*"]
    named = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((_PARTS[part] for part in named if part in _PARTS), "person")


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
