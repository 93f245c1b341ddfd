"""Receipts in the books: by hand, on 2000 until they are checked, then income by pots; and back, whatever is undone."""

import pytest

from db.models import Booking, Receipt, Unbooked
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import settling
from pwa.domain.kinds import contribution, handover, handover_receipt, money, receipt_void
from pwa.domain.review import counter_decisions, review
from tests.collecting import balances, collector, gift, receipt, told
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def collecting(fund):
    return collector(fund)


def test_money_that_was_taken_is_in_a_hand_and_unchecked(fund, collecting):
    entry = told(collecting, receipt())
    assert entry.outcome == "received"
    assert balances() == {"1000-volunteer": 3000, "2000": -3000}
    assert Booking.get().entry_id == entry.id and Unbooked.select().count() == 0


def test_approval_makes_income_of_it_and_in_advance_of_what_is_for_no_member(fund, collecting):
    entry, other = told(collecting, gift()), told(collecting, receipt(2))
    for one in (entry, other):
        review.approve(one, by=fund.people["zone-leader"], at=NOW)
    assert balances() == {"1000-volunteer": 13000, "4120 main": -10000, "2100": -3000}


def test_what_is_undone_waits_again_and_can_be_approved_again(fund, collecting):
    entry = told(collecting, gift())
    for turn in range(2):
        review.approve(
            entry, by=fund.people["zone-leader" if turn == 0 else "zone-leader-2"], at=NOW + 2 * turn * MINUTE
        )
        assert balances() == {"1000-volunteer": 10000, "4120 main": -10000}
        counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW + (2 * turn + 1) * MINUTE, reason="ผิดคน")
        assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    assert [step.state for step in settling.steps(Receipt.get())] == ["approved", "waiting"] * 2


def test_rejected_cash_is_to_be_given_back(fund, collecting):
    entry = told(collecting, gift())
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="จดซ้ำ")
    assert balances() == {"1000-volunteer": 10000, "2200": -10000}
    counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW + MINUTE, reason="ไม่ซ้ำ")
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}


def test_a_transfer_that_is_rejected_never_came(fund, collecting):
    slip = collecting.picture(b"\xff\xd8\xff slip", "evidence", at=NOW)
    about = {"channel": "transfer", "bank_account": "ออมสิน", "evidence": [{"blob": slip["sha256"], "role": "slip"}]}
    entry = told(collecting, gift(**about), pictures=[slip])
    assert balances() == {"1150-ออมสิน": 10000, "2000": -10000}
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="ไม่พบในสมุด")
    assert balances() == {}


def test_the_same_lines_join_and_others_are_a_conflict(fund, collecting):
    first = told(collecting, receipt())
    again = told(collecting, receipt(note="จากหน้าสมุด"))
    other = told(collecting, receipt(baht=60))
    assert balances() == {"1000-volunteer": 3000, "2000": -3000}
    assert [row.entry_id for row in Booking.select().order_by(Booking.id)] == [first.id, again.id]
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == [(other.id, "conflict")]
    with pytest.raises(Refusal):
        review.approve(other, by=fund.people["zone-leader"], at=NOW)


@pytest.mark.parametrize("old_first", [True, False])
@pytest.mark.parametrize("new_baht", [60, 10])
def test_a_receipt_takes_over_anothers_money_whichever_comes_first(fund, collecting, old_first, new_baht):
    old, new = gift(1, 30), gift(2, new_baht, instead_of={"book": "M1", "no": 1})
    entries = [told(collecting, payload) for payload in ((old, new) if old_first else (new, old))]
    old_entry, new_entry = entries if old_first else reversed(entries)
    assert balances() == {"1000-volunteer": new_baht * 100, "2000": -new_baht * 100}
    review.approve(new_entry, by=fund.people["zone-leader"], at=NOW)
    assert balances() == {"1000-volunteer": new_baht * 100, "4120 main": -new_baht * 100}
    assert {row.no: settling.state(row) for row in Receipt.select()} == {1: "replaced", 2: "approved"}
    counter_decisions.undo(new_entry, by=fund.people["registrar"], at=NOW + MINUTE, reason="ใบเดิมถูก")
    assert balances() == {"1000-volunteer": new_baht * 100, "2000": -new_baht * 100}
    review.reject(new_entry, by=fund.people["zone-leader-2"], at=NOW + 2 * MINUTE, reason="ใบเดิมถูก")
    review.approve(old_entry, by=fund.people["zone-leader-2"], at=NOW + 2 * MINUTE)
    found = balances()
    assert found.pop("4120 main") == -3000
    assert found == ({"1000-volunteer": 6000, "2200": -3000} if new_baht == 60 else {"1000-volunteer": 3000})


