"""Bad input and trouble with money, as a phone of another make, a misread page or an impatient finger would bring it: nothing lost, nothing twice."""

import uuid

import pytest

from db.models import Receipt, Taking, Unbooked, Voucher
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings, paid, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.review import collection_sheets, review, waiting_sheets
from tests import rivals
from tests.collecting import SOMCHAI, TODAY, balances, coins, collector, gift, offer, receipt, taking, told, void
from tests.hamlets import open_access
from tests.small_fund import MINUTE, NOW

OTHERS = ("33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444")


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def collecting(fund):
    return collector(fund)


def line(satang=3000, person=SOMCHAI, **days):
    return {"person": person, "kind": "contribution", "amount_satang": satang} | days


def flags(fund):
    """[[kind of flag]] of each receipt that waits, as a checker sees them."""
    leader = fund.people["zone-leader"]
    sheets = [collection_sheets.of(one.key, leader, at=NOW, on=TODAY) for one in waiting_sheets.of(leader, at=NOW)]
    return [[flag.kind for flag in one.flags] for sheet in sheets for one in sheet.lines]


@pytest.mark.parametrize(
    "odd",
    [
        {"total_satang": 0, "lines": [line(0)]},
        {"total_satang": -3000, "lines": [line(-3000)]},
        {"total_satang": 3000.5, "lines": [line(3000.5)]},
        {"total_satang": 450.00003, "lines": [line(450.00003)]},
        {"total_satang": "3000", "lines": [line("3000")]},
        {"total_satang": "1,000", "lines": [line("1,000")]},
        {"total_satang": 10**14, "lines": [line(10**14)]},
        {"total_satang": 3001},
        {"total_satang": None},
        {"paid_on": "2569-11-22"},
        {"paid_on": "2026-02-31"},
        {"paid_on": "22/11/2026"},
        {"lines": [line(covers_from="2026-12-01", covers_to="2026-11-01")]},
        {"lines": [line(covers_from="2569-12-01", covers_to="2569-12-31")]},
        {"lines": []},
        {"channel": "transfer", "bank_account": "ออมสิน"},
        {"fund": "nowhere"},
    ],
    ids=str,
)
def test_what_no_receipt_can_say_waits_for_a_person_and_is_in_no_hand(fund, collecting, odd):
    entry = told(collecting, receipt(1, 30, **odd))
    assert entry.outcome == "quarantined" and balances() == {}
    assert [row.entry_id for row in Unbooked.select()] == [entry.id]


def test_a_hundred_baht_for_three_people_stay_a_hundred(fund, collecting):
    lines = [line(3334), *(line(3333, person) for person in OTHERS)]
    entry = told(collecting, receipt(1, 100, lines=lines))
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    assert balances() == {"1000-volunteer": 10000, "2100": -10000}
    found = paid.lines([uuid.UUID(one) for one in (SOMCHAI, *OTHERS)])
    assert sorted(one.amount_satang for [one] in found.values()) == [3333, 3333, 3334]


def test_a_day_that_is_still_to_come_is_looked_at_by_itself(fund, collecting):
    told(collecting, receipt(1, 30, paid_on="2026-11-23"))
    assert flags(fund) == [["ahead"]]
    assert balances() == {"1000-volunteer": 3000, "2000": -3000}


def test_days_said_by_half_break_no_sheet(fund, collecting):
    for no in (1, 2):
        told(collecting, receipt(no, 30, lines=[line(covers_from="2026-12-01")]))
    assert flags(fund) == [["overlap"], ["overlap"]]


@pytest.mark.parametrize(
    "days",
    [
        {"covers_from": "2026-12-01", "covers_to": "2027-12-01"},
        {"covers_from": "1990-01-01", "covers_to": "1990-12-31"},
        {"covers_from": "2026-12-01", "covers_to": "2199-12-31"},
    ],
    ids=["366 days", "before joining", "for ever"],
)
def test_what_a_receipt_says_that_it_covers_buys_nothing_but_its_money_does(fund, collecting, days):
    for no, lines in enumerate(([line()], [line(**days)]), 1):
        review.approve(told(collecting, receipt(no, 30, lines=lines)), by=fund.people["zone-leader"], at=NOW)
    plain, strange = paid.lines([uuid.UUID(SOMCHAI)])[uuid.UUID(SOMCHAI), fund.fund.id]
    assert (plain.counts_on, plain.amount_satang) == (strange.counts_on, strange.amount_satang)


