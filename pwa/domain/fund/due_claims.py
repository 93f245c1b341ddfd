"""Claims that nobody has told of: they fall due by the calendar, and a list of the fund says so (fund.md §6, Batches).

The first day of the period is the day of the event, so that (benefit, person, period) is one claim whoever writes the list.
"""

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
    query = BatchLine.select(BatchLine, Batch, Account).join(Batch).join(Account)
    return query.where(BatchLine.claim == claim).order_by(BatchLine.id.desc()).first()


def told(claim: Any, said: dict[str, Any]) -> tuple[dict[str, Any], date] | None:
    """(payload, day of the list) of a claim that stands on a list, as an entry would tell it; None where no list or nobody is found."""
    line = line_of(claim)
    person = line and Person.get_or_none(Person.id == claim.person)
    if person is None:
        return None
    return payload_of(claim.fund.code, said["benefit"], person, claim.event_on), line.batch.at.astimezone(
        BANGKOK
    ).date()


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
