"""What is unusual about a receipt of a member of the demo village, whose plan is 30 baht a month and who is paid through October 2569."""

from datetime import date

import pytest

from db.models import LedgerAccount, Receipt, ReceiptLine
from pwa.domain.fund import books, versions
from pwa.domain.review import receipt_flags


def flags(satang, paid_on, number="เดิม-88"):
    fund = versions.fund_of("F1")
    hand = LedgerAccount(code="1150-ธกส", fund=fund)
    receipt = Receipt(id=1, fund=fund, hand=hand, book="M1", no=1, paid_on=paid_on, told_on=paid_on, old_book="")
    about = dict(person=books.member(fund, number).person, kind="contribution", amount_satang=satang)
    found = receipt_flags.of(fund, {receipt: [ReceiptLine(receipt=receipt, place=0, **about)]}, on=paid_on)
    return [flag.says.msgid for flag in found[1]]


@pytest.mark.parametrize(
    ("satang", "found"),
    [
        (3000, []),
        (9000, []),
        (9001, [receipt_flags.MUCH_MORE]),
        (36000, [receipt_flags.MUCH_MORE]),
        (3100, [receipt_flags.NO_PERIOD]),
        (1, [receipt_flags.NO_PERIOD]),
    ],
)
def test_a_sum_that_is_not_usual(app, satang, found):
    assert flags(satang, date(2026, 11, 22)) == found


def test_a_payment_that_begins_rights_again(app):
    assert flags(3000, date(2027, 1, 29)) == []
    assert flags(3000, date(2027, 1, 30)) == [receipt_flags.STARTS_AGAIN]
