"""Payments and arrears of the demo's member "เดิม-88", who is paid through October 2569 by the passbook and owes 30 baht a month."""

import uuid
from datetime import date
from types import SimpleNamespace

import pytest

from db.models import Membership, Person
from pwa.domain.fund import arrears, books, payments, versions
from pwa.domain.people import accounts
from tests.collecting import SOMCHAI, collector, receipt, told

ON = date(2026, 11, 22)


@pytest.fixture
def person(app):
    return Person.get_by_id(books.member(versions.fund_of("F1"), "เดิม-88").person)


def test_months_say_what_is_covered(person):
    (page,) = payments.of(person, payments.held(person, on=ON), on=ON)
    assert [month.first for month in page.months][:1] == [date(2025, 12, 1)]
    assert [month.state for month in page.months] == ["paid"] * 11 + ["open"]
    assert page.stands.paid_through == date(2026, 10, 31)


def test_what_is_paid_ahead_is_shown_and_a_part_of_a_month_is_no_whole(person):
    Membership.update(paid_through="2027-02-10").where(Membership.person == person.id).execute()
    (page,) = payments.of(person, payments.held(person, on=ON), on=ON)
    assert [month.state for month in page.months][-4:] == ["paid", "paid", "paid", "part"]
    assert page.months[-1].first == date(2027, 2, 1)


def test_arrears_say_how_much_how_long_and_until_when(person):
    fund = versions.fund_of("F1")
    found = {one.membership.number: one for one in arrears.of(fund, accounts.named("treasurer"), on=ON)}
    one = found["เดิม-88"]
    assert (one.satang, one.days, one.months, one.paid_through) == (3000, 22, 1, date(2026, 10, 31))
    assert one.lapse_due_on == date(2027, 1, 30)


def test_a_leader_sees_those_of_the_own_zone(person):
    fund = versions.fund_of("F1")
    seen = {
        handle: "เดิม-88" in {one.membership.number for one in arrears.of(fund, accounts.named(handle), on=ON)}
        for handle in ("zone-leader", "other-zone-leader")
    }
    assert sorted(seen.values()) == [False, True]
    assert fund in arrears.funds(accounts.named("zone-leader"))


def test_the_latest_payments_are_shown_until_all_are_asked_for(bare_fund):
    phone = collector(bare_fund)
    for no in range(1, payments.LATEST + 4):
        told(phone, receipt(no, paid_on=f"2026-11-{1 + (no * 5) % 21:02}"))
    whose = SimpleNamespace(id=uuid.UUID(SOMCHAI))
    (everything,) = payments.of(whose, [], on=ON)
    (latest,) = payments.of(whose, [], on=ON, most=payments.LATEST)
    assert (len(everything.lines), everything.is_cut) == (payments.LATEST + 3, False)
    assert (latest.lines, latest.is_cut) == (everything.lines[: payments.LATEST], True)
    days = [one.paid_on for one, _, _ in everything.lines]
    assert days == sorted(days, reverse=True)
    (most,) = payments.of(whose, [], on=ON, most=payments.LATEST + 3)
    assert (most.lines, most.is_cut) == (everything.lines, False)
