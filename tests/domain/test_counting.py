"""What should be in a hand, and the entries that the desk writes for who counts it."""

import uuid

import pytest

from db.models import Entry
from pwa.domain import Refusal
from pwa.domain.custody import desk_lines
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import banks, counting, holders, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from tests.collecting import TODAY, balances, collector, gift, offer, taking, told, void
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def hand_of(fund, handle):
    return holders.hand_of(fund.fund, fund.people[handle])


def coins(baht):
    return counting.counted({"n100": str(baht)})[0]


def test_a_hand_holds_its_receipts_and_what_it_took(fund):
    giver, leader = collector(fund), Phone(fund.people["zone-leader"], at=NOW)
    told(leader, gift(1, 50, book="M2"))
    for no in (1, 2, 3):
        told(giver, gift(no, 100))
    told(giver, void(3, given_back=True), kind="receipt_void", at=NOW + MINUTE)
    there = counting.inside(hand_of(fund, "volunteer"))
    assert ([one.no for one in there.receipts], [one.no for one in there.kept], there.satang) == ([1, 2], [3], 20000)
    told(leader, taking(told(giver, offer(((1, 2),), 200), kind="handover"), 190), kind="handover_receipt")
    there = counting.inside(hand_of(fund, "zone-leader"))
    assert ([one.no for one in there.receipts], len(there.parts), there.satang) == ([1], 1, 24000)
    assert counting.inside(hand_of(fund, "volunteer")).receipts == []


def test_the_desk_writes_two_entries_and_the_second_moves_the_cash(fund):
    told(collector(fund), gift(1, 100))
    device = collector(fund, "volunteer-2").device.id
    volunteer, leader = fund.people["volunteer"], fund.people["zone-leader"]
    made = counting.offer(hand_of(fund, "volunteer"), coins(100), "", by=volunteer, sender=device, at=NOW + MINUTE)
    [waits] = counting.to_take(leader)
    assert waits.entry.entry_id == made and counting.to_take(volunteer) == []
    handover, taken = counting.find(made, seen_by=leader)
    assert taken is None
    with pytest.raises(Refusal, match="themselves"):
        counting.take(handover, coins(100), "", differs=False, by=volunteer, sender=device, at=NOW + MINUTE)
    row = counting.take(handover, coins(100), "", differs=False, by=leader, sender=device, at=NOW + 2 * MINUTE)
    assert (row.author, row.device, row.outcome) == (leader.id, desk_lines.DESK, "received")
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}
    assert [one.seq for one in Entry.select().where(Entry.device == desk_lines.DESK).order_by(Entry.id)] == [1, 2]


def test_what_was_paid_in_to_the_bank_is_not_in_the_hand_and_goes_with_no_offer(fund):
    leader, treasurer = Phone(fund.people["zone-leader"], at=NOW), treasurer_of(fund)
    told(leader, gift(1, 300))
    mine = Phone(treasurer, at=NOW)
    told(mine, taking(told(leader, offer(baht=300), kind="handover"), 300), kind="handover_receipt")
    asked = Asked("deposit", TODAY, 20000, source="1000-treasurer", bank="ธ.ก.ส. 4471", payee="ธ.ก.ส.", ground="ฝาก")
    vouchers.write(fund.fund, asked, command_id=uuid.uuid4(), by=treasurer, at=NOW, on=TODAY)
    hand = holders.hand_of(fund.fund, treasurer)
    there = counting.inside(hand)
    assert (there.paid_satang, there.satang) == (20000, 10000)
    made = counting.offer(hand, coins(100), "", by=treasurer, sender=mine.device.id, at=NOW + MINUTE)
    told(leader, taking(made, 100), kind="handover_receipt")
    left = {"1000-zone-leader": 10000, "1150-ธ.ก.ส.-4471": 20000, "2000": -30000}
    assert balances() == left and counting.inside(hand).satang == 0


def treasurer_of(fund):
    found = accounts.add("treasurer", name="นวลจันทร์", unit=fund.units["town"], role="treasurer", at=NOW)
    banks.write(fund.fund, "ธ.ก.ส.", "4471", since=TODAY, by=found, at=NOW)
    return found
