"""Books of receipts: two a fund, phone and account; a number is given once and never again, also after a restore."""

from datetime import timedelta

import pytest

import db
from db.models import Fund, ReceiptBook
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import receipt_books
from pwa.domain.operations import backups, folders, promises, restores
from pwa.domain.people import devices
from tests import databases, rivals, small_fund
from tests.collecting import TODAY, collector, gift, told
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def books(phone, on=TODAY, device=None):
    return receipt_books.issue(device or phone.device.id, phone.account, at=NOW, on=on)


def test_a_phone_gets_a_book_and_a_spare_and_the_same_ones_again(fund):
    phone = collector(fund)
    assert books(phone) == books(phone) == [("fund", "M1", 1, 500), ("fund", "M2", 1, 500)]
    assert ReceiptBook.select().count() == 2


def test_another_number_of_the_phone_and_another_account_get_books_of_their_own(fund):
    phone, other = collector(fund), collector(fund, "volunteer-2")
    again = devices.register(at=NOW, parent=phone.device)
    held = [books(phone), books(phone, device=again.id), books(other), books(other, device=phone.device.id)]
    assert [book.book for of in held for book in of] == [f"M{n}" for n in range(1, 9)]


def test_each_fund_has_its_own(fund):
    second = Fund.create(code="second", unit=fund.units["town"], name="กองทุนที่สอง")
    about = dict(starts_on=TODAY, ends_on=TODAY, by=fund.people["zone-leader"], at=NOW, on=TODAY)
    phone = collector(fund)
    assignments.give(phone.account, [fund.units["canal"]], collects_for=[second], **about)
    assert [(book.fund, book.book) for book in books(phone)] == [
        ("fund", "M1"),
        ("fund", "M2"),
        ("second", "M3"),
        ("second", "M4"),
    ]
    assert {book.fund for book in books(phone, on=TODAY + timedelta(days=1))} == {"fund"}


def test_nobody_without_the_right_of_today_gets_one(fund):
    phone = collector(fund)
    assert books(phone, on=TODAY + timedelta(days=40)) == []
    stranger = small_fund.phone(fund, "volunteer-2")
    assert books(stranger) == []
    assert books(small_fund.phone(fund, "registrar")) == []
    assert [book.fund for book in books(small_fund.phone(fund, "zone-leader"))] == ["fund", "fund"]
    devices.revoke(phone.device.id, by=fund.people["admin"], at=NOW, reason="หาย")
    assert books(phone) == []


def test_what_reached_the_fund_moves_the_next_number_and_a_full_book_makes_room_for_a_spare(fund):
    phone = collector(fund)
    books(phone)
    told(phone, gift(3, book="M1"))
    assert books(phone)[0] == ("fund", "M1", 4, 500)
    told(phone, gift(500, book="M1"))
    assert books(phone) == [("fund", "M2", 1, 500), ("fund", "M3", 1, 500)]


def test_twenty_phones_at_once_get_twenty_pairs(fund):
    phone = collector(fund)
    numbers = [devices.register(at=NOW, parent=phone.device).id for _ in range(20)]
    assert rivals.press(*(lambda one=one: books(phone, device=one) for one in numbers)) == [None] * 20
    given = [row.number for row in ReceiptBook.select().order_by(ReceiptBook.id)]
    assert sorted(given) == list(range(1, 41))
    assert all(
        len({row.number for row in ReceiptBook.select().where(ReceiptBook.device == one)}) == 2 for one in numbers
    )


@pytest.mark.usefixtures("quick_key")
def test_after_a_restore_numbers_go_on_a_thousand_higher_once(bare_fund, tmp_path):
    fund, later = bare_fund, NOW + timedelta(hours=5)
    phone = collector(fund)
    books(phone)
    backups.write(tmp_path / "fund.backup", passphrase=SECRET, at=NOW)
    lost = devices.register(at=NOW).id
    assert [book.book for book in books(phone, device=lost)] == ["M3", "M4"]
    db.database.close()
    about = {"passphrase": SECRET, "at": later, "replace": True, **databases.place(fund.folder)}
    restores.restore(tmp_path / "fund.backup", **about)
    small_fund.recall(fund.folder)
    assert [book.book for book in books(phone)] == ["M1", "M2"]
    first, second = (devices.register(at=later).id for _ in range(2))
    assert [book.book for book in books(phone, device=first)] == ["M1003", "M1004"]
    assert [book.book for book in books(phone, device=second)] == ["M1005", "M1006"]
    assert promises.check() == []
    folders.release()
