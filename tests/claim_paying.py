"""What tests of paying for claims share: where the money lies, one payment of a claim, and paying it."""

import uuid

from pwa.domain.fund import claim_lists, claim_payments, claims
from tests.claiming import AT, TODAY, decided

BANK = "1100-ธ.ก.ส.-4471"
HAND = "1000-treasurer"


def payment(standing, payee=0):
    return claim_payments.of(claim_lists.row_of(claims.of(standing.claim)))[payee]


def pay(one, by, source=HAND, command_id=None):
    about = dict(source=source, on=TODAY, ground="ค่าสวัสดิการ", command_id=command_id or uuid.uuid4())
    return claim_payments.pay(one, by=by, at=AT, today=TODAY, **about)


def paid(treasurer, source=HAND):
    granted = decided()
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    return granted, pay(payment(granted), treasurer, source)
