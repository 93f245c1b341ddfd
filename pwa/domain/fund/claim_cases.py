"""What the rules answer about a claim: its payload beside what the register and the books know of whose right it is.

An answer is computed when somebody looks, with what decided claims have used by then; only a decision keeps one (claim_decisions).
"""

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
    fund = Fund.get_or_none(Fund.code == payload.get("fund"))
    event_on = dates.day(payload.get("event_on") or "")
    ruling = rulings.of(fund, event_on) if fund and event_on else None
    version = ruling.version if ruling else None
    benefit = version.benefits.get(payload.get("benefit") or "") if version else None
    person = Person.get_or_none(Person.id == payload.get("member"))
    mine = (Membership.person == payload.get("member"), Membership.fund == fund, states.standing(Membership))
    membership = Membership.select().where(*mine).first() if fund else None
    about: tuple[Any, ...] = (fund, version, benefit, membership, person)
    if benefit is None or version is None or event_on is None or ruling is None:
        return Proposal(*about, None, None, event_on)
    told = told_of(payload, benefit, event_on, filed_on)
    case = _case(membership, event_on, ruling, told)
    if used is not None:
        case = replace(case, used=used)
    return Proposal(*about, case, benefits.answer(version, benefit.code, case), event_on)


def _case(membership: Membership | None, event_on: date, ruling: Ruling, told: dict[str, Any]) -> Case:
    if membership is None:
        nobody: Fact[tuple[Period, ...]] = Fact((), NO_MEMBER)
        return Case(event_on=event_on, periods=nobody, **told)
    known = facts.of([membership.id])[membership.id]
    return facts.case(known, event_on=event_on, ruling=ruling, **told)


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
