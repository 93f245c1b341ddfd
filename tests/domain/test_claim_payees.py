"""Who is given the money: nobody who died, no minor alone, another only by resolution; and arrears that stay in the fund."""

from dataclasses import replace

import pytest

from pwa.domain import Refusal
from pwa.domain.fund import (
    claim_changes,
    claim_payees,
    claim_payments,
    claims,
    deaths,
    decided,
    membership_acts,
    reclaims,
    versions,
)
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from pwa.domain.review import claim_reviews
from tests.claim_paying import BANK, HAND, pay, payment
from tests.claiming import AT, TODAY, confirmed, death, looked_at, member, owner, sitting, typed, urgent, visited
from tests.claiming import decided as granted
from tests.collecting import balances


def kept():
    return [words for promise in claim_promises.OF_CLAIMS for words in promise()]


def held(one, treasurer, payee=0):
    claim_payments.hold(payment(one, payee), by=treasurer, at=AT)
    return payment(one, payee)


def test_a_payee_who_died_between_list_and_payment_is_paid_nothing(treasurer):
    one = granted()
    visited(owner(gone="died", gone_on=TODAY.isoformat()))
    with pytest.raises(Refusal, match="has died"):
        pay(held(one, treasurer), treasurer)
    assert payment(one).voucher is None and balances()[HAND] == 100000
    claim_payments.release(payment(one), by=treasurer, at=AT)
    after = looked_at(one, "redirect", payee=0, named="ดวงใจ ตัวอย่าง", reason="ผู้รับเสียชีวิต")
    now = payment(after)
    assert (now.to["name"], now.to["instead_of"], now.satang) == ("ดวงใจ ตัวอย่าง", "บุญมี ตัวอย่าง", 60000)
    assert now.resolution.meeting == "13/2569"
    assert pay(held(after, treasurer), treasurer).payee == "ดวงใจ ตัวอย่าง" and kept() == []


def test_a_minor_does_not_take_it_alone(treasurer):
    one = granted()
    visited(owner(birth_date="2006-11-29"))
    with pytest.raises(Refusal, match="under 20"):
        pay(held(one, treasurer), treasurer)
    to = payment(one).to
    assert claim_payees.trouble(to, on=TODAY) == claim_payees.MINOR
    visited(owner(birth_date="2006-11-28"))
    assert claim_payees.trouble(to, on=TODAY) is None


def test_only_who_waits_to_be_paid_is_replaced_and_by_a_name(treasurer):
    one = granted()
    for about, field in ((dict(payee=7, named="x"), "payee"), (dict(payee=0, named=" "), "named")):
        with pytest.raises(Refusal) as refused:
            claim_reviews.propose(one.claim, outcome="redirect", **sitting(reason="หาไม่พบ", **about))
        assert refused.value.field == field
    pay(held(one, treasurer), treasurer)
    with pytest.raises(Refusal):
        claim_reviews.propose(one.claim, outcome="redirect", **sitting(reason="หาไม่พบ", payee=0, named="x"))


def test_a_death_closes_the_membership_from_its_day_and_the_decision_stays_the_same(app):
    one = urgent()
    (end,) = membership_acts.of([member().id])[member().id].rows
    assert (end.kind, end.why, end.first, end.resolution) == (
        "end",
        "deceased",
        one.claim.event_on,
        one.decision.resolution,
    )
    assert claim_changes.of(claims.of(one.claim)) is None and kept() == []
    assert deaths.among([member().person])
    membership_acts.undo(end, by=accounts.named("registrar"), at=AT, on=TODAY, reason="แจ้งผิดคน")
    assert not deaths.among([member().person])


@pytest.fixture
def deducting(monkeypatch):
    """The fund's regulation takes arrears off death money."""
    known = versions.effective(versions.fund_of("F1"))
    changed = [
        replace(one, benefits=one.benefits | {"death": replace(one.benefits["death"], deducts_arrears=True)})
        for one in known
    ]
    monkeypatch.setattr(versions, "effective", lambda fund: changed)


def test_arrears_stay_in_the_fund_as_contributions(treasurer, deducting):
    """Paid through October at 30 a month, died on 20 November: 10,000 less 30. Two payees: 4,985 leave for each."""
    payees = [{"type": "other", "name": name, "share": 50, "how": "cash"} for name in ("ก", "ข")]
    one = confirmed(typed(death(payees=payees)))
    assert [(to["satang"], to["deducted"]) for to in decided.of(one.decision).payees] == [(500000, 1500)] * 2
    before = balances()
    paper = pay(held(one, treasurer), treasurer, source=BANK)
    assert paper.amount_satang == payment(one).net == 498500
    after = balances()
    moved = {code: after.get(code, 0) - before.get(code, 0) for code in after if after.get(code) != before.get(code)}
    assert moved[BANK] == -498500 and moved["5004 benefit"] == 500000
    assert sum(satang for code, satang in moved.items() if code.startswith("4010")) == -1500
    assert kept() == []
    claim_payments.bring_back(payment(one), reason="หาไม่พบ", by=treasurer, at=AT, today=TODAY)
    assert {code: satang for code, satang in balances().items() if satang} == {
        code: satang for code, satang in before.items() if satang
    }


def test_nobody_brings_back_more_than_they_were_given(treasurer, deducting):
    one = confirmed(typed(death(), amount_satang=400000, reason="ให้ก่อน"))
    pay(held(one, treasurer), treasurer, source=BANK)
    after = looked_at(one, "claw_back", amount_satang=0, reason="ไม่ใช่สมาชิก")
    assert reclaims.of(after) == {0: 397000} and balances()["1300"] == 397000 and kept() == []
