"""What payees say of the money that was paid to them: signed on a phone, waited for, doubted, never silently taken."""

import uuid

import pytest

from db.models import ClaimAct, PayoutReceipt, Unbooked
from pwa.domain import NotFound, Refusal
from pwa.domain.desk import tasks
from pwa.domain.fieldwork import kit_payouts
from pwa.domain.fund import bookings, claim_payments, member_payouts, payouts, unsigned
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.register import members
from tests.claim_paying import BANK, paid, pay, payment, signed
from tests.claiming import AT, TODAY, birth, decided, member


def test_who_signed_for_the_whole_sum_has_received_it(treasurer):
    granted, paper = paid(treasurer)
    entry = signed(paper)
    assert (entry.outcome, payment(granted).state, Unbooked.select().count()) == ("received", "received", 0)
    [told] = PayoutReceipt.select()
    assert (told.how, told.amount_satang, told.entry_id) == ("signature", 60000, entry.id)
    assert granted.claim.acts.where(ClaimAct.kind == "receive").get().entry_id == entry.id
    assert promises.check() == []


def test_a_second_word_joins_the_first(treasurer):
    granted, paper = paid(treasurer)
    for _ in range(2):
        signed(paper)
    claim_payments.receive(payment(granted), by=treasurer, at=AT)
    assert PayoutReceipt.select().count() == 2
    assert granted.claim.acts.where(ClaimAct.kind == "receive").count() == 1


def test_another_sum_is_told_and_never_taken(treasurer):
    granted, paper = paid(treasurer)
    signed(paper, received_satang=50000)
    now = payment(granted)
    assert (now.state, payouts.doubts([now.voucher])[paper.id].amount_satang) == ("paid", 50000)
    assert unsigned.of(treasurer) == [now] and tasks.payments(treasurer, at=AT)[0] == 1
    with pytest.raises(Refusal, match="says otherwise"):
        claim_payments.receive(now, by=treasurer, at=AT)
    signed(paper)
    assert payment(granted).state == "received" and payouts.doubts([paper]) == {}
    assert (unsigned.of(treasurer), tasks.payments(treasurer, at=AT)[0]) == ([], 0)


def test_less_said_after_the_signature_stands_in_doubt_again(treasurer):
    _, paper = paid(treasurer)
    signed(paper)
    signed(paper, received_satang=100)
    assert [one.voucher for one in unsigned.of(treasurer)] == [paper]


def test_what_could_not_be_given_is_told_with_its_reason_and_comes_back(treasurer):
    granted, paper = paid(treasurer)
    signed(paper, signature=None, not_given="ไปสามครั้งไม่พบ")
    word = payouts.doubts([paper])[paper.id]
    assert (word.how, payouts.told_by(word)["not_given"]) == ("not_given", "ไปสามครั้งไม่พบ")
    claim_payments.bring_back(payment(granted), reason="ไปสามครั้งไม่พบ", by=treasurer, at=AT, today=TODAY)
    assert payment(granted).state == "due" and unsigned.of(treasurer) == []
    late = signed(paper)
    assert Unbooked.get().reason == "came_back" and Unbooked.get().entry_id == late.id


def test_a_payment_that_nobody_knows_is_waited_for(treasurer):
    command = uuid.uuid4()
    entry = signed(command)
    assert (entry.outcome, Unbooked.get().reason) == ("received", "unknown_payment")
    granted = decided()
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    pay(payment(granted), treasurer, command_id=command)
    bookings.catch_up(at=AT, again=True)
    assert (payment(granted).state, Unbooked.select().count()) == ("received", 0)


def test_who_has_no_right_there_is_not_believed(treasurer):
    granted, paper = paid(treasurer)
    assert signed(paper, by="member").reason == "no_role"
    far = signed(paper, by="treasurer-2")
    assert (far.outcome, Unbooked.get(Unbooked.entry == far.id).reason) == ("received", "not_theirs")
    assert payment(granted).state == "paid"


@pytest.mark.parametrize("more", [{"signature": None}, {"not_given": "ไม่พบ"}, {"received_satang": 0}])
def test_half_a_word_is_none(treasurer, more):
    _, paper = paid(treasurer)
    assert signed(paper, **more).outcome == "quarantined"


def test_phones_know_whom_but_nothing_of_an_illness(treasurer):
    paid(treasurer)
    people = [member().person]
    assert kit_payouts.of(people) == {}
    [row] = kit_payouts.near(accounts.named("zone-leader"))
    assert row[2:4] == ["บุญมี ตัวอย่าง", 60000]
    assert kit_payouts.near(accounts.named("treasurer-2")) == []
    born = decided(birth())
    claim_payments.hold(payment(born), by=treasurer, at=AT)
    paper = pay(payment(born), treasurer, BANK)
    assert kit_payouts.of(people) == {
        people[0]: [[str(paper.command_id), "F1", "บุญมี ตัวอย่าง", 100000, "2026-11-28", paper.n]]
    }
    signed(paper)
    assert kit_payouts.of(people) == {}


@pytest.fixture
def owner():
    """The person whose right it is, and an account of theirs."""
    account = accounts.named("member")
    account.person = member().person
    account.save()
    return account


def confirmed(person, paper, by, satang=None, is_sure=True):
    member_payouts.confirm(person, paper.command_id, satang=satang, is_sure=is_sure, by=by, at=AT)


def test_the_payee_says_it_with_a_passkey_of_their_own(treasurer, owner):
    granted, paper = paid(treasurer)
    person = members.of_account(owner)
    assert [one.voucher for one in member_payouts.of(person)] == [paper]
    with pytest.raises(Refusal, match="Somebody else opened"):
        confirmed(person, paper, owner, is_sure=False)
    with pytest.raises(Refusal, match="says less"):
        confirmed(person, paper, owner, satang=70000)
    confirmed(person, paper, owner, satang=50000)
    assert payment(granted).state == "paid"
    for _ in range(2):
        confirmed(person, paper, owner)
    assert (payment(granted).state, PayoutReceipt.select().count(), member_payouts.of(person)) == ("received", 2, [])
    assert promises.check() == []


def test_nobody_says_it_of_what_was_paid_to_another(treasurer, owner):
    _, paper = paid(treasurer)
    other = accounts.named("member-2")
    with pytest.raises(NotFound):
        confirmed(members.of_account(other), paper, other)
    with pytest.raises(NotFound):
        member_payouts.confirm(members.of_account(owner), uuid.uuid4(), satang=None, is_sure=True, by=owner, at=AT)
