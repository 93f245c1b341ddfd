"""Claims that nobody has told of: they fall due by the calendar, and a list of the fund says so (fund.md §6, Batches).

The first day of the period is the day of the event, so that (benefit, person, period) is one claim whoever writes the list.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from peewee import SQL, fn

from db.models import Account, Batch, BatchLine, Claim, Person
from pwa.domain import N_
from pwa.domain.fund import deaths
from pwa.domain.fund.terms import Benefit
from pwa.domain.text.dates import BANGKOK

DEAD = N_("%(name)s has died and is paid nothing. It stands on the list for the next meeting.")


def is_by_calendar(benefit: Benefit) -> bool:
    """Whether the regulation gives this benefit again and again, or once a period to whoever has reached an age."""
    return benefit.recurs is not None or (benefit.event == "age" and benefit.once == "period")


def line_of(claim: Any) -> Any:
    """The BatchLine of the last list that a claim stands on, with its Batch; None where it stands on none."""
    return lines_of([claim.id]).get(claim.id)


def lines_of(claims: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """{claim: the same} of those of these ids that stand on a list."""
    query = BatchLine.select(BatchLine, Batch, Account).join(Batch).join(Account)
    return {one.claim_id: one for one in query.where(BatchLine.claim.in_(list(claims))).order_by(BatchLine.id)}


def told(claims: Sequence[tuple[Any, dict[str, Any]]]) -> dict[uuid.UUID, tuple[dict[str, Any], date]]:
    """{claim id: (payload, day of the list)} of those of these claims, each with what it says, that stand on a list and whose member
    is in the register: as an entry would tell it.
    """
    lines = lines_of(one.id for one, _ in claims) if claims else {}
    named = [one.person for one, _ in claims if one.id in lines]
    people = {one.id: one for one in Person.select().where(Person.id.in_(named))} if named else {}
    return {
        one.id: (
            payload_of(one.fund.code, said["benefit"], people[one.person], one.event_on),
            lines[one.id].batch.at.astimezone(BANGKOK).date(),
        )
        for one, said in claims
        if one.id in lines and one.person in people
    }


def payload_of(fund_code: str, benefit: str, person: Any, event_on: date) -> dict[str, Any]:
    """What a claim by the calendar says: the member is the one whose right it is and who is paid, in cash at the table."""
    name = f"{person.title}{person.first_name} {person.last_name}".strip()
    return {
        "fund": fund_code,
        "benefit": benefit,
        "member": str(person.id),
        "event_on": event_on.isoformat(),
        "subject": {"type": "member"},
        "payees": [{"type": "member", "person": str(person.id), "name": name, "share": 100, "how": "cash"}],
        "by_calendar": True,
    }


def alone() -> Any:
    """Condition: a meeting takes up this claim by itself, for it stands on no list, or its member has died since."""
    return ~on_a_list() | deaths.is_dead(Claim.person)


def is_alone(claim: Any) -> bool:
    """The same, of one claim."""
    return Claim.select().where(Claim.id == claim, alone()).exists()


def on_a_list() -> Any:
    """Condition: a Claim stands on a list."""
    return fn.EXISTS(BatchLine.select(SQL("1")).where(BatchLine.claim == Claim.id))
