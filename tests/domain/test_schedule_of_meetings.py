"""Payments and a meeting's decisions are backed up when the day is over; what nobody has confirmed yet is no decision."""

import uuid
from datetime import timedelta

import pytest

from db.models import Account, Fund
from pwa.domain.fund import vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.operations import generations, schedule
from tests.claiming import AT, confirmed, typed
from tests.small_fund import NOW

SECRET, HOUR = "ข้าวเหนียว มะม่วง 2569", timedelta(hours=1)


@pytest.fixture
def kept(bare_fund, quick_key, tmp_path):
    return tmp_path / "kept"


def tend(kept, at=NOW):
    found = {"entries": 1, "photos": 0, "findings": []}
    return schedule.tend(kept, passphrase=SECRET, clock=lambda: at, try_out=lambda path: found)


def test_a_decision_is_not_covered_until_a_backup_holds_it(app, tmp_path):
    before = schedule.uncovered_since(tmp_path, AT)
    one = typed()
    assert schedule.uncovered_since(tmp_path, AT) == before
    confirmed(one)
    assert schedule.uncovered_since(tmp_path, AT) == AT
    assert schedule.uncovered_since(tmp_path, AT - timedelta(minutes=1)) == before
    (tmp_path / generations.file_name(AT + timedelta(minutes=31))).write_bytes(b"x")
    assert schedule.uncovered_since(tmp_path, AT + timedelta(hours=1)) is None


def test_a_payment_day_is_backed_up_when_it_is_over(kept):
    """A voucher among others does not: the day goes on. Half an hour after the last one it is, once."""
    tend(kept)
    assert schedule.overview(kept, NOW + HOUR).uncovered is None
    for n, minutes in enumerate((5, 25, 50)):
        paid = written(n, NOW + timedelta(minutes=minutes))
        assert tend(kept, paid.at + timedelta(minutes=19)) == []
        assert schedule.overview(kept, paid.at + timedelta(minutes=1)).uncovered == paid.at
    assert tend(kept, NOW + timedelta(minutes=80)) == ["backup"]
    assert schedule.overview(kept, NOW + 2 * HOUR).uncovered is None and tend(kept, NOW + 3 * HOUR) == []


def written(n, at):
    """A voucher: other income."""
    known, by = Fund.get(), Account.get()
    asked = Asked("income", at.date(), 100, payee="อบต.", ground="สมทบ", code="4040", source=f"1000-{by.handle}")
    return vouchers.write(known, asked, command_id=uuid.UUID(int=n), by=by, at=at, on=at.date())
