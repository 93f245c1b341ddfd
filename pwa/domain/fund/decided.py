"""What was decided about claims: the one place that other rooms of the fund ask. What counts is a grant that stands, as it was frozen."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.models import Claim
from pwa.domain.fund import claims
from pwa.domain.fund.answers import Answer
from pwa.domain.fund.case import Case, Used
from pwa.domain.fund.freezing import thawed


@dataclass(frozen=True)
class Decision:
    """A decision as it was frozen: `uses` is what it took from caps, `payees` [{name, person, satang, how, bank_account}]."""

    accepted: bool
    benefit: str
    amount_satang: int
    reason: str
    case: Case
    answer: Answer
    uses: tuple[Used, ...]
    payees: list[dict[str, Any]]


def of(act: Any) -> Decision:
    """The decision that a grant or a refusal (a ClaimAct) froze."""
    return Decision(**thawed(claims.said_of(act)))


def since(fund_id: int, first: date) -> Sequence[date]:
    """The days of a fund's decided events on or after a day: their decisions stand on the version that was in force."""
    return tuple(claims.decided_on(fund_id, first))


def of_people(people: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, int], tuple[Used, ...]]:
    """{(person, fund id): what granted claims of theirs took, in the order of the decisions}, with two queries."""
    found: dict[tuple[uuid.UUID, int], tuple[Used, ...]] = {}
    for one in claims.granted(Claim.person.in_(list(people))):
        key = one.claim.person, one.claim.fund_id
        found[key] = (*found.get(key, ()), *of(one.last("grant")).uses)
    return found
