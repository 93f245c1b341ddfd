"""The items of a sitting one after another: the claims that wait, by the day of the event, and those that it has taken up.

What was shown is what is decided: a claim that was replaced, taken back, typed or decided by somebody else meanwhile is said so, and
nobody has decided anything then.
"""

from dataclasses import dataclass

from db import database
from db.models import Claim, ClaimAct, Postponement
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.crypto import sealing
from pwa.domain.fund import claim_lists, claim_people, claim_states, claims, due_claims
from pwa.domain.review import attendance, claim_decisions, sittings
from pwa.domain.text import wording

WAITING = ("waiting", "postponed")
NO_CLAIM = N_(
    "The zone leader has taken the certificate back meanwhile. There is nothing to decide; go on to the next one."
)
REPLACED = N_(
    "Another entry has taken the place of this one meanwhile. Nothing is decided yet. Open it again and look what has changed."
)
TYPED = N_(
    "%(name)s has typed a resolution about this meanwhile. Nothing of yours was recorded. Open it again and look."
)
DECIDED = N_("%(name)s has confirmed a resolution about this meanwhile, so it is decided. Open it again and look.")
RETURNED = N_("%(name)s has sent this back meanwhile. Nothing of yours was recorded. Open it again and look.")
NOT_RUNNING = N_("There was a later sitting already. What waits is decided there.")
WHY_LATER = N_("Write why it is put off, the minutes say so.")


@dataclass(frozen=True)
class Item:
    """`stands`: waiting, postponed, typed, granted or refused, at this sitting."""

    row: claim_lists.Row
    stands: str

    @property
    def id(self):
        return self.row.claim.id


@dataclass(frozen=True)
class Place:
    """An item with its neighbours; `n` counts from 1, `left` is how many still wait."""

    item: Item
    n: int
    of: int
    before: Item | None
    after: Item | None
    left: int


def of(resolution):
    """[Item] in the order of the agenda; of a sitting after which there was another only what it took up."""
    here = Claim.id.in_(ClaimAct.select(ClaimAct.claim).where(ClaimAct.resolution == resolution))
    if sittings.is_running(resolution):
        here |= claim_lists.stands(claim_states.OPEN)
    rows = claim_lists.rows(Claim.fund == resolution.fund_id, here, due_claims.alone(), most=None)
    later = {one.claim_id: one for one in _put_off(resolution)}
    found = [Item(row, _stands(row.standing, resolution, later.get(row.claim.id))) for row in rows]
    return [one for one in found if one.stands]


def place(resolution, claim_id):
    """Where one claim stands on the agenda. Raises NotFound."""
    items = of(resolution)
    at = next((n for n, one in enumerate(items) if one.id == claim_id), None)
    if at is None:
        raise NotFound
    before = items[at - 1] if at else None
    after = items[at + 1] if at + 1 < len(items) else None
    return Place(items[at], at + 1, len(items), before, after, _waiting(items))


def next_one(resolution, claim_id):
    """The next Item that waits after this one, going round; None where nothing waits any more."""
    items = of(resolution)
    at = next((n for n, one in enumerate(items) if one.id == claim_id), 0)
    return next((one for one in items[at + 1 :] + items[: at + 1] if one.stands == "waiting"), None)


def mark(one):
    """How a page names what it shows of a claim: its last act, and the entry that counts."""
    told = claims.telling(one.claim)
    return f"{len(one.acts)}-{told[-1].id if told else 0}"


def resolve(resolution, claim, *, seen, accepted, by, at, amount_satang=None, reason=""):
    """Type what this sitting resolved about a claim as it was shown. Raises Refusal, then nothing is changed."""
    about = {name: getattr(resolution, name) for name in ("board", "meeting", "resolved_on")}
    with database.atomic():
        _must_be_possible(resolution, claim, seen, by)
        about |= dict(amount_satang=amount_satang, reason=reason)
        claim_decisions.propose(claim, accepted=accepted, by=by, at=at, **about)


def postpone(resolution, claim, *, seen, reason, by, at):
    """Put a claim off to the next sitting; it goes on waiting. The same twice changes nothing."""
    reason = wording.said(reason, asked=WHY_LATER)
    with database.atomic():
        _must_be_possible(resolution, claim, seen, by)
        one = claims.of(claim)
        why = claim_people.objection(by, one, "propose")
        if why:
            raise Refusal(why)
        if one.state != "certified":
            raise Refusal(claims.NOT_NOW)
        last = next(iter(reversed(_put_off(resolution, claim))), None)
        if last and (last.account_id, said_of(last)) == (by.id, reason):
            return
        sealed = sealing.seal_value(reason, _bound(resolution.id, claim.id))
        Postponement.create(resolution=resolution, claim=claim, said=sealed, account=by, at=at)


def said_of(postponement):
    """Why a claim was put off."""
    return sealing.open_value(postponement.said, _bound(postponement.resolution_id, postponement.claim_id))


def put_off(resolution):
    """[(claim id, why)] of what the sitting put off and did not take up after all."""
    waits = {one.id for one in of(resolution) if one.stands in WAITING} if sittings.is_running(resolution) else None
    last = {one.claim_id: one for one in _put_off(resolution)}
    taken = {one.claim_id for one in ClaimAct.select(ClaimAct.claim).where(ClaimAct.resolution == resolution)}
    return [(id, said_of(one)) for id, one in last.items() if (id in waits if waits is not None else id not in taken)]


def _must_be_possible(resolution, claim, seen, by):
    if not sittings.is_running(resolution):
        raise Refusal(NOT_RUNNING)
    attendance.must_suffice(resolution)
    one = claims.of(claim)
    n, _, entry = seen.partition("-")
    if f"{len(one.acts)}-{entry}" != mark(one):
        raise Refusal(NO_CLAIM if one.state == "withdrawn" else REPLACED)
    last = one.acts[-1]
    mine = last.kind == "propose" and last.account_id == by.id and last.resolution_id == resolution.id
    if n != f"{len(one.acts)}" and not mine:
        said = {"withdraw": NO_CLAIM, "certify": REPLACED, "propose": TYPED, "object": RETURNED, "reopen": RETURNED}
        raise Refusal(said.get(last.kind, DECIDED), name=last.account.name)


def _stands(one, resolution, later):
    """Where a claim stands at this sitting; "" where another one has taken it up."""
    if one.state in ("granted", "refused"):
        return one.state if one.decision.resolution_id == resolution.id else ""
    if one.state == "proposed":
        return "typed" if one.last("propose").resolution_id == resolution.id else ""
    if one.state not in claim_states.OPEN:
        return ""
    return "postponed" if later and later.at >= one.acts[-1].at else "waiting"


def _put_off(resolution, claim=None):
    query = Postponement.select().where(Postponement.resolution == resolution).order_by(Postponement.id)
    return list(query.where(Postponement.claim == claim) if claim else query)


def _waiting(items):
    return sum(one.stands == "waiting" for one in items)


def _bound(resolution, claim):
    return f"postponement|{resolution}|{claim}"
