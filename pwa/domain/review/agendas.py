"""The agenda of a fund's committee, made from what waits: claims to decide, and those typed that a second one confirms."""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from db import database
from db.models import Claim, Fund
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import (
    appeals,
    batches,
    claim_cases,
    claim_lists,
    claim_people,
    claim_tellings,
    claims,
    differences,
    due_claims,
)
from pwa.domain.fund.answers import ENTITLED
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.review import admissions, attendance, claim_decisions, claim_reviews

TYPISTS = roles.may("propose-claims")
TYPED = N_(
    "%(name)s has typed a resolution about one of these meanwhile. None of yours was recorded. Open the page again and look."
)


@dataclass(frozen=True)
class Item:
    """A claim on the agenda. `satang` is what the rules give, None where a meeting must look; `objection` why this account may not act."""

    row: claim_lists.Row
    satang: int | None
    objection: str | None

    @property
    def claim(self):
        return self.row.claim

    @property
    def typed(self):
        """The resolution that waits for a second one (ClaimAct)."""
        return self.row.standing.last("propose", "urge")

    @property
    def is_plain(self):
        """Whether it may be typed with others in one go: the rules give a sum, and nothing stands in this account's way."""
        return bool(self.satang) and self.objection is None


@dataclass(frozen=True)
class Agenda:
    """What waits: `to_confirm` was typed already, `anew` is urgent money to be confirmed, and what is ควรทบทวน, `lists` are batches."""

    fund: Fund
    to_decide: list[Item]
    to_confirm: list[Item]
    anew: list[claim_lists.Row]
    lists: list[batches.Batch]

    @property
    def asked(self):
        """[(Benefit, satang)] of what is asked for; None where a meeting says how much."""
        return [(one.row.benefit, one.satang) for one in self.to_decide + self.to_confirm]


class Waits(NamedTuple):
    """How much waits for the committee of a fund."""

    claims: int
    applicants: int
    differences: int
    appeals: int
    anew: int
    lists: int


def waits(fund):
    others = len(differences.open_ones(fund)), len(appeals.waiting(fund)), len(claim_reviews.waiting(fund))
    others = *others, len(batches.waiting(fund))
    return Waits(claim_lists.waiting(fund), admissions.count(fund), *others)


def funds(account):
    """[Fund] for whose committee this account types or confirms, by name."""
    reach = units.within(account, *TYPISTS)
    return [one for one in Fund.select().order_by(Fund.name) if one.unit_id in reach]


def fund(code, *, seen_by):
    """One of them. Raises NotFound."""
    found = next((one for one in funds(seen_by) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def of(fund, account, *, device=None, resolution=None):
    """The agenda of a fund as this account sees it on this phone: by the day of the event, then as it came.

    With a sitting only what was typed there is to be confirmed.
    """
    decide, confirm = (
        claim_lists.rows(Claim.fund == fund, claim_lists.stands(states), due_claims.alone(), most=None)
        for states in (("certified",), ("proposed", "urged"))
    )
    confirm = [row for row in confirm if resolution is None or _is_of(row, resolution)]
    given = _by_rules(decide)
    typed = {row.claim.id: row.standing.last("propose", "urge").amount_satang for row in confirm}
    return Agenda(
        fund=fund,
        to_decide=_items(decide, given, account, "propose"),
        to_confirm=_items(confirm, typed, account, "grant", device=device),
        anew=claim_reviews.waiting(fund),
        lists=batches.waiting(fund),
    )


def propose(resolution, chosen, *, by, at):
    """Type one resolution for several claims (ids): each gets what the rules give. All of them, or none."""
    sitting = {name: getattr(resolution, name) for name in ("board", "meeting", "resolved_on")}
    with database.atomic():
        attendance.must_suffice(resolution)
        for claim in _chosen(resolution.fund, chosen):
            last = claims.of(claim).acts[-1]
            if last.kind == "propose" and last.account_id != by.id:
                raise Refusal(TYPED, name=last.account.name)
            claim_decisions.propose(claim, accepted=True, by=by, at=at, **sitting)


def confirm(fund, chosen, *, by, at, device):
    """Confirm several that were typed, each as it was read: "id:n". All of them, or none."""
    read = dict(one.partition(":")[::2] for one in chosen)
    with database.atomic():
        for claim in _chosen(fund, list(read)):
            seen = read[str(claim.id)]
            claim_decisions.confirm(
                claim, agrees=True, seen=int(seen) if seen.isdecimal() else 0, by=by, at=at, device=device
            )


def _is_of(row, resolution):
    return row.standing.last("propose", "urge").resolution_id == resolution.id


def _items(rows, satang, account, kind, *, device=None):
    """[Item] of these rows, each with its {claim: satang} and what stands in the way of the account's word."""
    why = claim_people.objections(account, [row.standing for row in rows], kind, device=device)
    return [Item(row, satang.get(row.claim.id), why[row.claim.id]) for row in rows]


def _by_rules(rows):
    """{claim: what the rules give, in satang}; nothing where a meeting must look."""
    told = claim_tellings.of([row.claim for row in rows])
    known = claim_cases.proposals([(payload, filed_on) for payload, filed_on, _ in told.values()])
    answers = {claim: one.answer for claim, one in zip(told, known, strict=True) if one.answer}
    return {claim: answer.amount_satang for claim, answer in answers.items() if answer.outcome == ENTITLED}


def _chosen(fund, ids):
    """[Claim] of the fund by the order of the agenda. Refuses none, or one that is not there."""
    if not ids:
        raise Refusal(N_("Choose at least one claim."), field="claim")
    try:
        named = {uuid.UUID(one) for one in ids}
    except ValueError:
        raise NotFound from None
    query = Claim.select(Claim, Fund).join(Fund).where(Claim.fund == fund, Claim.id.in_(named))
    found = list(query.order_by(Claim.event_on, Claim.at, Claim.id))
    if len(found) != len(named):
        raise NotFound
    return found
