"""The committee's word on a claim: one types what a meeting resolved, a second one confirms it, and what it rests on is frozen.

Only what the rules give is granted, or less with a reason; where they leave the sum to a meeting, up to their maximum. At the second
one's word everything is counted anew under the write lock: what has changed since it was typed is said, and decided by nobody.
"""

import json

from db import database
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import (
    appeals,
    claim_cases,
    claim_payees,
    claim_people,
    claim_states,
    claims,
    membership_acts,
)
from pwa.domain.fund import decided as frozen_decisions
from pwa.domain.fund.answers import ENTITLED
from pwa.domain.fund.freezing import frozen
from pwa.domain.review import abstentions, claim_bars, resolutions, urgent_money
from pwa.domain.text import money, wording

LONGEST = 500
NO_CERTIFICATE = N_("The zone leader has taken the certificate back. There is nothing to decide about.")
NOTHING_GIVEN = N_("The rules give nothing here, so it cannot be granted. What stands in the way is told below.")
NOT_KNOWN = N_("Something is not known that decides. Send the claim back to whoever recorded it.")
HOW_MUCH = N_("The regulation leaves the sum to the meeting. Write how much.")
TOO_MUCH = N_("The rules give at most %(baht)s baht.")
WHY_OTHER = N_("Write why it is another sum than the rules give.")
WHY_NOT = N_("Write the reason, the member will read it.")
TOO_EARLY = N_("The meeting was before the claim was recorded. Check the date of the meeting.")
CHANGED = N_("Since this was typed the sum has changed, from %(before)s to %(now)s baht. Have it typed anew.")
TYPED_ANEW = N_("The resolution was typed anew meanwhile. Open the page again and look at it.")


def propose(claim, *, accepted, board, meeting, resolved_on, by, at, amount_satang=None, reason=""):
    """Type what a meeting resolved about a claim; None for the amount takes what the rules give. The same twice changes nothing."""
    sitting = resolutions.sitting(board, meeting, resolved_on, at=at)
    reason = wording.said(reason, asked="" if accepted else WHY_NOT, longest=LONGEST)
    with database.atomic():
        one = claims.of(claim)
        must_be_theirs(one, "propose", by)
        known, filed_on = known_of(one)
        if resolved_on < filed_on:
            raise Refusal(TOO_EARLY, field="resolved_on")
        amount = worth(known.answer, amount_satang, reason) if accepted else 0
        said = json.dumps({"accepted": accepted, "reason": reason, "by_rules": by_rules_of(known)}, ensure_ascii=False)
        resolution = resolutions.of(claim.fund, sitting, by=by, at=at)
        if _is_same(one, by, said, resolution, amount):
            return
        abstentions.note(resolution, one, at=at)
        if accepted:
            claim_bars.must_be_free(one)
        claims.act(claim, "propose", by=by, at=at, said=said, resolution=resolution, amount_satang=amount)


def confirm(claim, *, agrees, seen, by, at, device=None, reason=""):
    """The second one's word on what was typed; `seen` is the number of the act that they read. The same twice changes nothing."""
    reason = wording.said(reason, longest=LONGEST)
    with database.atomic():
        one = claims.of(claim)
        typed, last = one.last("propose", "urge"), one.acts[-1] if one.acts else None
        if typed is None:
            raise NotFound
        if last.kind in claim_people.SECOND and (last.account_id, last.n) == (by.id, seen + 1):
            return
        if typed.n != seen:
            raise Refusal(TYPED_ANEW)
        said = json.loads(claims.said_of(typed))
        kind = "object" if not agrees else "grant" if said["accepted"] else "refuse"
        must_be_theirs(one, kind, by, device)
        if kind == "object":
            claims.act(claim, kind, by=by, at=at, said=reason or None)
            return
        known, _ = known_of(one)
        now = by_rules_of(known)
        if now != said["by_rules"]:
            raise Refusal(CHANGED, before=baht(said["by_rules"]), now=baht(now))
        if kind == "grant":
            claim_bars.must_be_free(one)
            worth(known.answer, typed.amount_satang, said["reason"])
        abstentions.note(typed.resolution, one, at=at)
        if typed.kind == "urge":
            urgent_money.must_be_within(known, typed.amount_satang)
        kept = _frozen(one, known, said, typed.amount_satang)
        claims.act(
            claim, kind, by=by, at=at, said=kept, resolution=typed.resolution_id, amount_satang=typed.amount_satang
        )
        if kind == "grant" and known.benefit.ends_membership and known.membership:
            about = dict(why="deceased", first=known.event_on, resolution=typed.resolution)
            membership_acts.end(known.membership, by=by, at=at, **about)


def reopen(claim, *, reason, by, at):
    """Take a decided claim to a meeting again, by an appeal or because it was wrong; not once money has been paid on it."""
    reason = wording.said(reason, asked=N_("Write why it goes to a meeting again."), field="reason", longest=LONGEST)
    with database.atomic():
        one = claims.of(claim)
        last = one.acts[-1]
        if last.kind == "reopen" and (last.account_id, claims.said_of(last)) == (by.id, reason):
            return
        must_be_theirs(one, "reopen", by)
        if set(one.payments.values()) - {"due"} or one.last("claw_back"):
            raise Refusal(N_("Money was paid on this already, or is being paid. Have it brought back first."))
        claims.act(claim, "reopen", by=by, at=at, said=reason)


