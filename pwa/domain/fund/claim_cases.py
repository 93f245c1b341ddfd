"""What the rules answer about a claim: its payload beside what the register and the books know of whose right it is.

An answer is computed when somebody looks, with what decided claims have used by then; only a decision keeps one (claim_decisions).
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.models import Fund, Membership, Person
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.fund import benefits, facts, rulings
from pwa.domain.fund.answers import Answer
from pwa.domain.fund.case import Case, Fact, Period, Used
from pwa.domain.fund.rulings import Ruling
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import Benefit, Version
from pwa.domain.text import dates

TOLD = Sentence(N_("as told in the claim"))
FILED = Sentence(N_("the day on which the claim was recorded"))
BY_CALENDAR = Sentence(N_("falls due by the calendar, nobody has to ask for it"))
NO_MEMBER = Sentence(N_("no membership of this fund in the register"))


@dataclass(frozen=True)
class Proposal:
    """What a claim comes to now. `answer` is None where no regulation of the fund has this benefit on the event's day."""

    fund: Fund | None
    version: Version | None
    benefit: Benefit | None
    membership: Membership | None
    person: Person | None
    case: Case | None
    answer: Answer | None
    event_on: date | None


def proposal(payload: dict[str, Any], *, filed_on: date, used: tuple[Used, ...] | None = None) -> Proposal:
    """The proposal to a claim's payload that was recorded on a day; takes any payload. `used`: what claims took that were decided before
    this one, where it was decided itself; else all that were.
    """
    return proposals([(payload, filed_on)], used=used)[0]


def proposals(told: Sequence[tuple[dict[str, Any], date]], *, used: tuple[Used, ...] | None = None) -> list[Proposal]:
    """The same of many (payload, day of recording), in their order, with the same few queries."""
    around = _around([payload for payload, _ in told])
    return [_proposal(payload, filed_on, around, used) for payload, filed_on in told]


@dataclass(frozen=True)
class _Around:
    """What the payloads name: funds by code, people by id, standing memberships by (person, fund), and what is known of each of these."""

    funds: dict[str, Any]
    people: dict[uuid.UUID, Any]
    memberships: dict[tuple[uuid.UUID, int], Any]
    known: dict[Any, facts.Known]
    ruling: Callable[[Fund, date], Ruling]


def _around(payloads: list[dict[str, Any]]) -> _Around:
    named = {one for payload in payloads if (one := _person(payload))}
    asked = {code for payload in payloads if isinstance(code := payload.get("fund"), str)}
    by_code = {one.code: one for one in Fund.select().where(Fund.code.in_(list(asked)))}
    people = {one.id: one for one in Person.select().where(Person.id.in_(list(named)))} if named else {}
    mine = Membership.person.in_(list(named)), Membership.fund.in_([one.id for one in by_code.values()])
    rows = Membership.select().where(*mine, states.standing(Membership)).order_by(Membership.id.desc())
    memberships = {(one.person, one.fund_id): one for one in rows} if named and by_code else {}
    known = facts.of([one.id for one in memberships.values()])
    return _Around(by_code, people, memberships, known, rulings.by_day())


def _person(payload: dict[str, Any]) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(payload.get("member")))
    except ValueError:
        return None


def _proposal(payload: dict[str, Any], filed_on: date, around: _Around, used: tuple[Used, ...] | None) -> Proposal:
    code, event_on = payload.get("fund"), dates.day(payload.get("event_on") or "")
    fund = around.funds.get(code) if isinstance(code, str) else None
    ruling = around.ruling(fund, event_on) if fund and event_on else None
    version = ruling.version if ruling else None
    benefit = version.benefits.get(payload.get("benefit") or "") if version else None
    who = _person(payload)
    membership = around.memberships.get((who, fund.id)) if who and fund else None
    about: tuple[Any, ...] = (fund, version, benefit, membership, around.people.get(who) if who else None)
    if benefit is None or version is None or event_on is None or ruling is None:
        return Proposal(*about, None, None, event_on)
    case = _case(membership, around, event_on, ruling, told_of(payload, benefit, event_on, filed_on))
    if used is not None:
        case = replace(case, used=used)
    return Proposal(*about, case, benefits.answer(version, benefit.code, case), event_on)


def _case(membership: Any, around: _Around, event_on: date, ruling: Ruling, told: dict[str, Any]) -> Case:
    if membership is None:
        nobody: Fact[tuple[Period, ...]] = Fact((), NO_MEMBER)
        return Case(event_on=event_on, periods=nobody, **told)
    return facts.case(around.known[membership.id], event_on=event_on, ruling=ruling, **told)


def told_of(payload: dict[str, Any], benefit: Benefit, event_on: date, filed_on: date) -> dict[str, Any]:
    """The event's own facts, as a case takes them."""
    admit_on = dates.day(payload.get("admit_on") or "")
    papers = {one.get("paper") for one in payload.get("evidence") or ()}
    subject, quantity = payload.get("subject") or {}, payload.get("quantity")
    answers = {one["name"]: Fact(_answered(one), TOLD) for one in payload.get("facts") or ()}
    return {
        "admit_on": admit_on,
        "discharge_on": event_on if admit_on else None,
        "filed_on": Fact(event_on, BY_CALENDAR) if payload.get("by_calendar") else Fact(filed_on, FILED),
        "subject": Fact(subject.get("type"), TOLD),
        "quantity": Fact() if quantity is None else Fact(quantity, TOLD),
        "evidence": {paper: paper in papers for paper in benefit.evidence or ()},
        "facts": answers,
    }


def _answered(one: dict[str, Any]) -> Any:
    return next((one[name] for name in ("number", "choice", "yes") if name in one), None)
