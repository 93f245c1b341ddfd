"""Who stands on a list of what falls due by the calendar, and who does not, and why: the rules answer for each member of the fund.

Nothing is kept; whoever asks again is answered by what is known then.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import JOIN

from db.models import Claim, ClaimStanding, Fund, Household, Membership, Person, Unit
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.fund import benefits, claim_cases, claim_states, claim_tellings, deaths, due_periods, facts, rulings
from pwa.domain.fund.answers import ENTITLED, Answer
from pwa.domain.fund.due_claims import payload_of
from pwa.domain.fund.terms import Benefit

AT_ONCE = 500
REASONS = {
    "unknown": N_("not in the register any more"),
    "dead": N_("has died"),
    "listed": N_("stands on a list for this period already"),
    "asked": N_("has asked for it, and the meeting decides about that"),
    "later": N_("their year has not begun yet"),
    "rules": N_("the rules do not give it"),
    "missing": N_("something is not known that decides"),
    "meeting": N_("the regulation leaves the sum to the meeting: each is claimed alone"),
}
"""{why somebody is not on a list: the words for it}."""


@dataclass(frozen=True)
class Candidate:
    """A member and what the rules answer for the day that counts. `why` is "" for whoever is on the list, else a key of REASONS."""

    membership: Membership
    person: Person | None
    on: date
    answer: Answer | None
    why: str

    @property
    def is_on(self) -> bool:
        return not self.why

    @property
    def satang(self) -> int:
        return (self.answer and self.answer.amount_satang) or 0

    @property
    def obstacles(self) -> list[Any]:
        """The conditions that are not met, or that nobody can answer yet."""
        return [one for one in self.answer.conditions if not one.passed] if self.answer else []


def candidates(fund: Fund, benefit: Benefit, first: date, *, on: date) -> list[Candidate]:
    """Every member of a fund, by the number of the membership."""
    members = Membership.select(Membership.id).where(Membership.fund == fund, states.standing(Membership))
    ids = [one for (one,) in members.order_by(Membership.number, Membership.id).tuples()]
    found: list[Candidate] = []
    for start in range(0, len(ids), AT_ONCE):
        found += _some(fund, benefit, first, ids[start : start + AT_ONCE], on)
    return found


def _some(fund: Fund, benefit: Benefit, first: date, ids: list[Any], on: date) -> Iterator[Candidate]:
    known = facts.of(ids)
    persons = {one.book.membership.person for one in known.values()}
    living = Person.select(Person, Household, Unit).join(Household, JOIN.LEFT_OUTER).join(Unit, JOIN.LEFT_OUTER)
    people = {one.id: one for one in living.where(Person.id.in_(persons))}
    dead, claimed, judged = deaths.among(persons), _claimed(fund, benefit, persons), {}
    for key in ids:
        member = known[key].book.membership
        person, day = people.get(member.person), first
        if benefit.period == "membership":
            told = facts.case(known[key], event_on=on, ruling=_judged(fund, on, judged))
            day = due_periods.own_first(benefit, first, told.tenure_from.value)
        ruling = _judged(fund, day, judged)
        answer = _answer(fund, benefit.code, ruling, known[key], person, day) if person and day <= on else None
        mine = claimed.get(member.person, [])
        yield Candidate(member, person, day, answer, _why(benefit, person, day, answer, mine, dead, on))


def _judged(fund, day, judged):
    if day not in judged:
        judged[day] = rulings.of(fund, day)
    return judged[day]


def _answer(fund, code, ruling, known, person, day) -> Answer | None:
    version = ruling.version
    benefit = version.benefits.get(code) if version else None
    if benefit is None:
        return None
    told = claim_cases.told_of(payload_of(fund.code, code, person, day), benefit, day, day)
    return benefits.outcome(version, code, facts.case(known, event_on=day, ruling=ruling, **told))


def _why(benefit, person, day, answer, mine, dead, on) -> str:
    if person is None:
        return "unknown"
    if person.id in dead:
        return "dead"
    if day > on:
        return "later"
    period = due_periods.period_of(benefit, day)
    here = [(event_on, state) for event_on, state in mine if event_on in period and state != "withdrawn"]
    if any(event_on == day for event_on, _ in here):
        return "listed"
    if any(state in claim_states.OPEN for _, state in here):
        return "asked"
    if answer is None or answer.outcome != ENTITLED:
        return "missing" if answer and answer.missing else "rules"
    return "" if answer.amount_satang else "meeting"


def _claimed(fund: Fund, benefit: Benefit, persons: set[uuid.UUID]) -> dict[uuid.UUID, list[tuple[date, str]]]:
    """{person: [(day of the event, state)]} of their claims of this benefit."""
    query = Claim.select(Claim, Fund, ClaimStanding.state).join(Fund).switch(Claim).join(ClaimStanding)
    found: dict[uuid.UUID, list[tuple[date, str]]] = {}
    for one in query.where(Claim.fund == fund, Claim.person.in_(list(persons))).objects():
        if claim_tellings.of_sealed(one)["benefit"] == benefit.code:
            found.setdefault(one.person, []).append((one.event_on, one.state))
    return found
