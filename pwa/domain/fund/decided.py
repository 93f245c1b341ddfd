"""What was decided about claims: the one place that other rooms of the fund ask. What counts is a grant that stands, as it was frozen."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.models import Claim, ClaimStanding
from pwa.domain.fund import claim_states, claims
from pwa.domain.fund.answers import Answer
from pwa.domain.fund.case import Case, Used
from pwa.domain.fund.freezing import thawed


@dataclass(frozen=True)
class Decision:
    """A decision as it was frozen: `uses` is what it took from caps, `payees` [{name, person, satang, how, bank_account}]; of who has to
    bring money back, `owed` says how much.
    """

    accepted: bool
    benefit: str
    amount_satang: int
    reason: str
    case: Case
    answer: Answer
    uses: tuple[Used, ...]
    payees: list[dict[str, Any]]


@dataclass(frozen=True)
class Stays:
    """What was decided about an event: it stays under `version`, whatever is put in force for that day later."""

    claim_id: uuid.UUID
    event_on: date
    benefit: str
    accepted: bool
    amount_satang: int
    version: int | None


@dataclass(frozen=True)
class Open:
    """A claim that waits for its decision."""

    claim_id: uuid.UUID
    event_on: date
    benefit: str


def of(act: Any) -> Decision:
    """The decision that an act (a ClaimAct of claim_states.DECIDES) froze."""
    return Decision(**thawed(claims.said_of(act)))


def since(fund_id: int, first: date) -> Sequence[Stays]:
    """What a fund has decided about events on or after a day, granted or not, the earliest event first (fund.md §1)."""
    found = []
    for one in claims.decided(Claim.fund == fund_id, Claim.event_on >= first):
        made = of(one.last("grant", "refuse"))
        told = made.benefit, made.accepted, made.amount_satang, made.answer.version if made.answer else None
        found.append(Stays(one.claim.id, one.claim.event_on, *told))
    return sorted(found, key=lambda one: (one.event_on, one.claim_id))


def open_since(fund_id: int, first: date) -> Sequence[Open]:
    """The claims of a fund about events on or after a day that nobody has decided yet, the earliest event first."""
    waits = ClaimStanding.select(ClaimStanding.claim)
    waits = waits.where(
        ClaimStanding.fund == fund_id, ClaimStanding.state.in_(claim_states.OPEN), ClaimStanding.event_on >= first
    )
    found = claims.many(Claim.select().where(Claim.id.in_(waits)))
    told = [Open(one.claim.id, one.claim.event_on, one.said["benefit"]) for one in found]
    return sorted(told, key=lambda one: (one.event_on, one.claim_id))


def of_people(people: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, int], tuple[Used, ...]]:
    """{(person, fund id): what granted claims of theirs took, in the order of the decisions}, with two queries."""
    found: dict[tuple[uuid.UUID, int], tuple[Used, ...]] = {}
    for one in claims.granted(Claim.person.in_(list(people))):
        key = one.claim.person, one.claim.fund_id
        found[key] = (*found.get(key, ()), *of(one.decision).uses)
    return found
