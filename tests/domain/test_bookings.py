"""What came into custody is booked once, right after or later, whatever happens in between."""

import uuid

import pytest

from db import database
from db.models import Booking, Fund, LedgerTransaction, Person, Unbooked
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.fund import bookings, contributions, paid
from pwa.domain.review import review
from tests.collecting import SOMCHAI, balances, collector, gift, receipt, told
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def sent(phone, payload):
    return phone.record("contribution", payload, at=NOW, subject=uuid.uuid4())


def test_custody_only_notes_and_booking_follows_once(fund):
    phone = collector(fund)
    entry = sent(phone, gift())
    assert Unbooked.get().entry_id == entry.id and balances() == {}
    assert [bookings.catch_up(at=NOW) for _ in range(2)] == [1, 0]
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}


def test_what_broke_off_in_the_middle_is_as_if_it_never_began(fund, monkeypatch):
    phone = collector(fund)
    for no in (1, 2):
        sent(phone, gift(no))
    note = contributions._note

    def ends(*about):
        if Booking.select().exists():
            raise KeyboardInterrupt
        note(*about)

    monkeypatch.setattr(contributions, "_note", ends)
    with pytest.raises(KeyboardInterrupt):
        bookings.catch_up(at=NOW)
    monkeypatch.undo()
    assert (Booking.select().count(), LedgerTransaction.select().count(), Unbooked.select().count()) == (0, 0, 2)
    assert bookings.catch_up(at=NOW) == 2
    assert balances() == {"1000-volunteer": 20000, "2000": -20000}


def test_what_cannot_be_booked_hinders_nobody_and_is_tried_again(fund):
    phone = collector(fund)
    leader = Phone(fund.people["zone-leader"], at=NOW)
    stranger = sent(leader, gift(collector="nobody-here"))
    fine = sent(phone, gift(2))
    bookings.catch_up(at=NOW)
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == [(stranger.id, "unknown_collector")]
    assert Booking.get().entry_id == fine.id
    assert bookings.catch_up(at=NOW) == 0
    people = fund.people["volunteer"]
    type(people).update(handle="nobody-here").where(type(people).id == fund.people["admin"].id).execute()
    assert bookings.catch_up(at=NOW + MINUTE, again=True) == 1
    type(people).update(handle="admin").where(type(people).id == fund.people["admin"].id).execute()


def test_what_the_desk_lets_in_is_booked_then(fund):
    entry = told(Phone(fund.people["volunteer-2"], at=NOW), gift())
    assert entry.reason == "no_collecting" and balances() == {}
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW + MINUTE, reason="ช่วยเก็บจริง")
    bookings.catch_up(at=NOW + MINUTE)
    assert balances() == {"1000-volunteer-2": 10000, "2000": -10000}


def test_many_are_booked_in_several_transactions_with_rests_between(fund):
    phone = collector(fund)
    phone.deliver([phone.line("contribution", gift(no), at=NOW) for no in range(1, bookings.AT_ONCE + 6)], at=NOW)
    rests = []
    bookings.catch_up(at=NOW, rest=lambda: rests.append(database.in_transaction()))
    assert (rests, Unbooked.select().count()) == ([False, False], 0)
    assert balances()["1000-volunteer"] == (bookings.AT_ONCE + 5) * 10000


def test_only_approved_money_counts_for_somebody(fund):
    """As of the day it was paid, where it was recorded that day; else as of the day it was typed in."""
    phone = collector(fund)
    on_time, late = told(phone, receipt(1)), told(phone, receipt(2, paid_on="2026-11-20"))
    told(phone, receipt(3))
    for entry in (on_time, late):
        review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    somchai = uuid.UUID(SOMCHAI)
    found = paid.lines([somchai])[somchai, Fund.get().id]
    assert sorted((line.source, line.counts_on.isoformat(), line.amount_satang) for line in found) == [
        ("M1/1", "2026-11-22", 3000),
        ("M1/2", "2026-11-22", 3000),
    ]
    assert Person.select().count() == 0


@pytest.mark.parametrize(
    "odd",
    [
        {
            "lines": [
                {"kind": "donation", "amount_satang": 10000, "covers_from": "2026-02-31", "covers_to": "2026-04-31"}
            ]
        },
        {"paid_on": "2026-02-31"},
    ],
)
def test_a_day_that_no_calendar_has_is_never_booked_and_hinders_nobody(fund, odd):
    phone = collector(fund)
    strange, fine = sent(phone, gift(1) | odd), sent(phone, gift(2))
    bookings.catch_up(at=NOW)
    assert (strange.outcome, strange.reason) == ("quarantined", "bad_payload")
    assert [row.entry_id for row in Booking.select()] == [fine.id]


def test_the_largest_sums_are_booked_on_both_databases(fund):
    told(collector(fund), gift(1, 999_999_999))
    assert balances() == {"1000-volunteer": 99_999_999_900, "2000": -99_999_999_900}


def test_what_breaks_while_it_is_booked_is_set_apart_and_hinders_nobody(fund, monkeypatch):
    phone = collector(fund)
    strange, fine = sent(phone, gift(1)), sent(phone, gift(2))
    book = bookings.BOOKED["contribution"]

    def breaks(told):
        if told.payload["no"] == 1:
            raise ValueError("nobody thought of this")
        return book(told)

    monkeypatch.setitem(bookings.BOOKED, "contribution", breaks)
    bookings.catch_up(at=NOW)
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == [(strange.id, "odd")]
    assert [row.entry_id for row in Booking.select()] == [fine.id]
    monkeypatch.undo()
    assert bookings.catch_up(at=NOW, again=True) == 1
