"""Digests of custody: eight bytes a row, taken before each backup, over rows of any number."""

import pytest

from db.models import Digest, Entry, Tie
from pwa.domain.operations import backups, digests
from tests import small_fund
from tests.small_fund import NOW

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def phone(bare_fund):
    return small_fund.phone(bare_fund)


def record(phone, count):
    return [phone.record("household", small_fund.household(str(n)), at=NOW, place="canal") for n in range(count)]


def test_every_backup_carries_one_that_is_tied(phone, tmp_path):
    record(phone, 2)
    written = backups.write(tmp_path / "one.backup", passphrase="ข้าวเหนียว มะม่วง 2569", at=NOW)
    tied = {tie.row for tie in Tie.select().where(Tie.table == "digest", Tie.id <= written.head[0])}
    assert tied == {str(digest.id) for digest in Digest.select()}
    assert {digest.table for digest in Digest.select()} == {"entry", "opening", "seat"}


def test_it_takes_some_at_a_time(phone, monkeypatch):
    monkeypatch.setattr(digests, "MOST_ROWS", 2)
    record(phone, 5)
    digests.take(at=NOW)
    made = Digest.select().where(Digest.table == "entry").order_by(Digest.id)
    assert [(one.first, one.last) for one in made] == [(1, 2), (3, 4), (5, 5)]


def test_it_keeps_eight_bytes_of_the_hash_of_a_row(phone):
    record(phone, 1)
    columns = digests.columns_of(Entry)
    now = digests.rows("entry", columns, 1, 1)
    assert len(now[1]) == digests.BYTES
    digests.take(at=NOW)
    assert digests.held(Digest.get(Digest.table == "entry")) == now
    assert digests.rows("entry", columns, 2, 9) == {}
