"""A receipt written anew from its code, and two offers of one phone, as a cheat would use them: cash is in one hand once, whatever is told."""

import pytest

from db.models import Receipt, Unbooked
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import cash, counting, settling
from pwa.domain.operations import promises
from pwa.domain.review import review
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


@pytest.fixture
def second(fund):
    return Phone(fund.people["zone-leader-2"], at=NOW)


def anew(phone, fund, of="volunteer", no=1, baht=100):
    """A receipt of the volunteer's book as somebody writes it anew from its code, who says whose hand the cash is in."""
    named = {} if of is None else {"collector": str(fund.people[of].id)}
    return told(phone, gift(no, baht, note="เขียนใหม่จากรหัส", **named), at=NOW + MINUTE)


def unbooked():
    return [row.reason for row in Unbooked.select().order_by(Unbooked.entry)]


@pytest.mark.parametrize("is_first", [False, True])
def test_two_officers_and_the_phone_that_was_found_again_make_one_receipt(fund, giver, leader, second, is_first):
    """In whichever order they come; nobody else's hand gets anything."""
    tellings = [lambda: anew(leader, fund), lambda: anew(second, fund)]
    tellings.insert(0 if is_first else 2, lambda: told(giver, gift()))
    for tell in tellings:
        tell()
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    assert Receipt.select().count() == 1 and unbooked() == []


@pytest.mark.parametrize("of", [None, "zone-leader-2"])
def test_the_same_receipt_in_another_hand_is_a_conflict_and_in_no_second_hand(fund, giver, leader, of):
    """Whoever says that the cash is theirs, or a third one's, books nothing: people look at both."""
    told(giver, gift())
    anew(leader, fund, of=of)
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    assert unbooked() == ["conflict"]


def test_what_was_handed_on_is_not_in_the_hand_again(fund, giver, leader, second):
    told(giver, gift())
    told(leader, taking(told(giver, offer(), kind="handover")), kind="handover_receipt")
    anew(second, fund)
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}
    hand = counting.hand("fund", "1000-volunteer", of=fund.people["volunteer"])
    assert (counting.inside(hand).receipts, counting.inside(hand).satang) == ([], 0)


def test_who_wrote_it_anew_as_theirs_hands_over_what_is_counted_and_no_more(fund, giver, leader, second):
    """The cheat offers the receipt as well, without cash: it is in another hand, so that nothing is expected and nothing moves."""
    told(giver, gift())
    anew(leader, fund, of=None)
    told(second, taking(told(leader, offer(), kind="handover"), 0), kind="handover_receipt")
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    told(second, taking(told(giver, offer(), kind="handover")), kind="handover_receipt")
    assert balances() == {"1000-zone-leader-2": 10000, "2000": -10000}
    assert promises.check() == []


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_void_receipt_does_not_rise_again(fund, giver, leader, second, is_approved):
    entry = told(giver, gift())
    if is_approved:
        review.approve(entry, by=leader.account, at=NOW)
    review.approve(told(giver, void(never_paid=True), kind="receipt_void"), by=second.account, at=NOW)
    again = anew(leader, fund)
    assert (balances(), settling.state(Receipt.get())) == ({}, "void")
    with pytest.raises(Refusal, match="cannot be approved"):
        review.approve(again, by=second.account, at=NOW + MINUTE)


def test_approved_twice_it_is_income_once(fund, giver, leader, second):
    review.approve(told(giver, gift()), by=leader.account, at=NOW)
    review.approve(anew(leader, fund), by=second.account, at=NOW + MINUTE)
    assert balances() == {"1000-volunteer": 10000, "4120 main": -10000}


def waiting(fund):
    return [one.entry.entry_id for one in cash.waiting(fund.fund)]


def open_offers(giver):
    """Two of one phone: its second names what came since, for the first is set apart until its giver counts anew."""
    for no in (1, 2, 3, 4):
        told(giver, gift(no))
    return told(giver, offer([(1, 2)], 200), kind="handover"), told(giver, offer([(3, 4)], 200), kind="handover")


def test_two_open_offers_of_a_phone_stand_beside_each_other_for_who_takes_them(fund, giver, leader):
    first, other = open_offers(giver)
    assert waiting(fund) == [first.entry_id, other.entry_id]
    assert [one.entry.entry_id for one in counting.to_take(leader.account)] == [first.entry_id, other.entry_id]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_taken_by_two_in_either_order_each_holds_what_they_counted(fund, giver, leader, second, order):
    offers = open_offers(giver)
    for taker, at in zip((leader, second), order, strict=True):
        told(taker, taking(offers[at], 200), kind="handover_receipt")
    assert balances() == {"1000-zone-leader": 20000, "1000-zone-leader-2": 20000, "2000": -40000}
    assert waiting(fund) == []


def test_counted_anew_the_newer_takes_the_place_of_both_and_nothing_is_handed_over_twice(fund, giver, leader, second):
    """The cheat has the first taken, hides the answer, counts anew, and offers everything to somebody else."""
    first, other = open_offers(giver)
    anew_offered = told(giver, offer([(1, 4)], 400), kind="handover")
    assert waiting(fund) == [anew_offered.entry_id]
    told(leader, taking(first, 200), kind="handover_receipt")
    assert waiting(fund) == [anew_offered.entry_id]
    told(second, taking(anew_offered, 200), kind="handover_receipt")
    assert balances() == {"1000-zone-leader": 20000, "1000-zone-leader-2": 20000, "2000": -40000}
    assert waiting(fund) == [], "what the second names went with the newer one"
    told(second, taking(other, 0), kind="handover_receipt")
    assert balances() == {"1000-zone-leader": 20000, "1000-zone-leader-2": 20000, "2000": -40000}
    assert promises.check() == []


def test_who_claims_more_than_there_was_holds_it_in_their_own_name(fund, giver, leader, second):
    """A taker who agrees to a count without cash answers for it; the giver's surplus stands apart by name."""
    first, _ = open_offers(giver)
    again = told(giver, offer([(1, 4)], 400), kind="handover")
    told(leader, taking(first, 200), kind="handover_receipt")
    told(second, taking(again, 400), kind="handover_receipt")
    assert balances() == {
        "1000-zone-leader": 20000,
        "1000-zone-leader-2": 40000,
        "2500-volunteer": -20000,
        "2000": -40000,
    }
    assert promises.check() == []
