"""Vouchers: every act of the treasurer with its accounts, one number, and never more than there is."""

import uuid
from dataclasses import replace

import pytest

from db.models import Voucher
from pwa.domain import Refusal
from pwa.domain.fund import banks, income_reports, ledger, voucher_grounds, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.review import counter_decisions, review
from tests.collecting import TODAY, balances, collector, gift, told
from tests.small_fund import NOW

BANK = "1100-ธ.ก.ส.-4471"
HAND = "1000-treasurer"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def treasurer(fund):
    found = accounts.add("treasurer", name="นวลจันทร์", unit=fund.units["town"], role="treasurer", at=NOW)
    banks.write(fund.fund, "ธ.ก.ส.", "4471", since=TODAY, by=found, at=NOW)
    return found


@pytest.fixture
def write(fund, treasurer):
    """`write("income", 100, …)`: a voucher of so many baht, written by the treasurer."""

    def written(kind, baht, command_id=None, on=TODAY, **about):
        asked = Asked(kind, on, baht * 100, **{"payee": "อบต.", "ground": "สมทบ"} | about)
        return vouchers.write(fund.fund, asked, command_id=command_id or uuid.uuid4(), by=treasurer, at=NOW, on=TODAY)

    return written


@pytest.fixture
def rich(write):
    """1,000 baht in the treasurer's hand, 5,000 in the bank."""
    write("income", 1000, code="4040", source=HAND)
    write("income", 5000, code="4020", source="bank", bank="ธ.ก.ส. 4471")


def test_other_income_goes_into_the_hand_or_the_bank(write, rich):
    assert balances() == {HAND: 100000, BANK: 500000, "4040 main": -100000, "4020 main": -500000}


def test_a_deposit_is_on_the_way_and_a_withdrawal_comes_into_the_hand(write, rich):
    write("deposit", 600, bank="ธ.ก.ส. 4471")
    write("withdrawal", 50, bank="ธ.ก.ส. 4471")
    found = balances()
    assert (found[HAND], found["1150-ธ.ก.ส.-4471"], found[BANK]) == (45000, 60000, 495000)


def test_an_expense_has_its_line_and_its_pot(write, rich):
    write("expense", 120, code="6030", pot="main", source=BANK)
    assert balances()["6030 main"] == 12000 and balances()[BANK] == 488000


def test_what_is_moved_between_pots_is_none_of_the_money(write, rich):
    with pytest.raises(Refusal) as refused:
        write("between_pots", 10, pot="main", to_pot="main")
    assert refused.value.field == "to_pot"


@pytest.mark.parametrize(
    ("kind", "about", "field"),
    [
        ("deposit", {"bank": "ธ.ก.ส. 4471"}, "satang"),
        ("deposit", {}, "satang"),
        ("withdrawal", {"bank": "ออมสิน"}, "bank"),
        ("expense", {"code": "6030", "pot": "main", "source": HAND}, "satang"),
        ("expense", {"code": "4010", "pot": "main", "source": BANK}, "code"),
        ("expense", {"code": "6030", "pot": "main", "source": "1000-volunteer"}, "source"),
        ("refund", {"source": BANK}, "satang"),
        ("refund", {"source": BANK, "receipt": "M1/9"}, "receipt"),
        ("refund", {"source": BANK, "receipt": "x"}, "receipt"),
        ("income", {"code": "4010", "source": HAND}, "code"),
        ("income", {"code": "4040", "source": "bank"}, "bank"),
        ("income", {"code": "4040", "source": HAND, "payee": " "}, "payee"),
        ("income", {"code": "4040", "source": HAND, "ground": ""}, "ground"),
        ("income", {"code": "4040", "source": HAND, "on": TODAY.replace(day=23)}, "on"),
    ],
)
def test_what_cannot_be_paid_is_refused_at_its_field_and_leaves_nothing(write, rich, kind, about, field):
    before = balances()
    with pytest.raises(Refusal) as refused:
        write(kind, 999_999, **about)
    assert (refused.value.field, balances(), Voucher.select().count()) == (field, before, 2)


def test_the_same_command_is_one_voucher_and_another_content_is_refused(write):
    command_id = uuid.uuid4()
    first = write("income", 10, command_id, code="4130", source=HAND)
    assert write("income", 10, command_id, code="4130", source=HAND).id == first.id
    with pytest.raises(Refusal):
        write("income", 11, command_id, code="4130", source=HAND)
    assert balances() == {HAND: 1000, "4130 main": -1000}


def test_numbers_rise_in_each_fund(write, rich):
    assert [row.n for row in Voucher.select().order_by(Voucher.id)] == [1, 2]
    assert write("deposit", 1, bank="ธ.ก.ส. 4471").n == 3


def test_a_refused_receipt_is_given_back_once_and_wholly(fund, write, rich):
    entry = told(collector(fund), gift(1))
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="จดซ้ำ")
    assert [(row.no, voucher_grounds.owed(row)) for row in voucher_grounds.to_give_back(fund.fund)] == [(1, 10000)]
    with pytest.raises(Refusal):
        write("refund", 40, source=HAND, receipt="M1/1")
    write("refund", 100, source=HAND, receipt="M1/1", payee="ใจดี", ground="คืนเงิน")
    assert "2200" not in balances() and balances()[HAND] == 90000
    assert voucher_grounds.to_give_back(fund.fund) == []
    with pytest.raises(Refusal):
        write("refund", 100, source=HAND, receipt="M1/1")


def test_without_a_ceiling_administration_is_not_judged(fund, rich):
    assert income_reports.ceiling(fund.fund, TODAY, 100, 1) is None
    assert ledger.balance(voucher_grounds.bank_accounts(fund.fund)[0]) == 500000
    assert replace(Asked("income", TODAY, 1), satang=2).satang == 2


def test_a_rejection_is_not_undone_once_its_money_was_given_back(fund, write, rich):
    entry = told(collector(fund), gift())
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="จดซ้ำ")
    write("refund", 100, receipt="M1/1", source=HAND)
    before = balances()
    with pytest.raises(Refusal):
        counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW, reason="ไม่ซ้ำ")
    assert balances() == before