def take_up(claim, *, by, at):
    """Put a claim on the agenda again because its member has appealed; a meeting decides it anew. The same twice changes nothing."""
    with database.atomic():
        one = claims.of(claim)
        found = appeals.right(one)
        if found is None or found.appeal is None:
            if appeals.last(one) and one.state in claim_states.OPEN:
                return
            raise NotFound
        reopen(claim, reason=appeals.said_of(found.appeal), by=by, at=at)


def typed(one):
    """What was typed and waits for a second one, {accepted, reason, amount_satang, by, resolution, n, kind}; None where nothing does."""
    last = one.last("propose", "urge") if one.state in ("proposed", "urged") else None
    if last is None:
        return None
    said = json.loads(claims.said_of(last))
    about = {"by": last.account, "resolution": last.resolution, "n": last.n, "kind": last.kind}
    return said | about | {"amount_satang": last.amount_satang}


def decided(one):
    """The Decision that stands, as it was frozen; None where there is none."""
    return frozen_decisions.of(one.decision) if one.decision else None


def worth(answer, satang, reason):
    """What is granted, in satang: what the rules give, or the sum that was typed, within them. Raises Refusal at the field."""
    if answer is None or answer.missing:
        raise Refusal(NOT_KNOWN)
    if answer.outcome != ENTITLED and not _is_unpublished(answer):
        raise Refusal(NOTHING_GIVEN)
    if satang is None:
        satang = answer.amount_satang
    if satang is None:
        raise Refusal(HOW_MUCH, field="amount")
    most = limit(answer)
    if most is not None and satang > most:
        raise Refusal(TOO_MUCH, field="amount", baht=baht(most))
    if satang != answer.amount_satang and not reason:
        raise Refusal(WHY_OTHER, field="reason")
    return satang


def shared(satang, weights):
    """A sum in parts by their weights: whole satang, rounded down, what is left over goes to the first."""
    whole = sum(weights)
    parts = [satang * one // whole for one in weights]
    return [parts[0] + satang - sum(parts), *parts[1:]]


def limit(answer):
    """The most that may be granted, in satang; None where the regulation names no limit at all."""
    if answer.amount_satang is not None:
        return answer.amount_satang
    if answer.max_satang is not None:
        return answer.max_satang
    return min((one.left_satang for one in answer.conditions if one.left_satang is not None), default=None)


def _is_unpublished(answer):
    """Whether nothing is missing but a number that the regulation does not give, so that a meeting says it."""
    return answer.outcome == "undecided" and all(one.passed for one in answer.conditions)


def must_be_theirs(one, kind, by, device=None):
    why = claim_people.objection(by, one, kind, device=device)
    if why:
        raise Refusal(why)


def known_of(one):
    """(Proposal, day of recording) of the entry that counts."""
    try:
        payload, filed_on, _ = claims.told(one.claim)
    except NotFound:
        raise Refusal(NO_CERTIFICATE) from None
    return claim_cases.proposal(payload, filed_on=filed_on), filed_on


def by_rules_of(known):
    return known.answer.amount_satang if known.answer else None


def _is_same(one, by, said, resolution, amount):
    last = one.acts[-1] if one.acts else None
    if last is None or last.kind != "propose":
        return False
    told = last.account_id, claims.said_of(last), last.resolution_id, last.amount_satang
    return told == (by.id, said, resolution.id, amount)


def _frozen(one, known, said, amount):
    """The decision with all that it rests on. A sum that a meeting set is what its caps have used."""
    payload, _, _ = claims.told(one.claim)
    uses = used(known.answer.uses, amount) if said["accepted"] else ()
    return frozen(
        {
            "accepted": said["accepted"],
            "benefit": payload["benefit"],
            "amount_satang": amount,
            "reason": said["reason"],
            "case": known.case,
            "answer": known.answer,
            "uses": uses,
            "payees": _payees(payload["payees"], amount, claim_payees.arrears(known, amount))
            if said["accepted"]
            else [],
        }
    )


def used(uses, satang):
    """What a decision of this sum takes from its caps."""
    if not uses:
        return ()
    more = satang - sum(part.satang for part in uses)
    return (uses[0]._replace(satang=uses[0].satang + more), *uses[1:])


def _payees(told, amount, arrears):
    """Each payee with their part: whole satang, rounded down, what is left over goes to the first; arrears are taken off by the same."""
    parts, off = (shared(satang, [one["share"] for one in told]) for satang in (amount, arrears))
    named = ("type", "person", "name", "how", "bank_account")
    return [
        {name: one[name] for name in named if name in one} | {"satang": satang} | ({"deducted": less} if less else {})
        for one, satang, less in zip(told, parts, off, strict=True)
    ]


def baht(satang):
    return "—" if satang is None else money.figures(satang)