@pytest.mark.parametrize("baht", [30, 31])
def test_one_number_from_a_phone_and_from_the_paper_is_one_receipt_or_a_conflict(fund, collecting, baht):
    told(collecting, gift(1, 30))
    leader = Phone(fund.people["zone-leader"], at=NOW)
    page = told(leader, gift(1, baht, collector=str(fund.people["volunteer"].id), note="หน้า 1"))
    assert Receipt.select().count() == 1 and balances() == {"1000-volunteer": 3000, "2000": -3000}
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == ([] if baht == 30 else [(page.id, "conflict")])


def test_a_book_that_is_used_on_another_phone_loses_nothing(fund, collecting):
    other = Phone(fund.people["volunteer"], at=NOW)
    told(collecting, gift(1, 30))
    told(other, gift(2, 50))
    told(other, gift(1, 70))
    assert balances() == {"1000-volunteer": 8000, "2000": -8000}
    assert [row.reason for row in Unbooked.select()] == ["conflict"]


def test_twenty_at_once_book_a_receipt_once(fund, collecting):
    entry = collecting.record("contribution", gift(1, 30), at=NOW, subject=uuid.uuid4())
    assert rivals.press(*[lambda: bookings.catch_up(at=NOW)] * 20) == [None] * 20
    assert balances() == {"1000-volunteer": 3000, "2000": -3000} and Unbooked.select().count() == 0
    leader = fund.people["zone-leader"]
    assert rivals.press(*[lambda: review.approve(entry, by=leader, at=NOW)] * 20) == [None] * 20
    assert balances() == {"1000-volunteer": 3000, "4120 main": -3000}


def test_twenty_at_once_write_one_voucher(fund):
    treasurer = accounts.add("treasurer", name="นวลจันทร์", unit=fund.units["town"], role="treasurer", at=NOW)
    asked = Asked("income", TODAY, 10000, "อบต.", "สมทบ", code="4040", source="1000-treasurer")
    about = dict(command_id=uuid.uuid4(), by=treasurer, at=NOW, on=TODAY)
    assert rivals.press(*[lambda: vouchers.write(fund.fund, asked, **about)] * 20) == [None] * 20
    assert Voucher.select().count() == 1
    assert balances() == {"1000-treasurer": 10000, "4040 main": -10000}


def test_nobody_approves_what_they_took_through_another_access(fund, collecting):
    """The page is typed by a third; the second account is one that the collector opened, and nobody has asked its owner."""
    second = accounts.add("second", name="คนเดียวกัน", unit=fund.units["zone"], role="zone_leader", at=NOW)
    open_access(second, by=fund.people["volunteer"])
    typist = Phone(fund.people["zone-leader"], at=NOW)
    page = told(typist, gift(1, 30, book="เล่มกระดาษ", collector=str(fund.people["volunteer"].id)))
    with pytest.raises(Refusal, match="yourself"):
        review.approve(page, by=second, at=NOW)
    review.approve(page, by=fund.people["zone-leader-2"], at=NOW)


def test_an_approved_receipt_that_is_void_is_to_be_given_back(fund, collecting):
    entry = told(collecting, gift(1, 30))
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    asked = told(collecting, void(1), kind="receipt_void")
    with pytest.raises(Refusal):
        review.approve(asked, by=fund.people["zone-leader"], at=NOW)
    review.approve(asked, by=fund.people["zone-leader-2"], at=NOW)
    assert balances() == {"1000-volunteer": 3000, "2200": -3000}


def test_a_hand_over_of_a_receipt_in_quarantine_counts_what_was_counted(fund, collecting):
    told(collecting, gift(1, 30))
    held_back = told(collecting, gift(2, 50, paid_on="2569-11-22"))
    offered = told(collecting, offer([(1, 2)], 80), kind="handover")
    leader = Phone(fund.people["zone-leader"], at=NOW)
    told(leader, taking(offered, 80), kind="handover_receipt", at=NOW + MINUTE)
    assert held_back.outcome == "quarantined"
    assert balances() == {"1000-zone-leader": 8000, "2000": -3000, "2400": -5000}
    assert Taking.get().counted_satang == sum(one["satang"] * one["count"] for one in coins(80))
