"""Sheets of receipts: the clean ones approved in one act, the flagged singly, and every line answers."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Account, Household, NeverReceived, Person, Receipt
from pwa.domain import NotFound, Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import settling
from pwa.domain.review import (
    collection_sheets,
    money,
    receipt_flags,
    review,
    sheet_approvals,
    sheet_keys,
    waiting_sheets,
)
from tests.collecting import SOMCHAI, TODAY, balances, collector, gift, receipt, told
from tests.small_fund import NOW
from tests.statements import listening


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def collecting(fund):
    return collector(fund)


@pytest.fixture
def leader(fund):
    return fund.people["zone-leader"]


def key(hand="1000-volunteer", day=TODAY):
    return sheet_keys.Key("fund", hand, day)


def sheet(account, **about):
    return collection_sheets.of(key(**about), account, at=NOW, on=TODAY)


def ids(lines):
    return [one.row.entry_id for line in lines for one in line.told]


def kinds(line):
    return [flag.kind for flag in line.flags]


def test_a_sheet_is_what_one_hand_took_on_a_day(leader, collecting):
    for no in (1, 2):
        told(collecting, gift(no))
    told(collecting, gift(3, paid_on="2026-11-21"))
    found = waiting_sheets.of(leader, at=NOW)
    assert [(one.key.day, one.receipts, one.satang, one.whose) for one in found] == [
        (TODAY - timedelta(days=1), 1, 10000, "volunteer"),
        (TODAY, 2, 20000, "volunteer"),
    ]
    assert [line.receipt.no for line in sheet(leader).lines] == [1, 2]


def test_a_longer_sheet_asks_the_database_no_more_often(leader, collecting):
    def asked(*numbers):
        for no in numbers:
            told(collecting, gift(no))
        with listening() as statements:
            assert len(sheet(leader).clean) == numbers[-1]
        return len(statements)

    asked(1, 2)
    assert asked(3, 4, 5, 6, 7, 8) == asked(9)


def test_clean_receipts_are_approved_in_one_act_and_the_same_again_changes_nothing(leader, collecting):
    for no in (1, 2, 3):
        told(collecting, gift(no))
    chosen = ids(sheet(leader).clean)
    for _ in range(2):
        approved, refused = sheet_approvals.approve_clean(key(), chosen, by=leader, at=NOW, on=TODAY)
        assert (len(approved), refused) == (3, [])
    assert balances() == {"1000-volunteer": 30000, "4120 main": -30000}
    assert waiting_sheets.of(leader, at=NOW) == []


def test_every_line_answers(fund, leader, collecting):
    first, second = told(collecting, gift(1)), told(collecting, gift(3))
    review.send_back(first, by=leader, at=NOW, reason="ของใคร")
    chosen = [first.entry_id, second.entry_id]
    approved, refused = sheet_approvals.approve_clean(key(), chosen, by=leader, at=NOW, on=TODAY)
    assert approved == []
    assert [(line.receipt.no, why.msgid) for line, why in refused] == [
        (1, sheet_approvals.ASKED),
        (3, sheet_approvals.LOOK_FIRST),
    ]


def test_whoever_took_the_money_decides_on_nothing_of_it(fund, collecting):
    taker = Phone(fund.people["zone-leader"], at=NOW)
    told(taker, gift(1))
    own = sheet(fund.people["zone-leader"], hand="1000-zone-leader")
    assert [line.objection is not None for line in own.lines] == [True] and own.clean == []
    assert len(sheet(fund.people["zone-leader-2"], hand="1000-zone-leader").clean) == 1
    approved, refused = sheet_approvals.approve_clean(
        key("1000-zone-leader"), ids(own.lines), by=fund.people["zone-leader"], at=NOW, on=TODAY
    )
    assert (approved, len(refused)) == ([], 1)


def test_another_zone_and_a_sheet_that_is_not_there_are_not_found(fund, collecting):
    told(collecting, gift(1))
    for asked, who in (
        (key(), "other-zone-leader"),
        (key("1000-nobody"), "zone-leader"),
        (key(day=NOW.date() + timedelta(days=9)), "zone-leader"),
    ):
        with pytest.raises(NotFound):
            collection_sheets.of(asked, fund.people[who], at=NOW, on=TODAY)


def test_a_number_that_is_left_out_and_a_day_that_falls_are_flagged(leader, collecting):
    told(collecting, gift(1))
    told(collecting, gift(3))
    told(collecting, gift(4, paid_on="2026-11-21"))
    first, third = sheet(leader).lines
    assert (kinds(first), kinds(third)) == ([], ["gap"])
    (fourth,) = sheet(leader, day=TODAY - timedelta(days=1)).lines
    assert kinds(fourth) == ["backward"]
    told(collecting, gift(2))
    assert [kinds(line) for line in sheet(leader).lines] == [[], [], []]


def covering(no, first, last, **more):
    one = receipt(no, **more)
    one["lines"][0] |= {"covers_from": first, "covers_to": last}
    return one


def test_the_same_days_paid_twice_stand_beside_each_other(leader, collecting):
    told(collecting, covering(1, "2026-11-01", "2026-11-30"))
    told(collecting, covering(1, "2026-11-30", "2026-12-29", book="กระดาษ 12"))
    told(collecting, covering(2, "2026-12-30", "2027-01-28", book="กระดาษ 12"))
    lines = {(line.receipt.book, line.receipt.no): line for line in sheet(leader).lines}
    assert {number: kinds(line) for number, line in lines.items()} == {
        ("M1", 1): ["overlap"],
        ("กระดาษ 12", 1): ["overlap"],
        ("กระดาษ 12", 2): [],
    }
    flag = lines["M1", 1].flags[0]
    assert (flag.beside.book, flag.says.msgid) == ("กระดาษ 12", receipt_flags.OVERLAP)


def test_a_receipt_and_the_one_that_takes_over_its_money_are_one_line(leader, collecting):
    told(collecting, covering(1, "2026-11-01", "2026-11-30"))
    told(collecting, covering(2, "2026-11-01", "2026-11-30", instead_of={"book": "M1", "no": 1}))
    (line,) = sheet(leader).lines
    assert (line.receipt.no, line.takes_over.no, kinds(line)) == (2, 1, [])


def test_other_lines_under_one_number_are_shown_beside(leader, collecting):
    told(collecting, receipt())
    other = told(collecting, receipt(baht=60))
    (line,) = sheet(leader).lines
    assert kinds(line) == ["conflict"]
    assert line.flags[0].told.row.id == other.id


def test_what_tells_a_receipt_again_is_approved_with_it(leader, collecting):
    entries = [told(collecting, gift(1)), told(collecting, gift(1, note="จากหน้าสมุด"))]
    approved, refused = sheet_approvals.approve_clean(key(), ids(sheet(leader).clean), by=leader, at=NOW, on=TODAY)
    assert (len(approved), refused) == (2, [])
    assert balances() == {"1000-volunteer": 10000, "4120 main": -10000}
    assert {settling.state(Receipt.get())} == {"approved"} and len(entries) == 2


def test_a_rejection_says_whether_the_money_was_ever_paid(leader, collecting):
    paid, never = told(collecting, gift(1)), told(collecting, gift(2))
    for _ in range(2):
        review.reject(paid, by=leader, at=NOW, reason="จดซ้ำ")
        review.reject(never, by=leader, at=NOW, reason="ไม่ได้จ่าย", heard="ลุงสมานบอกว่ายังไม่ได้จ่าย")
    assert NeverReceived.get().entry_id == never.id
    assert balances() == {"1000-volunteer": 10000, "2200": -10000}


def test_receipts_of_the_own_household_are_left_to_another(bare_fund):
    fund, leader, collecting = bare_fund, bare_fund.people["zone-leader"], collector(bare_fund)
    house = Household.create(id=uuid.UUID(int=7), place=fund.units["canal"], version=1, number="9")
    Person.create(id=uuid.UUID(SOMCHAI), household=house, local_id="p", first_name="สมชาย")
    mine = Person.create(id=uuid.UUID(int=8), household=house, local_id="q", first_name="หัวหน้า")
    entry = told(collecting, receipt(1))
    assert len(sheet(leader).clean) == 1
    Account.update(person=mine.id).where(Account.id == leader.id).execute()
    leader = Account.get_by_id(leader.id)
    assert [line.objection for line in sheet(leader).others] == [money.OWN_HOUSE]
    with pytest.raises(Refusal):
        review.approve(entry, by=leader, at=NOW)
    assert sheet(fund.people["zone-leader-2"]).who(sheet(fund.people["zone-leader-2"]).clean[0]).strip() == "สมชาย"


def test_who_collects_on_while_holding_too_much_is_said_once_a_day(leader, collecting):
    told(collecting, gift(1, 5001, paid_on="2026-11-20"))
    for no in (2, 3):
        told(collecting, gift(no, paid_on="2026-11-21"))
    told(collecting, gift(4))
    assert [kinds(line) for line in sheet(leader, day=date(2026, 11, 20)).lines] == [[]]
    first, second = sheet(leader, day=date(2026, 11, 21)).lines
    assert (kinds(first), kinds(second)) == (["holder"], [])
    review.approve(first.told[0].row, by=leader, at=NOW)
    assert [kinds(line) for line in sheet(leader, day=date(2026, 11, 21)).lines] == [[]]
    assert [kinds(line) for line in sheet(leader).lines] == [["holder"]]
