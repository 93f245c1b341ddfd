"""What a phone is told of its person's hands: what is in them, what is not any more, and which offers were taken."""

import pytest

from pwa.domain.custody.phones import Phone
from pwa.domain.fund import told_hands
from tests.collecting import collector, gift, offer, receipt, taking, told, void
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


def test_nobody_without_a_hand_is_told_of_one(fund):
    assert told_hands.of(fund.people["volunteer"]) == []


def test_it_tells_what_is_in_the_hand_and_what_went_on(fund, giver, leader):
    for no in (1, 2, 3, 4):
        told(giver, gift(no, 100 * no))
    told(giver, receipt(5, channel="transfer", bank_account="ออมสิน", evidence=[{"role": "slip", "blob": "0" * 64}]))
    told(giver, void(3, given_back=True), kind="receipt_void")
    made = told(giver, offer([(1, 2)], 300), kind="handover")
    [hand] = told_hands.of(giver.account)
    about = {"fund": "fund", "name": fund.fund.name, "parts": [], "paid": 0, "passed": []}
    here = [["M1", 1, 10000], ["M1", 2, 20000], ["M1", 4, 40000]]
    assert hand == about | {"receipts": here, "gone": [{"book": "M1", "ranges": [[3, 3]]}], "taken": []}
    told(leader, taking(made, 300), kind="handover_receipt")
    [hand] = told_hands.of(giver.account)
    gone, name = [{"book": "M1", "ranges": [[1, 3]]}], str(made.entry_id)
    assert hand == about | {"receipts": [["M1", 4, 40000]], "gone": gone, "taken": [name]}
    [theirs] = told_hands.of(leader.account)
    assert (theirs["parts"], theirs["passed"], theirs["receipts"]) == ([{"handover": name, "satang": 30000}], [], [])


def test_what_was_passed_on_is_told_too(fund, giver, leader):
    told(giver, gift())
    made = told(giver, offer(), kind="handover")
    told(leader, taking(made), kind="handover_receipt")
    further = told(leader, offer((), handovers=[str(made.entry_id)]), kind="handover")
    told(giver, taking(further), kind="handover_receipt")
    [hand] = told_hands.of(leader.account)
    assert (hand["parts"], hand["passed"], hand["taken"]) == ([], [str(made.entry_id)], [str(further.entry_id)])
