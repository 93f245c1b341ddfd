"""Of whom the fund knows that they died: told at the door, or by the end of a membership that stands."""

import uuid
from collections.abc import Iterable
from typing import Any

from db.models import Membership, MembershipAct, Person


def is_dead(person_id: Any) -> Any:
    """Condition: the person with this id, a value or a column, is known to be dead."""
    return _told(person_id) | _ended(person_id)


def among(people: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these ids of whom it is known."""
    ids = list(people)
    query = Person.select(Person.id).where(Person.id.in_(ids), is_dead(Person.id))
    return {person for (person,) in query.tuples()} if ids else set()


def _told(person_id: Any) -> Any:
    dead = Person.alias()
    return person_id.in_(dead.select(dead.id).where(dead.id == person_id, dead.gone == "died"))


def _ended(person_id: Any) -> Any:
    held, act, undone = Membership.alias(), MembershipAct.alias(), MembershipAct.alias()
    taken_back = undone.select(undone.undoes).where(undone.undoes == act.id)
    ends = held.select(held.person).join(act, on=(act.membership == held.id))
    said = held.person == person_id, act.kind == "end", act.why == "deceased", act.id.not_in(taken_back)
    return person_id.in_(ends.where(*said))
