"""A list of what falls due by the calendar at a meeting: one types what was resolved about all of it, a second one confirms it.

Each line is decided as every claim is. Who has died since is given nothing together with the others: the meeting looks at them alone.
"""

import hashlib
from dataclasses import dataclass

from db import database
from db.models import Resolution
from pwa.domain import N_, Refusal
from pwa.domain.fund import batches, claim_people
from pwa.domain.review import attendance, claim_decisions, sittings

OTHER_FUND = N_("This sitting is of another fund.")
NOTHING = N_("Nobody on this list waits for your word.")


@dataclass(frozen=True)
class Waiting:
    """What this account may do about a list: `to_type` and `to_confirm` are lines, `kept_out` those of their own household or word."""

    to_type: list
    to_confirm: list
    kept_out: list

    @property
    def typed(self):
        """The act by which the first line that waits was typed, or None."""
        return self.to_confirm[0].row.standing.last("propose") if self.to_confirm else None

    @property
    def satang(self):
        """What was typed comes to."""
        return sum(one.row.standing.last("propose").amount_satang for one in self.to_confirm)


def of(lines, account, *, device=None):
    """What of these lines waits for this account."""
    asked = claim_people.Objections([one.row.standing for one in lines])
    parts = {"certified": [], "proposed": []}
    kept_out = []
    for one in lines:
        if one.is_dead or one.state not in parts:
            continue
        kind = "propose" if one.state == "certified" else "grant"
        may = asked.to(account, one.row.standing, kind, device=device) is None
        (parts[one.state] if may else kept_out).append(one)
    return Waiting(parts["certified"], parts["proposed"], kept_out)


def mark(lines):
    """Names the lines as they are shown: which, and what happened to each last."""
    told = "\n".join(sorted(f"{one.claim.id}:{one.n}" for one in lines))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def propose(batch, resolution, *, seen, by, at):
    """Type that a sitting granted everybody on a list, as it was shown, what the rules give. All of them, or none."""
    sitting = {name: getattr(resolution, name) for name in ("board", "meeting", "resolved_on")}
    with database.atomic():
        _must_be_held(batch, resolution)
        chosen = of(batches.lines(batch), by).to_type
        _must_be_seen(chosen, seen)
        for one in chosen:
            claim_decisions.propose(one.claim, accepted=True, by=by, at=at, **sitting)


def confirm(batch, *, agrees, seen, by, at, device=None, reason=""):
    """The second one's word on all that was typed about a list, as it was shown. All of them, or none."""
    with database.atomic():
        chosen = of(batches.lines(batch), by, device=device).to_confirm
        _must_be_seen(chosen, seen)
        for one in chosen:
            about = dict(by=by, at=at, device=device, reason=reason)
            claim_decisions.confirm(one.claim, agrees=agrees, seen=one.n, **about)


def running(batch):
    """[Resolution] of the sittings at which this list may be taken up: the last day's."""
    return sittings.running(batch.fund)


def _must_be_held(batch, resolution: Resolution):
    if resolution.fund_id != batch.fund_id:
        raise Refusal(OTHER_FUND, field="sitting")
    if not sittings.is_running(resolution):
        raise Refusal(N_("There was a later sitting already. What waits is decided there."), field="sitting")
    attendance.must_suffice(resolution)


def _must_be_seen(chosen, seen):
    if not chosen:
        raise Refusal(NOTHING)
    if mark(chosen) != seen:
        raise Refusal(batches.CHANGED)
