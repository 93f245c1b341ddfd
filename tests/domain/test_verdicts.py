"""Receipts and those that take over their money, in whatever order they are told, decided and booked: one sum, once."""

import uuid

import pytest

from db.models import Receipt, Unbooked
from pwa.domain import Refusal
from pwa.domain.fund import bookings, settling, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.review import counter_decisions, review
from tests.collecting import TODAY, balances, collector, gift, told, void
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def collecting(fund):
    return collector(fund)


@pytest.mark.parametrize("new_baht", [60, 10])
def test_a_smaller_or_larger_one_that_was_refused_before_comes_to_the_same(fund, collecting, new_baht):
    new = told(collecting, gift(2, new_baht, instead_of={"book": "M1", "no": 1}))
    review.reject(new, by=fund.people["zone-leader"], at=NOW, reason="ใบเดิมถูก")
    told(collecting, gift(1, 30))
    owed = {"2200": -3000} if new_baht == 60 else {}
    assert balances() == {"1000-volunteer": 3000 - sum(owed.values()), "2000": -3000} | owed
    counter_decisions.undo(new, by=fund.people["registrar"], at=NOW + MINUTE, reason="ใบใหม่ถูก")
    assert balances() == {"1000-volunteer": new_baht * 100, "2000": -new_baht * 100}


@pytest.mark.parametrize("old_first", [True, False])
def test_money_that_was_in_another_place_goes_out_of_there_whichever_comes_first(fund, collecting, old_first):
    """The bank had it, or had not, as they happened to come."""
    slip = {"bank_account": "ออมสิน", "evidence": [{"blob": "0" * 64, "role": "slip"}]}
    old, new = gift(1, 390, channel="transfer", **slip), gift(2, 93, instead_of={"book": "M1", "no": 1})
    for payload in (old, new) if old_first else (new, old):
        told(collecting, payload)
    found = balances()
    assert found.pop("1000-volunteer", 0) + found.pop("2500-volunteer", 0) == 9300 - 39000
    assert found == {"1150-ออมสิน": 39000, "2000": -9300}


def test_money_is_taken_over_once(fund, collecting):
    """Two phones of a copy gave the same money two new receipts."""
    for payload in (gift(1, 30), gift(2, 60, instead_of={"book": "M1", "no": 1})):
        told(collecting, payload)
    third = told(collecting, gift(3, 50, instead_of={"book": "M1", "no": 1}))
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == [(third.id, "taken_over")]
    assert balances() == {"1000-volunteer": 6000, "2000": -6000}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (1, 3, 2), (3, 1, 2)])
def test_money_that_was_taken_over_twice_in_a_row_is_income_once(fund, collecting, order):
    """The first of three could be approved beside the last."""
    said = {1: gift(1, 30), 2: gift(2, 60, instead_of={"book": "M1", "no": 1})}
    said[3] = gift(3, 50, instead_of={"book": "M1", "no": 2})
    entries = {no: told(collecting, said[no]) for no in order}
    assert balances() == {"1000-volunteer": 5000, "2000": -5000}
    review.approve(entries[3], by=fund.people["zone-leader"], at=NOW)
    with pytest.raises(Refusal):
        review.approve(entries[1], by=fund.people["zone-leader"], at=NOW)
    assert balances() == {"1000-volunteer": 5000, "4120 main": -5000}
    assert {row.no: settling.state(row) for row in Receipt.select()} == {1: "replaced", 2: "replaced", 3: "approved"}


def test_nothing_takes_over_the_money_of_what_is_void(fund, collecting):
    told(collecting, gift(1, 30))
    new = told(collecting, gift(2, 60, instead_of={"book": "M1", "no": 1}))
    voided = told(collecting, void(1, never_paid=True), kind="receipt_void")
    review.approve(voided, by=fund.people["zone-leader"], at=NOW)
    with pytest.raises(Refusal, match="is void"):
        review.approve(new, by=fund.people["zone-leader"], at=NOW)


def test_a_receipt_whose_money_went_back_with_another_stays_on_the_desk(fund, collecting):
    new = told(collecting, gift(2, 60, instead_of={"book": "M1", "no": 1}))
    review.reject(new, by=fund.people["zone-leader"], at=NOW, reason="ใบเดิมถูก")
    treasurer = accounts.add("treasurer", name="นวลจันทร์", unit=fund.units["town"], role="treasurer", at=NOW)
    about = dict(command_id=uuid.uuid4(), by=treasurer, at=NOW, on=TODAY)
    rich = Asked("income", TODAY, 10000, "อบต.", "สมทบ", code="4040", source="1000-treasurer")
    vouchers.write(fund.fund, rich, **about | {"command_id": uuid.uuid4()})
    back = Asked("refund", TODAY, 6000, "ใจดี", "คืนเงิน", source="1000-treasurer", receipt="M1/2")
    vouchers.write(fund.fund, back, **about)
    late = told(collecting, gift(1, 30))
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == [(late.id, "paid_back")]
    assert balances()["1000-volunteer"] == 6000


def test_what_was_decided_before_it_was_booked_counts_then(fund, collecting):
    """It waited for ever."""
    told(collecting, gift(9, 30))
    entry = collecting.record("contribution", gift(1, 30), at=NOW, subject=uuid.uuid4())
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="จดผิด")
    bookings.catch_up(at=NOW)
    assert settling.state(Receipt.get(Receipt.no == 1)) == "rejected"
    assert balances() == {"1000-volunteer": 6000, "2000": -3000, "2200": -3000}
