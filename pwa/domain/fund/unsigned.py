"""Payments for which nobody signed yet, or otherwise than they were paid."""

from db.models import Claim, ClaimAct, Fund
from pwa.domain.fund import claim_lists, claim_payments, claim_states, payouts
from pwa.domain.places import units


def of(account):
    """[Payment] of the funds where this account may pay, by the day of the event."""
    reach = units.within(account, *claim_states.PAYMENT["receive"].roles)
    return among(Claim.fund.in_(Fund.select(Fund.id).where(Fund.unit.in_(reach))))


def among(*conditions):
    """[Payment] that were paid and did not come back, of the granted claims that fulfil the conditions, and that nobody signed for."""
    paid = ClaimAct.select(ClaimAct.claim).where(ClaimAct.kind == "pay")
    rows = claim_lists.rows(*conditions, Claim.id.in_(paid), claim_lists.stands(("granted",)), most=None)
    made = [each for row in rows for each in claim_payments.of(row) if each.voucher]
    doubted = payouts.doubts([one.voucher for one in made])
    return [one for one in made if one.state == "paid" or one.voucher.id in doubted]
