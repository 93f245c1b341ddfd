"""ควรทบทวน: what a decided claim would come to now, on what was known to claims that were decided before it, and what has changed.

Nothing is changed by it: a decision stands as it was frozen until a meeting says otherwise (review.claim_reviews).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import database
from db.models import Claim, ClaimAct, ClaimLook
from pwa.domain import NotFound
from pwa.domain.fund import claim_cases, claims, decided
from pwa.domain.fund.answers import Answer, Condition
from pwa.domain.fund.case import Used

AT_ONCE = 100


@dataclass(frozen=True)
class Change:
    """`known` is what the claim comes to now, None where no certificate stands that could be read; `conditions` are [(before, now)]
    of those that differ, each None where there was none.
    """

    known: claim_cases.Proposal | None
    conditions: tuple[tuple[Condition | None, Condition | None], ...]

    @property
    def satang(self) -> int | None:
        """The new sum by the rules; None where a meeting would have to say it, or a fact is missing."""
        return self.known.answer.amount_satang if self.known and self.known.answer else 0


def of(standing: claims.Standing) -> Change | None:
    """What has changed under a decision; None where the rules say of it what they said, or nothing is decided."""
    if standing.decision is None:
        return None
    before = decided.of(standing.decision)
    try:
        payload, filed_on, _ = claims.told(standing.claim)
    except NotFound:
        return Change(None, ()) if before.accepted and before.amount_satang else None
    known = claim_cases.proposal(payload, filed_on=filed_on, used=used_before(standing))
    if _said(known.answer) == _said(before.answer):
        return None
    return Change(known, tuple(_differing(before.answer, known.answer)))


def used_before(standing: claims.Standing) -> tuple[Used, ...]:
    """What claims of the same right took that were decided before this one, each as it stands now."""
    mine = standing.last("grant", "refuse")
    others = claims.granted(*claims.of_right(standing.claim))
    earlier = [one for one in others if mine is None or one.last("grant").id < mine.id]
    return tuple(used for one in earlier for used in decided.of(one.decision).uses)


def look(*, at: datetime, before: datetime, rest: Callable[[], object] = lambda: None) -> int:
    """Ask the rules about decided claims that nobody asked about since `before`, some at a time; says about how many."""
    asked = 0
    while some := _not_looked_at(before):
        for one in some:
            with database.atomic():
                due = of(claims.of(one.claim)) is not None
                ClaimLook.delete().where(ClaimLook.claim == one.claim).execute()
                ClaimLook.create(claim=one.claim, is_due=due, at=at)
            asked += 1
            rest()
    return asked


def _not_looked_at(before: datetime) -> list[claims.Standing]:
    looked = ClaimLook.select(ClaimLook.claim).where(ClaimLook.at >= before)
    decided_ones = ClaimAct.select(ClaimAct.claim).where(ClaimAct.kind.in_(("grant", "refuse")))
    query = Claim.select().where(Claim.id.in_(decided_ones), Claim.id.not_in(looked))
    return claims.many(query.order_by(Claim.id).limit(AT_ONCE))


def _said(answer: Answer | None) -> tuple[str, int | None] | None:
    return (answer.outcome, answer.amount_satang) if answer else None


def _differing(before: Answer | None, now: Answer | None) -> list[tuple[Condition | None, Condition | None]]:
    one, other = (_by_code(answer) for answer in (before, now))
    keys = dict.fromkeys((*one, *other))
    pairs = [(one.get(key), other.get(key)) for key in keys]
    return [(old, new) for old, new in pairs if _plain(old) != _plain(new)]


def _by_code(answer: Answer | None) -> dict[tuple[str, int], Condition]:
    found: dict[tuple[str, int], Condition] = {}
    for one in answer.conditions if answer else ():
        found[one.code, sum(code == one.code for code, _ in found)] = one
    return found


def _plain(one: Condition | None) -> tuple[Any, ...] | None:
    return one and (one.passed, one.fact, one.left_satang, one.left_units)
