"""What is to be brought back: repaid into a hand or a bank, in parts, or waived; counted by hand."""

import uuid

import pytest

from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claim_payments, claims, reclaims
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from tests.claim_paying import BANK, HAND, paid, payment
from tests.claiming import AT, TODAY, looked_at
from tests.collecting import balances


def owed(treasurer):
    one, _ = paid(treasurer)
    return looked_at(one, "claw_back", amount_satang=0, reason="ที่ประชุมไม่รับรอง")


def bring(one, satang, by, into=HAND, command_id=None):
    debt = reclaims.get(one.claim.id, 0, seen_by=by)
    about = dict(into=into, on=TODAY, ground="คืนเงินสวัสดิการ", command_id=command_id or uuid.uuid4())
    return reclaims.repay(debt, satang, by=by, at=AT, today=TODAY, **about)


def kept():
    return [words for promise in claim_promises.OF_CLAIMS for words in promise()]


def test_it_comes_back_in_parts_into_hand_and_bank(treasurer):
    """400 were left in the hand; 250 come into it, 350 to the bank: nothing is owed any more."""
    one = owed(treasurer)
    before = balances()[BANK]
    command = uuid.uuid4()
    first = bring(one, 25000, treasurer, command_id=command)
    assert bring(one, 25000, treasurer, command_id=command) == first
    assert (balances()[HAND], balances()["1300"]) == (65000, 35000)
    second = bring(one, 35000, treasurer, into=BANK)
    assert (balances()[BANK] - before, balances().get("1300", 0), second.n) == (35000, 0, first.n + 1)
    assert reclaims.of(claims.of(one.claim)) == {} and reclaims.waiting(treasurer) == [] and kept() == []


@pytest.mark.parametrize(
    "satang, into, field", [(60001, HAND, "amount"), (0, HAND, "amount"), (100, "1000-volunteer", "source")]
)
def test_what_cannot_have_come_back_is_refused(treasurer, satang, into, field):
    one = owed(treasurer)
    with pytest.raises(Refusal) as refused:
        bring(one, satang, treasurer, into=into)
    assert refused.value.field == field and balances()["1300"] == 60000


def test_who_decided_does_not_take_it_and_others_do_not_find_it(treasurer):
    one = owed(treasurer)
    with pytest.raises(Refusal):
        bring(one, 100, accounts.named("committee-2"))
    with pytest.raises(NotFound):
        reclaims.get(one.claim.id, 0, seen_by=accounts.named("treasurer-2"))
    assert reclaims.waiting(accounts.named("treasurer-2")) == []


def test_a_meeting_waives_what_is_left(treasurer):
    one = owed(treasurer)
    bring(one, 20000, treasurer)
    after = looked_at(one, "waive", payee=0, reason="ครอบครัวยากไร้")
    assert (balances().get("1300", 0), balances()["5002 benefit"], balances()[HAND]) == (0, 40000, 60000)
    assert reclaims.of(after) == {} and kept() == []


def test_what_is_to_be_brought_back_is_not_brought_back_as_undelivered_too(treasurer):
    one = owed(treasurer)
    with pytest.raises(Refusal, match="as repaid"):
        claim_payments.bring_back(payment(one), reason="x", by=treasurer, at=AT, today=TODAY)
