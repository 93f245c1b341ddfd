"""Cash from hand to hand: the taker's entry alone moves it, every receipt goes on once, and differences have a name."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import HandedOn, Handover, HandoverAgreement, Taking, Unbooked
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.fund import bookings, handed, never_came, paid, settling
from pwa.domain.review import review
from tests.collecting import SOMCHAI, balances, collector, gift, offer, receipt, taking, told
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def giver(fund):
    return collector(fund)


@pytest.fixture
def leader(fund):
    return Phone(fund.people["zone-leader"], at=NOW)


def give(phone, names=((1, 1),), baht=100, **more):
    return told(phone, offer(names, baht, **more), kind="handover")


def take(phone, handover, baht=100, **more):
    return told(phone, taking(handover, baht, **more), kind="handover_receipt")


def reasons():
    return {row.kind: row.reason for row in Unbooked.select()}


def test_an_offer_moves_nothing_and_the_taker_does(fund, giver, leader):
    told(giver, gift())
    made = give(giver)
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    assert Handover.get().counted_satang == 10000
    take(leader, made)
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}


@pytest.mark.parametrize(("counted", "differs"), [(80, {"1200-volunteer": 2000}), (130, {"2500-volunteer": -3000})])
def test_what_differs_from_the_count_is_the_givers(fund, giver, leader, counted, differs):
    told(giver, gift())
    take(leader, give(giver), counted)
    assert balances() == {"1000-zone-leader": counted * 100, "2000": -10000} | differs


def test_receipts_that_come_later_come_out_of_what_was_handed_on(fund, giver, leader):
    told(giver, gift(1, 30))
    take(leader, give(giver, ((1, 3),), 100), 100)
    assert balances() == {"1000-zone-leader": 10000, "2000": -3000, "2400": -7000}
    assert handed.missing(Handover.get()) == 2
    told(giver, gift(2, 50))
    assert balances() == {"1000-zone-leader": 10000, "2000": -8000, "2400": -2000}
    told(giver, gift(3, 30))
    assert balances() == {"1000-zone-leader": 10000, "2000": -11000, "1200-volunteer": 1000}


def test_it_is_taken_once_whoever_says_so(fund, giver, leader):
    told(giver, gift())
    made = give(giver)
    take(leader, made)
    there = balances()
    take(leader, made)
    assert balances() == there and not reasons()
    take(leader, made, 90)
    take(Phone(fund.people["zone-leader-2"], at=NOW), made)
    assert balances() == there
    assert [row.reason for row in Unbooked.select()] == ["taken_already"] * 2


def test_what_two_handovers_name_goes_with_the_first_that_is_taken(fund, giver, leader):
    told(giver, gift(1, 30))
    told(giver, gift(2, 50))
    first, second = give(giver, ((1, 1),), 30), give(giver, ((1, 2),), 80)
    take(leader, second, 80)
    take(leader, first, 0)
    assert balances() == {"1000-zone-leader": 8000, "2000": -8000}
    assert HandedOn.select().count() == 2


def test_a_late_receipt_that_two_handovers_name_comes_out_of_the_first(fund, giver, leader):
    first, second = give(giver, ((1, 1),), 30), give(giver, ((1, 1),), 0)
    take(leader, first, 30)
    take(leader, second, 0)
    told(giver, gift(1, 30))
    assert balances() == {"1000-zone-leader": 3000, "2000": -3000}


def test_a_taking_waits_for_its_offer_and_that_for_what_it_passes_on(fund, giver, leader):
    treasurer = Phone(fund.people["zone-leader-2"], at=NOW)
    told(giver, gift())
    first, second = uuid.uuid4(), uuid.uuid4()
    told(treasurer, taking(second, 90), kind="handover_receipt")
    told(leader, offer((), 100, handovers=[str(first)]), kind="handover", entry_id=second)
    told(leader, taking(first, 100), kind="handover_receipt")
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    assert reasons() == {"handover_receipt": "unknown_handover"}
    told(giver, offer(), kind="handover", entry_id=first)
    assert balances() == {"1000-zone-leader-2": 9000, "1200-zone-leader": 1000, "2000": -10000}
    assert not reasons()


def test_quarantined_receipts_of_a_handover_stand_on_their_own_account(fund, leader):
    stranger = Phone(fund.people["volunteer-2"], at=NOW)
    told(stranger, gift())
    made = told(leader, offer(giver="volunteer-2"), kind="handover")
    row = told(leader, taking(made, 100, signature={"kind": "thumbprint", "blob": "0" * 64}), kind="handover_receipt")
    assert reasons()["handover_receipt"] == "to_agree"
    HandoverAgreement.create(entry=row, account=fund.people["registrar"], at=NOW)
    bookings.catch_up(at=NOW, again=True)
    assert balances() == {"1000-zone-leader": 10000, "2400": -10000}


def test_nobody_says_for_both_sides_that_cash_changed_hands(fund, giver, leader):
    told(giver, gift())
    made = give(giver)
    told(leader, taking(made, 100, taker="zone-leader-2"), kind="handover_receipt")
    told(giver, taking(made, 100), kind="handover_receipt")
    told(giver, taking(made, 100, taker="zone-leader"), kind="handover_receipt")
    assert [row.reason for row in Unbooked.select()] == ["unsigned", "own_hand", "unsigned"]
    assert not Taking.select().exists()


def test_only_what_is_in_the_givers_hand_goes_with_it(fund, giver, leader):
    told(leader, gift(1))
    told(giver, gift(2, 50))
    treasurer = Phone(fund.people["zone-leader-2"], at=NOW)
    take(treasurer, give(giver, ((1, 2),), 50), 50)
    assert balances() == {"1000-zone-leader": 10000, "1000-zone-leader-2": 5000, "2000": -15000}


def test_what_was_put_aside_is_not_booked(fund):
    row = told(Phone(fund.people["volunteer-2"], at=NOW), gift())
    quarantine.set_aside(row, by=fund.people["zone-leader"], at=NOW, reason="ไม่ใช่ของกองทุน")
    bookings.catch_up(at=NOW, again=True)
    assert balances() == {}


def test_a_rejected_receipt_that_went_on_is_still_to_be_given_back(fund, giver, leader):
    entry = told(giver, gift())
    take(leader, give(giver))
    review.reject(entry, by=fund.people["zone-leader-2"], at=NOW, reason="จดซ้ำ")
    assert balances() == {"1000-zone-leader": 10000, "2200": -10000}
    assert settling.is_handed_on(settling.numbered(fund.fund, "M1", 1))


def test_a_page_typed_in_after_its_cash_went_on_counts_from_the_day_it_was_paid(fund, giver, leader):
    """As of days after the hand-over, fund.md §3; as of earlier ones it counts from the day it was typed in."""
    take(leader, give(giver))
    typed = NOW + timedelta(days=3)
    entry = told(giver, receipt(1, paid_on="2026-11-20"), at=typed)
    review.approve(entry, by=fund.people["zone-leader-2"], at=typed)
    [line] = paid.lines([uuid.UUID(SOMCHAI)])[uuid.UUID(SOMCHAI), fund.fund.id]
    as_of = {day: line.as_of(date(2026, 11, day)).counts_on for day in (22, 23, 24, 25)}
    assert as_of == {22: date(2026, 11, 25)} | dict.fromkeys((23, 24, 25), date(2026, 11, 20))


def test_receipts_that_never_come_are_to_be_given_back_and_may_come_after_all(fund, giver, leader):
    told(giver, gift(1, 30))
    take(leader, give(giver, ((1, 3),), 100), 100)
    taken = Taking.get()
    about = dict(at=NOW, on=NOW.date())
    for handle, reason in (("zone-leader", "ใบหาย"), ("volunteer", "ใบหาย"), ("zone-leader-2", "")):
        with pytest.raises(Refusal):
            never_came.close(taken, reason, by=fund.people[handle], **about)
    never_came.close(taken, "ใบหาย", by=fund.people["zone-leader-2"], **about)
    assert balances() == {"1000-zone-leader": 10000, "2000": -3000, "2200": -7000}
    with pytest.raises(Refusal):
        never_came.close(taken, "ใบหาย", by=fund.people["zone-leader-2"], **about)
    told(giver, gift(2, 50))
    assert balances() == {"1000-zone-leader": 10000, "2000": -8000, "2200": -2000}
    told(giver, gift(3, 30))
    assert balances() == {"1000-zone-leader": 10000, "2000": -11000, "1200-volunteer": 1000}
