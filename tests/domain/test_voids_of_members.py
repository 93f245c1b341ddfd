"""A receipt of a member is to be void: whatever has become of the member and of the cash meanwhile, and each refusal in plain Thai."""

from datetime import timedelta

import pytest

from db.models import Fund, Receipt, Resolution
from pwa.domain import Refusal
from pwa.domain.custody import states
from pwa.domain.custody.phones import Phone
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import bookings, books, membership_acts, settling, versions
from pwa.domain.fund.sentences import Sentence
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.review import counter_decisions, review
from pwa.spoken import speaker
from tests.claiming import AT, TODAY, house_of, member
from tests.collecting import balances, coins

PAID = 3000
"""A month by the rules of the village: November, after October through which the old book counts."""


@pytest.fixture
def volunteer(app):
    account = accounts.named("volunteer")
    about = dict(starts_on=TODAY - timedelta(1), ends_on=TODAY + timedelta(9), at=AT, on=TODAY)
    fund = Fund.get(Fund.code == "F1")
    near = units.communities(account, "volunteer")
    assignments.give(account, near, by=accounts.named("zone-leader"), collects_for=[fund], **about)
    return Phone(account, at=AT)


def told(phone, kind, payload, at=AT):
    entry = phone.record(kind, payload, at=at, subject=house_of(member().person).id)
    bookings.catch_up(at=at)
    return entry


def paid(phone, no=1):
    person = str(member().person)
    line = {"person": person, "kind": "contribution", "amount_satang": PAID}
    said = {"fund": "F1", "book": "M1", "no": no, "paid_on": TODAY.isoformat(), "channel": "cash", "lines": [line]}
    return told(phone, "contribution", said | {"payer": {"type": "self", "person": person}, "total_satang": PAID})


def void(phone, no=1, **money):
    if money.get("given_back"):
        money["signature"] = {"kind": "thumbprint", "blob": "0" * 64}
    return told(phone, "receipt_void", {"fund": "F1", "book": "M1", "no": no, "reason": "จดผิดคน"} | money)


def approve(entry, by="zone-leader"):
    review.approve(entry, by=accounts.named(by), at=AT)


def handed_over(phone):
    said = {
        "fund": "F1",
        "receipts": [{"book": "M1", "ranges": [[1, 1]]}],
        "expected_satang": PAID,
        "counted": coins(30),
    }
    offer = told(phone, "handover", said)
    leader = Phone(accounts.named("zone-leader"), at=AT)
    return told(leader, "handover_receipt", {"handover": str(offer.entry_id), "counted": coins(30)})


def lapsed():
    about = dict(fund=versions.fund_of("F1"), board="4", meeting="12/2569", resolved_on=TODAY)
    by = accounts.named("registrar")
    resolution, _ = Resolution.get_or_create(**about, defaults={"account": by, "at": AT})
    return membership_acts.end(member(), why="lapsed", first=TODAY, by=by, at=AT, resolution=resolution)


def stands(on=TODAY):
    book = books.of([member().id])[member().id]
    return books.standing_of(book, books.ruling_of(book, on), on)


def in_thai(no):
    return speaker("th")(Sentence(no.value.message, no.value.values)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("money", "left"),
    [({"never_paid": True}, {}), ({}, {"1000-volunteer": PAID, "2200": -PAID}), ({"given_back": True}, {})],
)
def test_a_receipt_of_a_member_who_lapsed_since_is_void_like_any_other(volunteer, money, left):
    """The cover that it bought goes, the lapse by its resolution stays, and where the money is stands in the books."""
    approve(paid(volunteer))
    through = stands().paid_through
    assert through > TODAY
    lapsed()
    assert stands().standing == "lapsed"
    approve(void(volunteer, **money), by="treasurer")
    assert (balances(), settling.state(Receipt.get())) == (left, "void")
    assert stands().standing == "lapsed" and stands().paid_through < through
    assert promises.check() == []


def test_a_void_that_was_refused_leaves_the_receipt_as_it_was_and_may_be_asked_once_more(volunteer):
    approve(paid(volunteer))
    before = balances(), stands()
    asked = void(volunteer, never_paid=True)
    assert (balances(), stands()) == before, "asking posts nothing"
    review.reject(asked, by=accounts.named("treasurer"), at=AT, reason="ผู้จ่ายยืนยันว่าจ่ายจริง")
    assert (balances(), stands()) == before and states.many([asked])[asked.id] == "rejected"
    approve(void(volunteer, never_paid=True), by="treasurer")
    assert (balances(), settling.state(Receipt.get())) == ({}, "void")
    assert promises.check() == []


def test_the_refusal_of_a_void_can_be_undone_and_then_it_is_void(volunteer):
    approve(paid(volunteer))
    asked = void(volunteer, never_paid=True)
    review.reject(asked, by=accounts.named("treasurer"), at=AT, reason="ฟังผิด")
    counter_decisions.undo(asked, by=accounts.named("registrar"), at=AT, reason="ผู้จ่ายมายืนยันว่าไม่ได้จ่าย")
    assert states.many([asked])[asked.id] == "received"
    approve(asked, by="treasurer")
    assert (balances(), settling.state(Receipt.get())) == ({}, "void")


def test_of_one_handed_over_and_approved_the_collector_owes_what_never_came(volunteer):
    approve(paid(volunteer))
    handed_over(volunteer)
    approve(void(volunteer, never_paid=True), by="treasurer")
    assert balances() == {"1000-zone-leader": PAID, "1200-volunteer": -PAID}
    assert promises.check() == []


def given_back_after_it_went_on(volunteer):
    paid(volunteer)
    handed_over(volunteer)
    return void(volunteer, given_back=True), "treasurer"


def by_who_approved_it(volunteer):
    approve(paid(volunteer))
    return void(volunteer), "zone-leader"


def void_already(volunteer):
    paid(volunteer)
    first, second = void(volunteer, never_paid=True), void(volunteer, never_paid=True)
    approve(first)
    return second, "treasurer"


def of_nothing_known(volunteer):
    return void(volunteer, no=77), "treasurer"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (given_back_after_it_went_on, "เงินของใบเสร็จนี้ส่งมอบไปก่อนแล้วจึงคืน ให้ไม่อนุมัติรายการนี้ แล้วจ่ายคืนด้วยใบสำคัญ"),
        (by_who_approved_it, "ท่านเป็นผู้อนุมัติใบนี้ ให้คนอื่นตัดสินว่าจะเลิกหรือไม่"),
        (void_already, "ใบเสร็จนี้ไม่นับแล้ว ให้ไม่อนุมัติรายการนี้"),
        (of_nothing_known, "รายการนี้ยังไม่เข้าบัญชี ดูเหตุผลที่โต๊ะงาน"),
    ],
)
def test_what_cannot_be_void_is_told_in_plain_thai_and_moves_nothing(volunteer, trouble, sentence):
    asked, by = trouble(volunteer)
    before = balances()
    with pytest.raises(Refusal) as no:
        approve(asked, by=by)
    assert in_thai(no) == sentence
    assert balances() == before and states.many([asked])[asked.id] == "received"
