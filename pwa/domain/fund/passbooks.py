"""Passbooks that disagree with the books: what a visit read in a passbook after the membership was confirmed, and the books say otherwise.

Who said something new since is marked as it is approved (register.applicants), so a page opens the values of those few alone.
A passbook page changes nothing in the books by itself: that is a registrar's act.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from db.models import Application, Entry, Household, Membership, Person, Unit
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.register import memberships
from pwa.domain.text import dates, thai

FIELDS = {
    "number": N_("Member number"),
    "joined_on": N_("Joined on"),
    "paid_through": N_("Paid through"),
}
MOST = 50


class Difference(NamedTuple):
    """A field that the two tell differently; a day or a number, None where the books know nothing."""

    field: str
    book: Any
    passbook: Any


@dataclass(frozen=True)
class Doubt:
    """A member whose passbook tells something else. `entry`: the visit that read it."""

    membership: Membership
    person: Person
    entry: Entry
    differences: tuple[Difference, ...]


def doubts(fund, *, most=MOST):
    """The latest of a fund's members whose passbook disagrees with the books."""
    held = (Membership.person == Application.person) & (Membership.fund == Application.fund)
    query = Application.select(Application, Entry, Person, Household, Unit, Membership).join(Entry).switch(Application)
    query = query.join(Person, on=(Person.id == Application.person), attr="who").join(Household).join(Unit)
    query = query.switch(Application).join(Membership, on=held, attr="held")
    query = query.where(Application.fund == fund, Application.told_since, states.standing(Membership))
    found = []
    for row in query.order_by(Application.entry.desc()).limit(most):
        if differences := tuple(_differences(row.held, memberships.passbook(row))):
            found.append(Doubt(row.held, row.who, row.entry, differences))
    return found


def _differences(membership, page):
    told = {name: held.value for name, held in page.items()}
    number = thai.clean(thai.digits(str(told.get("number") or "")))
    read = {"number": number} | {name: dates.day(told.get(name)) for name in ("joined_on", "paid_through")}
    for name in FIELDS:
        book = getattr(membership, name)
        if read[name] and read[name] != book:
            yield Difference(name, book, read[name])
