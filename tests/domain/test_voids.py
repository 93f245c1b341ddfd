"""Receipts that are to be void: asked for, decided by somebody else, and where the money is then."""

import uuid

import pytest

from db.models import Receipt, Unbooked
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings, settling, voids
from pwa.domain.review import counter_decisions, review
from tests.collecting import balances, collector, gift, offer, taking, told, void
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def giver(fund):
    return collector(fund)


@pytest.fixture
def leader(fund):
    return Phone(fund.people["zone-leader"], at=NOW)


def hand_over(giver, leader, names=((1, 1),), baht=100):
    told(leader, taking(told(giver, offer(names, baht), kind="handover"), baht), kind="handover_receipt")


def test_what_was_given_back_on_the_spot_stays_in_the_hand_until_it_is_decided(fund, giver, leader):
    for no in (1, 2):
        told(giver, gift(no))
    back = told(giver, void(2, given_back=True), kind="receipt_void")
    hand_over(giver, leader, ((1, 2),))
    assert balances() == {"1000-volunteer": 10000, "1000-zone-leader": 10000, "2000": -20000}
    review.approve(back, by=fund.people["zone-leader"], at=NOW)
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}


@pytest.mark.parametrize("late", [False, True])
def test_a_void_before_the_offer_may_come_after_the_taking(fund, giver, leader, late):
    told(giver, gift(1))
    if not late:
        told(giver, gift(2))
    at = NOW + MINUTE
    line = giver.line("receipt_void", void(2, given_back=True), at=NOW, subject=uuid.uuid4())
    hand_over(giver, leader, ((1, 2),))
    if late:
        told(giver, gift(2))
    [row] = giver.deliver([line], at=at)
    bookings.catch_up(at=at)
    assert balances() == {"1000-volunteer": 10000, "1000-zone-leader": 10000, "2000": -20000}
    review.approve(row, by=fund.people["zone-leader"], at=at)
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}


def test_what_went_on_is_not_given_back_on_the_spot_any_more(fund, giver, leader):
    told(giver, gift())
    hand_over(giver, leader)
    back = told(giver, void(1, given_back=True), kind="receipt_void", at=NOW + MINUTE)
    with pytest.raises(Refusal, match="handed over"):
        review.approve(back, by=fund.people["zone-leader-2"], at=NOW + MINUTE)


def test_what_was_never_paid_and_went_on_is_its_collectors_to_make_good(fund, giver, leader):
    told(giver, gift())
    hand_over(giver, leader)
    never = told(giver, void(1, never_paid=True), kind="receipt_void", at=NOW + MINUTE)
    review.approve(never, by=fund.people["zone-leader-2"], at=NOW + MINUTE)
    assert balances() == {"1000-zone-leader": 10000, "1200-volunteer": -10000}


def test_a_void_of_a_void_is_refused_and_one_of_something_unknown_waits(fund, giver):
    first, second = (told(giver, void(1), kind="receipt_void") for _ in range(2))
    assert [row.reason for row in Unbooked.select()] == ["unknown_receipt"] * 2
    entry = told(giver, gift())
    assert not Unbooked.select().exists()
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    with pytest.raises(Refusal):
        review.approve(first, by=fund.people["zone-leader"], at=NOW)
    review.approve(first, by=fund.people["zone-leader-2"], at=NOW)
    assert balances() == {"1000-volunteer": 10000, "2200": -10000}
    with pytest.raises(Refusal, match="does not count"):
        review.approve(second, by=fund.people["zone-leader-2"], at=NOW)


def test_where_the_money_is_stands_in_what_was_recorded():
    assert [voids.money_of(one) for one in ({"given_back": True}, {"never_paid": True}, {})] == [
        "given_back",
        "never_paid",
        "to_give_back",
    ]


def test_a_second_void_that_is_refused_changes_nothing_about_the_first(fund, giver):
    told(giver, gift())
    first, second = [told(giver, void(never_paid=True), kind="receipt_void") for _ in range(2)]
    review.approve(first, by=fund.people["zone-leader"], at=NOW)
    assert balances() == {}
    review.reject(second, by=fund.people["zone-leader"], at=NOW, reason="เลิกไปแล้ว")
    assert (balances(), settling.state(Receipt.get())) == ({}, "void")


def test_a_void_of_nothing_that_is_known_can_be_refused(fund, giver):
    asked = told(giver, void(7), kind="receipt_void")
    review.reject(asked, by=fund.people["zone-leader"], at=NOW, reason="ไม่มีใบนี้")
    assert balances() == {}


def test_a_void_receipt_is_not_approved_behind_its_void(fund, giver):
    entry = told(giver, gift())
    review.approve(told(giver, void(never_paid=True), kind="receipt_void"), by=fund.people["zone-leader"], at=NOW)
    with pytest.raises(Refusal):
        review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="เลิกแล้ว")
    assert (balances(), settling.state(Receipt.get())) == ({}, "void")


def test_a_void_that_is_undone_leaves_what_was_decided_meanwhile(fund, giver):
    entry = told(giver, gift())
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    gone = told(giver, void(never_paid=True), kind="receipt_void")
    review.approve(gone, by=fund.people["zone-leader-2"], at=NOW)
    counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW, reason="ดูใหม่")
    assert (balances(), settling.state(Receipt.get())) == ({}, "void")
    counter_decisions.undo(gone, by=fund.people["registrar"], at=NOW, reason="เงินมีจริง")
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
