"""Who lives where something happened of late, and who of them are members: read lightly, because a home page asks it of a whole zone."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from peewee import fn

from db.models import Fund, Household, Membership, Person
from db.statements import Prepared
from pwa.domain.custody import states
from pwa.domain.fund.terms import Benefit, Compared, Version

BACK = timedelta(days=400)
"""So long an event is remembered where the fund names no window."""
CHILDREN = ("child", "grandchild")
Rules = dict[int, tuple[Version, ...]]
"""{fund id: its versions}."""
_memberships = Prepared(
    lambda people: (
        Membership.select(Membership.person, Membership.fund, Membership.joined_on)
        .where(Membership.person.in_(people), states.standing(Membership))
        .order_by(Membership.joined_on, Membership.id)
        .tuples()
    )
)


@dataclass
class Resident:
    """What is read of each person of a house; `household` where a page asks for it (at_home)."""

    id: uuid.UUID
    household_id: uuid.UUID
    local_id: str
    title: str
    first_name: str
    last_name: str
    nickname: str
    birth_date: str
    relation: str
    gone: str
    household: Household | None = None


@dataclass(frozen=True)
class Member:
    """A membership that stands: whose, of which fund, since when."""

    person: uuid.UUID
    fund: Fund
    joined_on: date


def of(houses: Any) -> list[Resident]:
    """Everybody who is noted in these houses, given by a query of their ids."""
    columns = [getattr(Person, one.name) for one in fields(Resident)[:-1]]
    return [Resident(*row) for row in Person.select(*columns).where(Person.household.in_(houses)).tuples()]


def candidates(rules: Rules, *conditions: Any, on: date, ahead: timedelta) -> Any:
    """The ids of the houses of which something of the last time may be told, as a query: nobody else is read. An age and a death are a
    member's own, a birth is told to whoever of the house is one."""
    oldest, youngest = on - BACK, on + ahead
    standing, other = Membership.select(Membership.id).where(states.standing(Membership)), Person.alias()
    is_member = fn.EXISTS(standing.where(Membership.person == Person.id))
    lives_there = standing.join(other, on=(other.id == Membership.person))
    has_one = fn.EXISTS(lives_there.where(other.household == Person.household))
    houses, first = Person.select(Person.household).join(Household), oldest.isoformat()
    found = houses.where(*conditions, Person.relation.in_(CHILDREN), Person.birth_date >= first, has_one)
    found |= houses.where(*conditions, Person.gone == "died", Household.visited_at >= first, is_member)
    for age in sorted(_ages(rules)):
        span = f"{oldest.year - age}{oldest:-%m-%d}", f"{youngest.year - age}{youngest:-%m-%d}"
        found |= houses.where(*conditions, Person.birth_date.between(*span), is_member)
    return found


def _ages(rules: Rules) -> set[int]:
    """The ages of which some fund's regulation makes an event."""
    known = [one for mine in rules.values() for version in mine for one in version.benefits.values()]
    return {age for one in known if one.event == "age" for age in asked_ages(one)}


def asked_ages(benefit: Benefit) -> list[int]:
    tests = [one for one in benefit.conditions if isinstance(one, Compared)]
    return [one.value for one in tests if (one.fact, one.op) == ("age", "at_least") and one.value]


def members(
    people: Iterable[Resident], funds: dict[int, Fund], rules: Rules
) -> list[tuple[Member, tuple[Version, ...]]]:
    """(membership, its fund's versions) of these people, where the fund has a regulation."""
    rows = _memberships.rows([one.id for one in people])
    return [(Member(person, funds[fund], joined_on), rules[fund]) for person, fund, joined_on in rows if rules[fund]]
