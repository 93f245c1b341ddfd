"""Health: each thing that would break the promise of custody raises its own alarm, and only while it lasts."""

from collections import namedtuple
from datetime import timedelta

import pytest

import db
from db.models import Backup, RestoreProof
from pwa.domain.crypto import keyring
from pwa.domain.operations import health, promise_words, promises
from tests import databases, small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"


@pytest.fixture
def fund(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE_MS", 50)
    yield small_fund.settle(tmp_path / "data")
    databases.drop(tmp_path / "data")


def test_it_is_quiet_when_all_is_well(fund):
    assert health.alarms(at=NOW) == []


def test_it_misses_a_key(fund):
    keyring.ring.path(keyring.newest("receipt").kid).unlink()
    assert health.alarms(at=NOW) == ["missing-key"]


def test_it_notices_a_database_that_somebody_holds(fund):
    with databases.held(fund.folder):
        assert health.alarms(at=NOW) == ["database"]
    assert health.alarms(at=NOW) == []
    asked = "SHOW lock_timeout" if db.is_postgres() else "PRAGMA busy_timeout"
    assert db.database.execute_sql(asked).fetchone()[0] in (db.PATIENCE_S * 1000, f"{db.PATIENCE_S}s")


def test_it_notices_a_database_that_takes_nothing(fund):
    reading = "SET default_transaction_read_only = on" if db.is_postgres() else "PRAGMA query_only = ON"
    db.database.execute_sql(reading)
    assert health.alarms(at=NOW) == ["database"]


def test_it_notices_a_full_disk(fund, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: usage(10**9, 10**9 - 10**6, 10**6))
    assert health.alarms(at=NOW) == ["disk-nearly-full"]


def test_it_remembers_the_nightly_check(fund):
    assert health.last_check() is None
    health.note_check(["a", "b"], at=NOW)
    assert health.last_check() == (NOW, 2)
    assert health.alarms(at=NOW) == ["broken-promises"]
    health.note_check([], at=NOW)
    assert health.alarms(at=NOW) == []


def test_the_homes_of_officers_tell_in_words_which_promises_are_broken(fund):
    assert health.broken_promises() is None
    found = [promises.Broken("F1: the month …", "closed_months_are_as_they_were_signed"), promises.Broken("x", "gone")]
    health.note_check(found, at=NOW)
    closed = promise_words.WORDS["closed_months_are_as_they_were_signed"]
    assert health.broken_promises() == (NOW, [closed, promise_words.OTHER])
    (fund.folder / health.NIGHTLY).write_text('{"at": "2026-11-22T02:15:00+00:00", "broken": 1}')
    assert health.broken_promises() == (NOW, [promise_words.OTHER])
    health.note_check([], at=NOW)
    assert health.broken_promises() is None


def test_each_promise_has_its_words():
    assert promise_words.WORDS.keys() == {promise.__name__ for promise in promises.PROMISES}


def test_it_does_not_stumble_over_a_torn_note(fund):
    (fund.folder / health.NIGHTLY).write_text("{")
    assert health.last_check() is None
    assert health.alarms(at=NOW) == []


def test_a_new_server_has_a_day_for_its_first_backup(fund):
    made = keyring.oldest("seal").created_at
    for hours, expected in ((0, []), (25, []), (26, ["backup-late"])):
        assert health.alarms(at=made + timedelta(hours=hours), passphrase=SECRET) == expected
    assert health.alarms(at=made + timedelta(hours=26)) == ["backup-late", "backup-passphrase-missing"]


def test_it_misses_the_backup_of_the_day(fund):
    Backup.create(through=1, at=NOW, size=1)
    day = timedelta(days=1)
    assert health.alarms(at=NOW + day) == []
    assert health.alarms(at=NOW + day + timedelta(hours=2), passphrase=SECRET) == ["backup-late"]
    Backup.create(through=1, at=NOW + day, size=1)
    assert health.alarms(at=NOW + day + timedelta(hours=2)) == []


def test_a_backup_that_could_not_be_restored_is_an_alarm_until_one_can(fund):
    told = {"name": "x", "sha256": "x", "seconds": 1, "entries": 1, "photos": 1, "at": NOW}
    RestoreProof.create(**told, findings="broken")
    assert health.alarms(at=NOW) == ["restore-failed"]
    RestoreProof.create(**told, findings="")
    assert health.alarms(at=NOW) == []
