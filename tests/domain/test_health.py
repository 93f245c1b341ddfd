"""Health: each thing that would break the promise of custody raises its own alarm, and only while it lasts."""

import sqlite3
from collections import namedtuple

import pytest

import db
from pwa.domain.field import keys
from pwa.domain.office import health
from tests import databases, small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE_MS", 50)
    yield small_fund.settle(tmp_path / "data")
    databases.drop(tmp_path / "data")


def test_it_is_quiet_when_all_is_well(fund):
    assert health.alarms() == []


def test_it_misses_a_key(fund):
    keys.ring.path(keys.newest("receipt").kid).unlink()
    assert health.alarms() == ["missing-key"]


def test_it_notices_a_database_that_somebody_holds(fund):
    other = sqlite3.connect(fund.folder / "ombun.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert health.alarms() == ["database"]
    other.execute("ROLLBACK")
    other.close()
    assert health.alarms() == []
    assert db.database.execute_sql("PRAGMA busy_timeout").fetchone()[0] == db.PRAGMAS["busy_timeout"]


def test_it_notices_a_database_that_takes_nothing(fund):
    db.database.execute_sql("PRAGMA query_only = ON")
    assert health.alarms() == ["database"]


def test_it_notices_a_full_disk(fund, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: usage(10**9, 10**9 - 10**6, 10**6))
    assert health.alarms() == ["disk-nearly-full"]


def test_it_remembers_the_nightly_check(fund):
    assert health.last_check() is None
    health.note_check(["a", "b"], at=NOW)
    assert health.last_check() == (NOW, 2)
    assert health.alarms() == ["broken-promises"]
    health.note_check([], at=NOW)
    assert health.alarms() == []


def test_it_does_not_stumble_over_a_torn_note(fund):
    (fund.folder / health.NIGHTLY).write_text("{")
    assert health.last_check() is None
    assert health.alarms() == []
