"""A receipt stands on one sheet: that of the hand-over which names it, else that of its hand and day."""

import pytest

from db.models import Receipt
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.review import collection_sheets, review, sheet_approvals, sheet_keys, waiting_sheets
from tests.collecting import TODAY, balances, collector, gift, offer, taking, told
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def collecting(fund):
    return collector(fund)


@pytest.fixture
def leader(fund):
    return fund.people["zone-leader"]


def key(handover=None):
    return sheet_keys.Key("fund", "1000-volunteer", TODAY, handover)


def sheet(account, handover=None):
    return collection_sheets.of(key(handover), account, at=NOW, on=TODAY)


def ids(lines):
    return [one.row.entry_id for line in lines for one in line.told]


def listed(account):
    """[(entry of the hand-over or None, how many receipts, satang)] of the sheets that wait."""
    return [(one.key.handover, one.receipts, one.satang) for one in waiting_sheets.of(account, at=NOW)]


def test_a_hand_over_is_one_sheet_of_all_days_and_what_it_leaves_stays_with_its_day(leader, collecting):
    told(collecting, gift(1, paid_on="2026-11-21"))
    told(collecting, gift(2))
    given = told(collecting, offer(((1, 2),), 200), kind="handover")
    told(collecting, gift(3))
    assert listed(leader) == [(given.entry_id, 2, 20000), (None, 1, 10000)]
    assert [line.receipt.no for line in sheet(leader, given.entry_id).lines] == [1, 2]
    assert [line.receipt.no for line in sheet(leader).lines] == [3]
    told(Phone(leader, at=NOW), taking(given, 200), kind="handover_receipt")
    asked = key(given.entry_id)
    approved, refused = sheet_approvals.approve_clean(
        asked, ids(sheet(leader, given.entry_id).clean), by=leader, at=NOW, on=TODAY
    )
    assert (len(approved), refused, listed(leader)) == (2, [], [(None, 1, 10000)])
    assert sheet_keys.of_entry(Receipt.get(Receipt.no == 2).entry)[3] == given.entry_id


def test_what_two_hand_overs_name_stands_on_one_sheet(leader, collecting):
    for no in (1, 2, 3):
        told(collecting, gift(no))
    older = told(collecting, offer(((1, 2),), 200), kind="handover")
    newer = told(collecting, offer(((1, 3),), 300), kind="handover")
    assert listed(leader) == [(newer.entry_id, 3, 30000)]
    with pytest.raises(Refusal) as said:
        sheet(leader, older.entry_id)
    assert said.value.message == collection_sheets.MOVED
    told(Phone(leader, at=NOW), taking(older, 200), kind="handover_receipt")
    assert listed(leader) == [(older.entry_id, 2, 20000), (newer.entry_id, 1, 10000)]
    with pytest.raises(Refusal):
        sheet(leader)


def test_a_receipt_that_comes_after_its_hand_over_joins_that_sheet(leader, collecting):
    told(collecting, gift(1))
    given = told(collecting, offer(((1, 2),), 200), kind="handover")
    told(Phone(leader, at=NOW), taking(given, 200), kind="handover_receipt")
    told(collecting, gift(2))
    assert listed(leader) == [(given.entry_id, 2, 20000)]


def test_anothers_hand_over_moves_no_receipt_to_its_sheet(fund, leader, collecting):
    told(collecting, gift(1))
    other = collector(fund, "volunteer-2")
    told(other, offer(((1, 1),), 100), kind="handover")
    assert listed(leader) == [(None, 1, 10000)]


def test_a_receipt_that_is_told_again_after_its_approval_is_decided_with_it(leader, collecting):
    review.approve(told(collecting, gift(1)), by=leader, at=NOW)
    again = told(collecting, gift(1, note="จากหน้าสมุด"))
    assert listed(leader) == [(None, 1, 0)]
    (line,) = sheet(leader).clean
    assert line.is_again and collection_sheets.total([line]) == 0
    approved, refused = sheet_approvals.approve_clean(key(), [again.entry_id], by=leader, at=NOW, on=TODAY)
    assert (len(approved), refused, listed(leader)) == (1, [], [])
    assert balances() == {"1000-volunteer": 10000, "4120 main": -10000}


def test_a_receipt_that_is_told_again_after_it_was_refused_is_looked_at_by_itself(leader, collecting):
    review.reject(told(collecting, gift(1)), by=leader, at=NOW, reason="จดซ้ำ")
    again = told(collecting, gift(1, note="จากหน้าสมุด"))
    (line,) = sheet(leader).to_look_at
    assert [flag.kind for flag in line.flags] == ["again"]
    review.reject(again, by=leader, at=NOW, reason="จดซ้ำ")
    assert listed(leader) == [] and balances() == {"1000-volunteer": 10000, "2200": -10000}
