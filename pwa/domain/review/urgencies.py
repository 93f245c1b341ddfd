"""The first of two of the committee agrees to what cannot wait for a meeting; the second one confirms it as any resolution."""

import json

from db import database
from pwa.domain.fund import claims
from pwa.domain.review import claim_bars, claim_decisions, urgent_money
from pwa.domain.text import wording


def urge(claim, *, by, at, on, amount_satang=None, reason=""):
    """Agree to what the rules give, as far as may be given before a meeting, or to less with a reason. The same twice changes nothing."""
    reason = wording.said(reason, longest=claim_decisions.LONGEST)
    with database.atomic():
        one = claims.of(claim)
        claim_decisions.must_be_theirs(one, "urge", by)
        known, _ = claim_decisions.known_of(one)
        by_rules = claim_decisions.by_rules_of(known)
        if amount_satang is None and by_rules is not None:
            amount_satang, reason = urgent_money.as_much(known, reason)
        amount = claim_decisions.worth(known.answer, amount_satang, reason)
        urgent_money.must_be_within(known, amount)
        claim_bars.must_be_free(one)
        said = json.dumps({"accepted": True, "reason": reason, "by_rules": by_rules}, ensure_ascii=False)
        last = one.acts[-1]
        if last.kind == "urge" and (last.account_id, claims.said_of(last), last.amount_satang) == (by.id, said, amount):
            return
        resolution = urgent_money.resolution(claim.fund, by=by, at=at, on=on)
        claims.act(claim, "urge", by=by, at=at, said=said, resolution=resolution, amount_satang=amount)