def test_the_receipt_before_may_come_after_the_new_one_was_refused(fund, collecting):
    new = told(collecting, gift(2, 60, instead_of={"book": "M1", "no": 1}))
    review.reject(new, by=fund.people["zone-leader"], at=NOW, reason="ใบเดิมถูก")
    assert balances() == {"1000-volunteer": 6000, "2200": -6000}
    told(collecting, gift(1, 30))
    assert balances() == {"1000-volunteer": 6000, "2200": -3000, "2000": -3000}


def test_nobody_checks_what_they_took_or_typed(fund, collecting):
    leader = Phone(fund.people["zone-leader"], at=NOW)
    page = told(leader, gift(book="เล่มกระดาษ", collector=str(fund.people["volunteer"].id)))
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}
    for handle in ("zone-leader", "volunteer"):
        with pytest.raises(Refusal):
            review.approve(page, by=fund.people[handle], at=NOW)
    own = told(collecting, gift(9, collector="zone-leader-2"))
    with pytest.raises(Refusal):
        review.approve(own, by=fund.people["zone-leader-2"], at=NOW)
    review.approve(own, by=fund.people["zone-leader"], at=NOW)


def test_who_was_not_sent_to_collect_is_asked_about(fund):
    entry = told(Phone(fund.people["volunteer-2"], at=NOW), receipt())
    assert (entry.outcome, entry.reason) == ("quarantined", "no_collecting")
    assert balances() == {} and Unbooked.select().count() == 1


def test_a_receipt_needs_its_slip_and_somebody_whom_it_is_for():
    assert dict(contribution.broken({"channel": "transfer", "lines": [{"kind": "entry_fee"}]})) == {
        "lines.0.person": "for_nobody",
        "evidence": "no_slip",
    }
    assert money.summed([{"satang": 2000, "count": 3}, {"satang": 25, "count": 2}]) == 6050
    assert {kind.is_money for kind in (handover.KIND, handover_receipt.KIND, receipt_void.KIND)} == {True}


def test_a_receipt_whose_money_was_taken_over_is_not_approved_beside_it(fund, collecting):
    old = told(collecting, gift(1, 30))
    new = told(collecting, gift(2, 60, instead_of={"book": "M1", "no": 1}))
    review.approve(new, by=fund.people["zone-leader"], at=NOW)
    with pytest.raises(Refusal):
        review.approve(old, by=fund.people["zone-leader"], at=NOW)
    review.reject(old, by=fund.people["zone-leader"], at=NOW, reason="ใช้ใบใหม่")
    assert balances() == {"1000-volunteer": 6000, "4120 main": -6000}
    counter_decisions.undo(new, by=fund.people["registrar"], at=NOW + MINUTE, reason="ใบเดิมถูก")
    assert {row.no: settling.state(row) for row in Receipt.select()} == {1: "rejected", 2: "waiting"}


def test_what_was_decided_of_it_meanwhile_counts_again_with_it(fund, collecting):
    old = told(collecting, gift(1, 30))
    review.approve(old, by=fund.people["zone-leader"], at=NOW)
    new = told(collecting, gift(2, 60, instead_of={"book": "M1", "no": 1}))
    review.approve(new, by=fund.people["zone-leader"], at=NOW)
    counter_decisions.undo(old, by=fund.people["registrar"], at=NOW + MINUTE, reason="ดูใหม่")
    assert balances() == {"1000-volunteer": 6000, "4120 main": -6000}
    counter_decisions.undo(new, by=fund.people["registrar"], at=NOW + MINUTE, reason="ใบเดิมถูก")
    assert balances() == {"1000-volunteer": 6000, "2000": -6000}


def test_a_receipt_that_names_itself_is_no_receipt(fund, collecting):
    entry = told(collecting, gift(1, 30, instead_of={"book": "M1", "no": 1}))
    assert (entry.outcome, entry.reason, balances()) == ("quarantined", "bad_payload", {})


@pytest.mark.parametrize("numbers", [(1, 2), (1, 2, 3)])
def test_receipts_that_name_each_other_in_a_circle_are_counted_once(fund, collecting, numbers):
    """The one that would close it stays unbooked."""
    for no, before in zip(numbers, numbers[1:] + numbers[:1], strict=True):
        entry = told(collecting, gift(no, 30, instead_of={"book": "M1", "no": before}))
    assert [(row.entry_id, row.reason) for row in Unbooked.select()] == [(entry.id, "circle")]
    assert balances() == {"1000-volunteer": 3000, "2000": -3000}
