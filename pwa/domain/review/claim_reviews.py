"""A meeting looks at a grant anew: urgent money to be confirmed, or something that changed under a decision. It stays, there is more,
or money is brought back; one types it, a second one confirms it, and the claim goes on under a decision frozen anew.
"""

import json

from db import database
from db.models import Claim, ClaimAct, ClaimStanding
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import (
    claim_cases,
    claim_changes,
    claim_lists,
    claim_looks,
    claim_people,
    claims,
    deaths,
    decided,
    due_claims,
    reclaims,
)
from pwa.domain.review import attendance, claim_decisions, grant_changes, resolutions, urgent_money
from pwa.domain.review.claim_decisions import CHANGED, LONGEST, TYPED_ANEW
from pwa.domain.text import wording

OUTCOMES = {
    "uphold": N_("It stays as it was granted"),
    "top_up": N_("More is given"),
    "claw_back": N_("Money is brought back, or not paid out"),
    "redirect": N_("Somebody else is paid for a payee"),
    "waive": N_("What is still owed need not be brought back"),
}
NO_OUTCOME = N_("Say what the meeting resolved.")
WHOM = N_("Write who is paid instead.")
WHY = N_("Write the reason, the member will read it.")


def why(one):
    """(whether urgent money waits to be confirmed, the Change under the decision or None); (False, None): nothing to look at."""
    return urgent_money.is_urgent(one), claim_changes.of(one)


def waiting(fund):
    """[claim_lists.Row] of what a meeting looks at: urgent money to be confirmed, and decisions under which something changed."""
    urged = ClaimAct.select(ClaimAct.claim).where(ClaimAct.kind == "urge")
    named = Claim.id.in_(urged) | Claim.id.in_(claim_looks.due()) | (Claim.id.in_(_unpaid(fund)) & _has_died())
    rows = claim_lists.rows(Claim.fund == fund, named, claim_lists.stands(("granted", "refused")), most=None)
    changed = {claim for (claim,) in claim_looks.due().tuples()} if rows else set()
    died = _died([row.claim.id for row in rows])
    return [
        row
        for row in rows
        if row.claim.id in changed
        or urgent_money.is_urgent(row.standing)
        or (row.claim.id in died and due(row.standing))
    ]


def died_unpaid(one):
    """Whether a list would pay somebody who has died since the meeting decided on it: paid to nobody, and a meeting's again."""
    return one.state == "granted" and bool(_died([one.claim.id]) and due(one))


def _has_died():
    """Condition: a claim stands on a list, and whose right it is has died."""
    return due_claims.on_a_list() & deaths.is_dead(Claim.person)


def _died(ids):
    """Those of these claims (ids) of which that is so."""
    return (
        {claim for (claim,) in Claim.select(Claim.id).where(Claim.id.in_(ids), _has_died()).tuples()} if ids else set()
    )


def possible(one):
    """[outcome] of what a meeting may resolve about a grant now."""
    return [
        "uphold",
        "waive" if reclaims.of(one) else "top_up",
        "claw_back",
        *(["redirect"] if due(one) and not died_unpaid(one) else []),
    ]


def due(one):
    """[(number, name)] of the payees of a grant who wait to be paid."""
    if one.state != "granted":
        return []
    told = enumerate(decided.of(one.decision).payees)
    return [(number, to["name"]) for number, to in told if to["satang"] and one.payment(number) == "due"]


def typed(one):
    """What was typed and waits for a second one, {outcome, reason, payee, amount_satang, by, resolution, n}; None where nothing does."""
    last = one.last("review") if one.review else None
    if last is None:
        return None
    about = {"by": last.account, "resolution": last.resolution, "n": last.n, "amount_satang": last.amount_satang}
    return json.loads(claims.said_of(last)) | about


def resolve(claim, *, board, meeting, resolved_on, by, at, **said):
    """The same at a sitting of which it is written who was present, and that enough of them were."""
    sitting = resolutions.sitting(board, meeting, resolved_on, at=at)
    with database.atomic():
        attendance.must_suffice(resolutions.of(claim.fund, sitting, by=by, at=at))
        propose(claim, by=by, at=at, **sitting, **said)


def propose(
    claim, *, outcome, board, meeting, resolved_on, by, at, amount_satang=None, payee=None, named="", reason=""
):
    """Write that a meeting resolved this about a grant. The amount is the whole sum from now on. The same twice changes nothing."""
    sitting = resolutions.sitting(board, meeting, resolved_on, at=at)
    if outcome not in OUTCOMES:
        raise Refusal(NO_OUTCOME, field="outcome")
    reason = wording.said(reason, asked="" if outcome == "uphold" else WHY, field="reason", longest=LONGEST)
    with database.atomic():
        one = claims.of(claim)
        _must_be_theirs(one, "review", by)
        known = _known(one)
        amount = grant_changes.JUDGED[outcome](one, known, amount_satang, payee)
        told = {"outcome": outcome, "reason": reason, "payee": payee, "by_rules": _by_rules(known)}
        if outcome == "redirect":
            told["named"] = wording.said(named, asked=WHOM, field="named", longest=LONGEST)
        said = json.dumps(told, ensure_ascii=False)
        resolution = resolutions.of(claim.fund, sitting, by=by, at=at)
        last = one.acts[-1]
        same = (last.kind, last.account_id, last.resolution_id, last.amount_satang)
        if same == ("review", by.id, resolution.id, amount) and claims.said_of(last) == said:
            return
        claims.act(claim, "review", by=by, at=at, said=said, resolution=resolution, amount_satang=amount)


def confirm(claim, *, agrees, seen, by, at, on, device=None, reason=""):
    """The second one's word; `seen` is the number of the act that they read. The same twice changes nothing."""
    reason = wording.said(reason, longest=LONGEST)
    with database.atomic():
        one = claims.of(claim)
        first, last = one.last("review"), one.acts[-1]
        if first is None:
            raise NotFound
        if last.kind in claim_people.SECOND and (last.account_id, last.n) == (by.id, seen + 1):
            return
        if first.n != seen:
            raise Refusal(TYPED_ANEW)
        told = json.loads(claims.said_of(first))
        kind = told["outcome"] if agrees else "dissent"
        _must_be_theirs(one, kind, by, device)
        if not agrees:
            claims.act(claim, kind, by=by, at=at, said=reason or None)
            return
        known = _known(one)
        if _by_rules(known) != told["by_rules"]:
            raise Refusal(
                CHANGED, before=claim_decisions.baht(told["by_rules"]), now=claim_decisions.baht(_by_rules(known))
            )
        grant_changes.JUDGED[kind](one, known, first.amount_satang, told["payee"])
        grant_changes.DONE[kind](one, known, first, told, by=by, at=at, on=on)


def _unpaid(fund):
    waits = ClaimStanding.select(ClaimStanding.claim)
    return waits.where(ClaimStanding.fund == fund, ClaimStanding.is_due)


def _known(one):
    try:
        payload, filed_on, _ = claims.told(one.claim)
    except NotFound:
        return None
    return claim_cases.proposal(payload, filed_on=filed_on, used=claim_changes.used_before(one))


def _by_rules(known):
    return known.answer.amount_satang if known and known.answer else None


def _must_be_theirs(one, kind, by, device=None):
    found = claim_people.objection(by, one, kind, device=device)
    if found:
        raise Refusal(found)
