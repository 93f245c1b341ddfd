"""What a draft would give today's members for one standard event a benefit, beside the version in force; and what the decided claims
of the last months would have come to.

Each benefit's event is as if it fell on one day, with so many nights or pieces as were typed; everything else of the member is what
register and books know. An answer that cannot be told counts neither as more nor as less.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from db.models import Claim, ClaimAct, Membership
from pwa.domain.custody import states
from pwa.domain.fund import benefits, books, claims, decided, facts, plainly, rights, rulings
from pwa.domain.fund.answers import ENTITLED, NOT_ENTITLED, Answer
from pwa.domain.fund.case import Case, Fact
from pwa.domain.fund.terms import Benefit, Version

STANDARD = {"night": 3}
"""So many nights where nobody says how many; one of everything else."""
LONG = 190
YEAR = timedelta(days=365)
KINDS = ("more", "less", "same", "unknown")


@dataclass(frozen=True)
class Effect:
    """One benefit for one member: what each version answers, None where it has no such benefit."""

    code: str
    before: Answer | None
    now: Answer | None

    @property
    def satang(self) -> int | None:
        """How much more (less: negative) the draft gives; None where one of the two cannot be told."""
        then, later = worth(self.before), worth(self.now)
        return None if then is None or later is None else later - then

    @property
    def kind(self) -> str:
        more = self.satang
        return "unknown" if more is None else "more" if more > 0 else "less" if more < 0 else "same"


def worth(answer: Answer | None) -> int | None:
    """What an answer gives in satang, of a discretionary one its limit; None where that cannot be told."""
    if answer is None or answer.outcome == NOT_ENTITLED:
        return 0
    return answer.max_satang if answer.outcome == ENTITLED and answer.amount_satang is None else answer.amount_satang


def counted(benefit: Benefit) -> str:
    """The unit that a benefit counts; "" where it counts none."""
    return next((part.unit or "" for clause in benefit.clauses for part in clause.parts if part.kind == "per_unit"), "")


def standard(*known: Version | None) -> dict[str, int]:
    """{benefit: its standard number of nights or pieces} of every benefit of these versions."""
    found: dict[str, int] = {}
    for version in known:
        for code, benefit in version.benefits.items() if version else ():
            found[code] = max(found.get(code, 1), STANDARD.get(counted(benefit), 1))
    return found


def of_days(ruling: rulings.Ruling) -> tuple[Any, ...]:
    """All of a ruling that decides through when somebody has paid and how they stand: of two that agree the days are counted once."""
    offered = [one for before, one in pairwise((None, *ruling.offered)) if before is None or one.plans != before.plans]
    return ruling.rules, ruling.cut_over, offered, ruling.version and ruling.version.settings


class Counting:
    """A draft beside the version in force, for members of one fund, on one day."""

    def __init__(
        self, fund: Any, version: Version, before: Version | None, *, on: date, units: Mapping[str, int]
    ) -> None:
        self.version, self.before, self.on = version, before, on
        self.units = standard(version, before) | dict(units)
        self.rulings = (rulings.of(fund, on), rulings.supposed(fund, version, on))
        self.counts_alike = of_days(self.rulings[0]) == of_days(self.rulings[1])
        self.invented = {code: plainly.invented(*self.known(code), LONG).facts for code in self.codes}

    def of(self, memberships: Iterable[Any]) -> dict[Any, list[Effect]]:
        """{membership id: [Effect of each benefit]}."""
        return {key: self.one(known) for key, known in facts.of(memberships).items()}

    def one(self, known: facts.Known) -> list[Effect]:
        told = [books.told(known.book, self.rulings[0], self.on)]
        told.append(told[0] if self.counts_alike else books.told(known.book, self.rulings[1], self.on))
        before, now = (
            facts.case(known, event_on=self.on, ruling=ruling, told=stands)
            for ruling, stands in zip(self.rulings, told, strict=True)
        )
        return [
            Effect(code, self.answer(self.before, code, before), self.answer(self.version, code, now))
            for code in self.codes
        ]

    @property
    def codes(self) -> list[str]:
        """Of every benefit of the two, the draft's first."""
        return list(dict.fromkeys((*self.version.benefits, *(self.before.benefits if self.before else ()))))

    def known(self, code: str) -> tuple[Version, Benefit]:
        """The version whose event is asked about, and its benefit."""
        version = self.version if code in self.version.benefits or self.before is None else self.before
        return version, version.benefits[code]

    def answer(self, version: Version | None, code: str, case: Case) -> Answer | None:
        if version is None or code not in version.benefits:
            return None
        return benefits.outcome(version, code, self.event(code, case))

    def event(self, code: str, case: Case) -> Case:
        """The case with the benefit's standard event. What only the event can tell is what meets the draft's conditions."""
        benefit, n = self.known(code)[1], self.units[code]
        made = rights.imagined(benefit, case)
        made = replace(made, facts=self.invented[code], quantity=Fact(n, plainly.INVENTED))
        if benefit.event == "stay" or counted(benefit) == "night":
            made = replace(made, admit_on=self.on - timedelta(days=n), discharge_on=self.on)
        return made


