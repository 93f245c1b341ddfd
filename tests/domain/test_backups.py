"""Backups: everything in one sealed file, made while people write, recorded only when it is whole."""

import threading
from datetime import timedelta

import pytest

import db
from db.models import Backup, Entry, StoredBlob
from pwa.domain import Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import blobs, seats
from pwa.domain.operations import backups, restores
from tests import databases, small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"


pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    return bare_fund


def write(tmp_path, **about):
    path = tmp_path / "fund.backup"
    return path, backups.write(path, **{"passphrase": SECRET, "at": NOW, **about})


def test_it_writes_one_file_that_tells_nothing(fund, tmp_path):
    phone = small_fund.phone(fund)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    path, written = write(tmp_path)
    assert (written.entries, written.through, written.photos) == (1, 1, 0)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == written.size
    data = path.read_bytes()
    assert not any(word in data for word in (b"SQLite", b"PRIVATE KEY", b"volunteer", b"ombun.db"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "fund.backup"]
    assert not list((tmp_path / "data").glob(".backup-*"))


def test_it_tells_phones_what_it_covers(fund, tmp_path):
    phone = small_fund.phone(fund)
    for _ in range(3):
        phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert seats.backed_up_through(phone.device.id) == 0
    write(tmp_path)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert seats.backed_up_through(phone.device.id) == 3
    write(tmp_path, at=NOW + timedelta(days=1))
    assert seats.backed_up_through(phone.device.id) == 4


def test_it_needs_a_passphrase_and_a_place(fund, tmp_path):
    with pytest.raises(Refusal) as refusal:
        write(tmp_path, passphrase="")
    assert refusal.value.field == "passphrase"
    for path in (tmp_path, tmp_path / "nowhere/fund.backup"):
        with pytest.raises(Refusal, match="no place"):
            backups.write(path, passphrase=SECRET, at=NOW)
    assert not Backup.select().exists()


def test_it_leaves_the_old_file_when_it_breaks_off(fund, tmp_path, monkeypatch):
    path, _ = write(tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(backups, "_add", broken_disk)
    with pytest.raises(Refusal, match="could not be written"):
        write(tmp_path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "fund.backup"]
    assert not list((tmp_path / "data").glob(".backup-*"))
    assert Backup.select().count() == 1


def broken_disk(*_):
    raise OSError(28, "No space left on device")


def test_it_is_no_complete_backup_while_a_photo_is_damaged(fund, tmp_path):
    phone = small_fund.phone(fund)
    whole = phone.picture(b"\xff\xd8\xff one", "house", at=NOW)["sha256"]
    changed = phone.picture(b"\xff\xd8\xff two", "house", at=NOW)["sha256"]
    blobs.path(changed).write_bytes(b"something else")
    _, written = write(tmp_path)
    assert (written.photos, written.damaged) == (1, [changed])
    assert not Backup.select().exists()
    restores.restore(tmp_path / "fund.backup", passphrase=SECRET, **databases.place(tmp_path / "again"), at=NOW)
    assert [p.name for p in (tmp_path / "again/blobs").rglob("*") if p.is_file()] == [whole]


@pytest.mark.only("sqlite")
def test_it_refuses_to_copy_a_damaged_database(fund, tmp_path):
    for _ in range(40):
        small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.database.close()
    path = fund.folder / "ombun.db"
    data = bytearray(path.read_bytes())
    data[-4096:] = b"\xff" * 4096  # a page of rows; those of the schema are at the beginning, and are many
    path.write_bytes(data)
    small_fund.recall(fund.folder)
    with pytest.raises(Refusal):
        write(tmp_path)


@pytest.mark.slow
def test_it_is_consistent_while_four_writers_write(fund, tmp_path):
    stop = threading.Event()
    writers = [threading.Thread(target=keep_writing, args=(small_fund.phone(fund), stop)) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        made = [backups.write(tmp_path / f"{n}.backup", passphrase=SECRET, at=NOW) for n in range(3)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert made[0].entries < made[-1].entries <= Entry.select().count()
    for n, written in enumerate(made):
        into = tmp_path / f"data-{n}"
        restores.restore(tmp_path / f"{n}.backup", passphrase=SECRET, **databases.place(into), at=NOW)
        small_fund.recall(into)
        assert Entry.select().count() == written.entries == written.through
        assert all(blobs.path(blob.sha256).exists() for blob in StoredBlob.select())
        assert Backup.select().order_by(Backup.id.desc()).first().through == written.through


def keep_writing(phone, stop):
    with db.database.connection_context():
        while not stop.is_set():
            phone.picture(b"\xff\xd8\xff" + keyring.b64url(phone.ids().bytes).encode(), "house", at=NOW)
            phone.record("household", small_fund.household(), at=NOW, place="canal")
