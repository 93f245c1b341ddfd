"""The promises about the books, broken on purpose below the app."""

import pytest

import db
from db import append_only
from db.models import Booking, ReceiptStanding, Unbooked
from pwa.domain.operations import promises
from tests.collecting import collector, gift, told


@pytest.fixture
def collecting(bare_fund):
    return collector(bare_fund)


BROKEN = {
    "a posting more": (
        "INSERT INTO posting (transaction_id, account_id, pot, amount_satang) SELECT 1, account_id, pot, 5 FROM posting WHERE id = 1",
        "The transaction 1 (receipt/M1/1) does not sum to zero.",
    ),
    "a sum changed": (
        "UPDATE receipt_line SET amount_satang = 5",
        "The lines of the receipt M1/1 do not make its total.",
    ),
    "a receipt that was never decided": (
        "UPDATE receipt_standing SET state = 'approved'",
        "The receipt M1/1 is shown as approved, and its last step says otherwise.",
    ),
    "an entry forgotten": ("DELETE FROM booking", "is neither booked nor listed."),
    "a hand below nothing": (
        "UPDATE posting SET amount_satang = -amount_satang",
        "The hand 1000-volunteer holds -10000 satang, which nobody can.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_it_sees(name, collecting):
    told(collecting, gift())
    statement, sentence = BROKEN[name]
    with append_only.lifted(db.database.obj):
        db.database.execute_sql(statement)
    found = promises.check()
    assert any(sentence in one for one in found), found


def test_nothing_is_booked_and_listed(collecting):
    entry = told(collecting, gift())
    Unbooked.create(entry=entry, kind="contribution")
    assert Booking.select().count() == 1 and ReceiptStanding.select().count() == 1
    assert any("both booked and still to be booked" in one for one in promises.check())
