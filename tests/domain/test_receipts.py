"""Receipts: their instant, their rising numbers, and that they never change."""

from datetime import UTC, datetime

from db.models import Entry
from pwa import web
from pwa.domain.crypto import keyring, receipts

AT = datetime(2026, 11, 22, 3, 4, 5, 678_000, tzinfo=UTC)


def test_an_instant_is_utc_with_milliseconds():
    assert receipts.instant(AT) == "2026-11-22T03:04:05.678Z"


def test_numbers_rise_by_one_under_a_key(app):
    highest = Entry.select().order_by(Entry.number.desc()).first()
    assert receipts.next_number(highest.receipt_kid) == highest.number + 1


def test_a_new_key_starts_above_its_floor(app):
    key = keyring.add("receipt", at=web.system_clock(), number_floor=200_000)
    assert keyring.newest("receipt").kid == key.kid
    assert receipts.next_number(key.kid) == 200_001


def test_a_quarantined_line_stays_quarantined_on_replay(app):
    row = Entry.get(Entry.outcome == "quarantined")
    first, again = receipts.of(row, replay=False), receipts.of(row, replay=True)
    assert first == again
    assert first["outcome"] == "quarantined"
    assert receipts.of(row, replay=True, keep=True)["keep"] is True