def members(fund: Any) -> Any:
    """The ids of today's memberships of a fund in their order, as a query."""
    query = Membership.select(Membership.id).where(Membership.fund == fund, states.standing(Membership))
    return query.order_by(Membership.id)


def sample(fund: Any, many: int) -> list[Any]:
    """So many memberships, evenly spread over all of them."""
    ids = [one for (one,) in members(fund).tuples()]
    step = max(1, len(ids) // many)
    return ids[::step][:many]


def summed(found: Iterable[list[Effect]]) -> dict[str, dict[str, int]]:
    """{benefit: {more, less, same, unknown: members; more_satang, less_satang}}."""
    told: dict[str, dict[str, int]] = {}
    for one in (effect for effects in found for effect in effects):
        row = told.setdefault(one.code, dict.fromkeys((*KINDS, "more_satang", "less_satang"), 0))
        row[one.kind] += 1
        if one.kind in ("more", "less"):
            row[f"{one.kind}_satang"] += abs(one.satang or 0)
    return told


def decided_since(fund: Any, at: datetime) -> Any:
    """The people of whom a claim was decided within a year before `at`, in the order of their ids, as a query."""
    acts = ClaimAct.select(ClaimAct.claim).where(
        ClaimAct.kind.in_(("grant", "refuse")), ClaimAct.at.between(at - YEAR, at)
    )
    query = Claim.select(Claim.person).where(Claim.fund == fund, Claim.id.in_(acts))
    return query.distinct().order_by(Claim.person)


def recomputed(fund: Any, version: Version, people: Iterable[uuid.UUID], *, at: datetime) -> dict[str, int]:
    """What the decided claims of a year would have come to by a version: {many, paid, would, unknown}, in satang.

    Each rests on the facts that it was decided by; limits count what claims decided before it took, of this year's by the draft.
    What cannot be told counts as it was paid.
    """
    told = dict.fromkeys(("many", "paid", "would", "unknown"), 0)
    used: dict[uuid.UUID, list[Any]] = {}
    for one in claims.decided(Claim.fund == fund, Claim.person.in_(list(people))):
        act, mine = one.last("grant", "refuse"), used.setdefault(one.claim.person, [])
        before = decided.of(act)
        if not at - YEAR <= act.at <= at:
            mine += before.uses if before.accepted else ()
            continue
        paid = before.amount_satang if before.accepted else 0
        answer, satang = _again(version, before, mine)
        told["many"] += 1
        told["paid"] += paid
        told["would"] += paid if satang is None else satang
        told["unknown"] += satang is None
        mine += before.uses if satang is None and before.accepted else answer.uses if answer else ()
    return told


def _again(version: Version, before: decided.Decision, used: list[Any]) -> tuple[Answer | None, int | None]:
    if before.benefit not in version.benefits:
        return None, 0
    if before.case is None:
        return None, None
    answer = benefits.answer(version, before.benefit, replace(before.case, used=tuple(used)))
    if answer.outcome == ENTITLED and answer.amount_satang is None and answer.max_satang is not None:
        return answer, min(before.amount_satang, answer.max_satang)
    return answer, 0 if answer.outcome == NOT_ENTITLED else answer.amount_satang
