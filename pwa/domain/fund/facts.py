"""The facts of members as a fund's rules ask for them, each with where it stands: from the register, the books and what was decided.

Gathered when somebody asks, for one member or for many with the same few queries, and never kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from db.models import Account, Approval, Entry, Person
from db.models import Fact as Held
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.fund import books, decided, rulings
from pwa.domain.fund.case import NOT_TOLD, Case, Fact, Period, Used
from pwa.domain.fund.rulings import Ruling
from pwa.domain.fund.sentences import Sentence
from pwa.domain.text.dates import BANGKOK

REGISTER = N_("register, checked by %(name)s on %(day)s")
NONE_DECIDED = Sentence(N_("no claim was decided here yet"))
DECIDED = Sentence(N_("claims that were decided here"))
COUNTED = Sentence(N_("counted from the books"))
SEXES = {"male": "m", "female": "f"}
ASKED = ("birth_date", "sex")
AT_ONCE = 500


@dataclass(frozen=True)
class Known:
    """What is known of a member whatever the event is: the page of the books, the person's own facts, and what decided claims used."""

    book: Any
    born: Fact[str]
    sex: Fact[str]
    used: tuple[Used, ...] = ()


def of(memberships: Iterable[Any]) -> dict[Any, Known]:
    """{membership id: Known} of memberships by their ids, with the same few queries for each five hundred."""
    ids = list(memberships)
    return {
        key: one for start in range(0, len(ids), AT_ONCE) for key, one in _some(ids[start : start + AT_ONCE]).items()
    }


def _some(ids: list[Any]) -> dict[Any, Known]:
    pages = books.of(ids)
    people = {
        row.id: row for row in Person.select().where(Person.id.in_([one.membership.person for one in pages.values()]))
    }
    checked = _checked(people.values())
    used = decided.of_people({page.membership.person for page in pages.values()})
    return {
        key: Known(
            page,
            *(_own(people.get(page.membership.person), name, checked) for name in ASKED),
            used.get((page.membership.person, page.membership.fund_id), ()),
        )
        for key, page in pages.items()
    }


def case(known: Known, *, event_on: date, ruling: Ruling | None = None, told: Any = None, **about: Any) -> Case:
    """The case of an event of this member; `about` are the event's own facts (admit_on, quantity, evidence, …).

    `told` is what `books.told` said of that day, where somebody asked already.
    """
    page = known.book
    ruling = ruling or rulings.of(page.membership.fund, event_on)
    stands, paid = told or books.told(page, ruling, event_on)
    return Case(
        event_on=event_on,
        periods=Fact(tuple(Period(one.joined, one.left, one.why) for one in page.terms), page.joined_source),
        tenure_from=Fact(stands.tenure_from if stands else None, page.tenure_source),
        coverage=Fact(paid, page.paid_source),
        standing=Fact(stands.standing if stands else None, COUNTED if stands else NOT_TOLD),
        rests=page.acts.suspensions(),
        born=known.born,
        sex=known.sex,
        used=known.used,
        used_source=DECIDED if known.used else NONE_DECIDED,
        times_before=Fact(0, NONE_DECIDED),
        **about,
    )


def _own(person: Any, name: str, checked: Mapping[Any, Sentence]) -> Fact[str]:
    told = getattr(person, name, "") if person else ""
    value = SEXES.get(told) if name == "sex" else told
    return Fact(value, checked.get((person.id, name), NOT_TOLD)) if value else Fact()


def _checked(people: Iterable[Any]) -> dict[Any, Sentence]:
    """{(person, field): who checked it, and when} of the register's values."""
    named = {(one.household_id, f"people.{one.local_id}.{name}"): (one.id, name) for one in people for name in ASKED}
    if not named:
        return {}
    query = Held.select(Held.subject, Held.path, Account.name, Approval.at)
    query = query.join(Entry).join(Approval).join(Account)
    wanted = reduce(or_, (Held.path.endswith(f".{name}") for name in ASKED))
    query = query.where(Held.subject.in_({home for home, _ in named}), wanted, states.standing(Approval))
    return {
        named[subject, path]: Sentence(REGISTER, {"name": name, "day": at.astimezone(BANGKOK).date()})
        for subject, path, name, at in query.tuples()
        if (subject, path) in named
    }
