"""When something cannot be kept: 503 with a time to come again, nothing half-written, an alarm; and all is well again by itself."""

import hashlib
import resource
import signal
import sqlite3
import uuid
from datetime import timedelta

import pytest
from peewee import OperationalError

import db
from db.models import Entry, EntryKey, Opening, Seat, StoredBlob
from pwa import errors, web
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import blobs, trouble
from tests.sync import line, post, receipts

KEPT = (Entry, EntryKey, Opening, Seat, StoredBlob)
ALARM = "phones-sent-away"


@pytest.fixture
def locked(app, data):
    """Another process holds the write lock; we wait for it only a moment."""
    db.database.close_all()
    db.database.obj.pragma("busy_timeout", 50, permanent=True)
    other = sqlite3.connect(data / "ombun.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def full(app):
    """A database that may not grow by a page more."""
    db.database.close()
    db.database.connect()
    pages = db.database.execute_sql("PRAGMA page_count").fetchone()[0]
    db.database.execute_sql(f"PRAGMA max_page_count = {pages}")
    return lambda: db.database.execute_sql("PRAGMA max_page_count = 1073741823")


@pytest.fixture
def small_files():
    """No file of this process may grow beyond some kilobytes: the disk as a photo sees it when it is full."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * 1024, usual[1]))
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    signal.signal(signal.SIGXFSZ, heard)


def counts():
    return [model.select().count() for model in KEPT]


def photos():
    return {path for path in blobs.folder().rglob("*") if path.is_file()}


def alarms(client):
    return client.get("/health").get_json().get("alarms", [])


def is_sent_away(response):
    return response.status_code == 503 and int(response.headers["Retry-After"]) > 0


@pytest.mark.only("sqlite")
def test_lines_are_asked_to_come_again_and_nothing_is_kept(phone, locked):
    refused = post(phone.client, line(phone))
    assert is_sent_away(refused)
    assert Entry.select().where(Entry.device == phone.device.id).count() == 0
    assert {"database", ALARM} <= set(alarms(phone.client))


@pytest.mark.only("sqlite")
def test_a_full_disk_keeps_all_lines_of_a_batch_or_none(phone, app, full, monkeypatch):
    lines, before = [line(phone) for _ in range(100)], counts()
    monkeypatch.setattr(web, "disconnect", None)
    app.teardown_request_funcs[None] = []
    refused = post(phone.client, *lines)
    assert is_sent_away(refused) and int(refused.headers["Retry-After"]) == errors.LATER
    assert counts() == before
    assert ALARM in alarms(phone.client)
    full()
    answers, last = receipts(post(phone.client, *lines))
    assert {one["outcome"] for one in answers} == {"received"}
    assert last["seen_through"] == 100
    assert alarms(phone.client) == []


@pytest.mark.only("sqlite")
def test_a_full_disk_is_told_by_its_name_at_any_depth(app, full):
    """SQLite has taken the transaction back by then: there is nothing left to take back, and no other trouble to tell of."""

    def fill(depth):
        with db.database.atomic():
            fill(depth - 1) if depth else [keep(number) for number in range(3_000)]

    def keep(number):
        about = {"size": 1, "device": uuid.uuid4(), "received_at": web.system_clock(), "kid": "", "sig": "x" * 500}
        StoredBlob.insert(about | {"sha256": f"{number:064}"}).execute()

    before = counts()
    for depth in range(3):
        with pytest.raises(OperationalError, match="full"):
            fill(depth)
        assert db.database.transaction_depth() == 0 and counts() == before
    full()
    with db.database.atomic() as change:
        keep(1)
        change.rollback()
    assert counts() == before


@pytest.mark.only("sqlite")
def test_a_photo_that_does_not_fit_leaves_nothing(phone, small_files):
    sealed = sealing.seal_to(keyring.newest("seal").public, b"\xff\xd8\xff" + b"x" * 60_000, b"info")
    sha256 = hashlib.sha256(sealed).hexdigest()
    before = photos()
    refused = phone.client.put(f"/sync/blobs/{sha256}", data=sealed)
    assert is_sent_away(refused)
    small_files()
    assert photos() == before
    assert not StoredBlob.select().where(StoredBlob.sha256 == sha256).exists()
    assert ALARM in alarms(phone.client)
    assert phone.client.put(f"/sync/blobs/{sha256}", data=sealed).status_code == 201
    assert blobs.read(sha256) == sealed


def test_a_missing_key_sends_phones_away(phone, data):
    sent, before = line(phone), counts()
    file = keyring.ring.path(keyring.newest("receipt").kid)
    file.rename(file.with_suffix(".away"))
    keyring.open_ring(data / "keys")
    assert is_sent_away(post(phone.client, sent))
    assert counts() == before
    assert {"missing-key", ALARM} <= set(alarms(phone.client))
    file.with_suffix(".away").rename(file)
    assert post(phone.client, sent).status_code == 200


def test_the_alarm_ends_when_nobody_was_sent_away_for_a_while(app):
    at = web.system_clock()
    trouble.note(at=at)
    assert trouble.is_on(at=at + timedelta(minutes=14))
    assert not trouble.is_on(at=at + timedelta(minutes=15))


def test_a_page_says_so_in_thai(client, app, monkeypatch):
    def gone():
        raise OperationalError("unable to open database file")

    monkeypatch.setitem(app.before_request_funcs, None, [gone])
    answer = client.get("/sign-in")
    assert answer.status_code == 503
    assert "ศูนย์ข้อมูลพักชั่วครู่" in answer.text and "ลองเปิดหน้านี้อีกครั้ง" in answer.text
    assert client.get("/health").get_json() == {"ok": False, "alarms": ["database"]}
