"""Paying what was granted: once, by who may, with one voucher, and back where it could not be given."""

import threading
import uuid

import pytest

import db
from db.models import Account, ClaimAct, ClaimStanding, Voucher
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claim_payments, undoings
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.review import claim_decisions
from tests.claim_paying import BANK, HAND, paid, pay, payment
from tests.claiming import AT, TODAY, decided, member, stay
from tests.collecting import balances


def test_it_is_held_paid_and_signed(treasurer):
    granted = decided()
    assert [one.state for one in claim_payments.waiting(treasurer)] == ["due"]
    for _ in range(2):
        claim_payments.hold(payment(granted), by=treasurer, at=AT)
    assert (payment(granted).state, payment(granted).held_by) == ("paying", treasurer)
    paper = pay(payment(granted), treasurer)
    assert (paper.amount_satang, paper.payee, payment(granted).state) == (60000, "บุญมี ตัวอย่าง", "paid")
    assert (balances()["5002 benefit"], balances()[HAND]) == (60000, 40000)
    for _ in range(2):
        claim_payments.receive(payment(granted), by=treasurer, at=AT)
    assert (payment(granted).state, claim_payments.waiting(treasurer)) == ("received", [])
    with pytest.raises(Refusal):
        claim_payments.bring_back(payment(granted), reason="x", by=treasurer, at=AT, today=TODAY)


def test_what_is_paid_to_all_is_looked_at_no_more_until_it_comes_back(treasurer):
    granted, _ = paid(treasurer)
    kept = ClaimStanding.get(ClaimStanding.claim == granted.claim)
    assert (kept.state, kept.is_due, claim_payments.promised(granted.claim.fund)) == ("granted", False, 0)
    claim_payments.bring_back(payment(granted), reason="ไม่อยู่บ้าน", by=treasurer, at=AT, today=TODAY)
    assert [one.claim for one in claim_payments.waiting(treasurer)] == [granted.claim]
    assert claim_payments.promised(granted.claim.fund) == 60000


def test_the_command_sent_twice_is_one_payment(treasurer):
    granted, command = decided(), uuid.uuid4()
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    first = pay(payment(granted), treasurer, command_id=command)
    assert pay(payment(granted), treasurer, command_id=command) == first
    with pytest.raises(Refusal):
        pay(payment(granted), treasurer, source=BANK, command_id=command)
    with pytest.raises(Refusal):
        pay(payment(granted), treasurer)
    assert ClaimAct.select().where(ClaimAct.kind == "pay").count() == 1


def test_nobody_pays_what_another_is_paying(treasurer):
    other = accounts.add("treasurer-9", name="สมพร", unit=units.get("M01"), role="treasurer", at=AT)
    granted = decided()
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    for verb in (
        lambda: claim_payments.hold(payment(granted), by=other, at=AT),
        lambda: pay(payment(granted), other, BANK),
    ):
        with pytest.raises(Refusal):
            verb()
    claim_payments.release(payment(granted), by=other, at=AT)
    assert payment(granted).state == "due"
    with pytest.raises(Refusal):
        pay(payment(granted), treasurer)


def test_two_treasurers_at_once_pay_once(treasurer):
    other = accounts.add("treasurer-9", name="สมพร", unit=units.get("M01"), role="treasurer", at=AT)
    one, gate, said = payment(decided()), threading.Barrier(2), []

    def go(by):
        with db.database.connection_context():
            gate.wait()
            try:
                claim_payments.hold(one, by=by, at=AT)
                said.append(pay(one, by, BANK).n)
            except Refusal as refused:
                said.append(refused)

    threads = [threading.Thread(target=go, args=(by,)) for by in (treasurer, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, Refusal) for one in said) == 1
    assert balances()["5002 benefit"] == 60000


def test_no_hand_pays_more_than_it_holds(treasurer):
    granted = decided()
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    with pytest.raises(Refusal):
        pay(payment(granted), treasurer, source="1000-zone-leader")
    assert payment(granted).state == "paying" and Voucher.select().count() == 2


@pytest.mark.parametrize("source", [HAND, BANK])
def test_what_could_not_be_given_is_back_and_due_again(treasurer, source):
    before = balances()
    granted, _ = paid(treasurer, source)
    with pytest.raises(Refusal):
        claim_payments.bring_back(payment(granted), reason=" ", by=treasurer, at=AT, today=TODAY)
    for _ in range(2):
        claim_payments.bring_back(payment(granted), reason="ไม่อยู่บ้าน", by=treasurer, at=AT, today=TODAY)
    assert (payment(granted).state, balances()) == ("due", before)
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    pay(payment(granted), treasurer)
    assert balances()["5002 benefit"] == 60000


def test_its_voucher_is_undone_at_the_claim_only(treasurer):
    _, paper = paid(treasurer)
    with pytest.raises(Refusal, match="paid a claim"):
        undoings.ask(paper.transaction, "ผิด", by=treasurer, at=AT)


def test_what_was_paid_is_not_decided_anew(treasurer):
    granted, _ = paid(treasurer)
    with pytest.raises(Refusal):
        claim_decisions.reopen(granted.claim, reason="อุทธรณ์", by=accounts.named("registrar"), at=AT)


def test_each_payee_is_paid_apart_and_strangers_are_none(treasurer):
    payees = [{"type": "other", "name": name, "share": 50, "how": "cash"} for name in ("สมชาย ใจดี", "สมหญิง ใจดี")]
    granted = decided(stay(payees=payees))
    claim_payments.hold(payment(granted, 1), by=treasurer, at=AT)
    pay(payment(granted, 1), treasurer)
    assert [payment(granted, n).state for n in (0, 1)] == ["due", "paid"]
    assert claim_payments.promised(granted.claim.fund) == 30000
    with pytest.raises(NotFound):
        claim_payments.get(granted.claim.id, 2, seen_by=treasurer)


def test_the_treasurers_house_is_paid_by_the_committee(treasurer):
    granted = decided()
    Account.update(person=member().person).where(Account.id == treasurer.id).execute()
    with pytest.raises(Refusal):
        claim_payments.hold(payment(granted), by=accounts.named("treasurer"), at=AT)
    claim_payments.hold(payment(granted), by=accounts.named("committee"), at=AT)
    assert pay(payment(granted), accounts.named("committee"), BANK).source.code == BANK
