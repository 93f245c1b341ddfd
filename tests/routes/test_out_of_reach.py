"""When the database cannot be reached: 503 with a time to come again, in Thai, and an alarm; nothing is half-written."""

import sqlite3

import pytest

from db.models import Entry
from pwa import web
from tests.sync import NDJSON, household


@pytest.fixture
def locked(app, data, monkeypatch):
    """Another process holds the write lock; we wait for it only a moment."""
    import db

    db.database.close()
    monkeypatch.setattr(db.database.obj, "_timeout", 0.05)
    db.database.obj.pragma("busy_timeout", 50, permanent=True)
    other = sqlite3.connect(data / "ombun.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_lines_are_asked_to_come_again_and_nothing_is_kept(phone, locked):
    line = phone.line("household", household(), at=web.system_clock())
    refused = phone.client.post("/sync/entries", data=line, headers=NDJSON)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert Entry.select().where(Entry.device == phone.device.id).count() == 0


def test_a_page_says_so_in_thai(client, app):
    from peewee import OperationalError

    def gone():
        raise OperationalError("unable to open database file")

    app.before_request_funcs[None] = [gone]
    answer = client.get("/sign-in")
    assert answer.status_code == 503
    assert "ศูนย์ข้อมูลพักชั่วครู่" in answer.text
    assert client.get("/health").get_json() == {"ok": False, "alarms": ["database"]}
