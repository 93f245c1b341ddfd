"""Urgent money: two of the committee, each on their own device, within what the regulation lets them."""

import pytest

from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import claim_payments, claims, decided
from pwa.domain.people import accounts
from pwa.domain.review import agendas, claim_decisions, urgencies, urgent_money
from tests.claim_paying import payment
from tests.claiming import AT, TODAY, certified, confirmed, death, stay, typed, urged, urgent


def test_two_of_the_committee_grant_it_and_it_is_payable_at_once(app):
    one = urgent()
    assert (one.state, [act.kind for act in one.acts]) == ("granted", ["certify", "urge", "grant"])
    said = one.decision.resolution
    assert (said.board, said.meeting, said.resolved_on) == (urgent_money.BOARD, "1/2569", TODAY)
    assert decided.of(one.decision).amount_satang == 1_000_000 and urgent_money.is_urgent(one)
    assert [each.satang for each in claim_payments.waiting(accounts.named("treasurer"))] == [1_000_000]
    assert payment(one).resolution == said


def test_one_alone_or_on_one_phone_is_not_enough_and_the_registrar_is_none_of_them(app):
    one, committee, second = urged(), accounts.named("committee"), accounts.named("committee-2")
    phone = Phone(committee, at=AT).device.id
    for by, device in ((committee, None), (second, phone), (accounts.named("registrar"), None)):
        with pytest.raises(Refusal):
            claim_decisions.confirm(one.claim, agrees=True, seen=2, by=by, at=AT, device=device)
    assert confirmed(one).state == "granted"


def test_the_same_twice_is_once_and_the_next_has_the_next_number(app):
    one = urged()
    urgencies.urge(one.claim, by=accounts.named("committee"), at=AT, on=TODAY)
    assert len(claims.of(one.claim).acts) == 2
    claim_decisions.confirm(one.claim, agrees=False, seen=2, by=accounts.named("committee-2"), at=AT, reason="รอประชุม")
    assert claims.of(one.claim).state == "certified"
    urgencies.urge(one.claim, by=accounts.named("committee-2"), at=AT, on=TODAY)
    assert claims.of(one.claim).acts[-1].resolution.meeting == "2/2569"


def test_what_is_not_among_the_urgent_benefits_waits_for_a_meeting(app):
    claim = certified(stay()).claim
    with pytest.raises(Refusal) as refused:
        urgencies.urge(claim, by=accounts.named("committee"), at=AT, on=TODAY)
    assert (
        str(refused.value.sentence if hasattr(refused.value, "sentence") else refused.value) == urgent_money.NOT_URGENT
    )


def test_less_may_be_given_with_a_reason_and_never_more(app):
    claim = certified(death()).claim
    committee = accounts.named("committee")
    for satang, reason in ((1_000_001, "x"), (500_000, "")):
        with pytest.raises(Refusal):
            urgencies.urge(claim, by=committee, at=AT, on=TODAY, amount_satang=satang, reason=reason)
    urgencies.urge(claim, by=committee, at=AT, on=TODAY, amount_satang=500_000, reason="ค่าจัดงานก่อน")
    assert claims.of(claim).acts[-1].amount_satang == 500_000


def test_a_meeting_may_take_it_over_before_a_second_one_agrees(app):
    one = urged()
    agenda = agendas.of(one.claim.fund, accounts.named("committee-2"))
    assert [item.claim for item in agenda.to_confirm] == [one.claim]
    assert typed(death()).state == "proposed"
    assert not urgent_money.is_urgent(confirmed(claims.of(one.claim)))
