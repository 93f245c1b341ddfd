"""Restore proofs: a good backup is proved, a damaged one is not, and nothing that serves is touched meanwhile."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile

import pytest
from peewee import IntegrityError, SqliteDatabase
from playhouse import migrations

import db
from db.models import Entry, RestoreProof
from pwa.domain.crypto import keyring
from pwa.domain.operations import archives, backups, generations, heads, proofs, restores
from pwa.server import watch
from tests import small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"

# The verb itself, ended as by a power cut at the worst moment: all is unpacked, nothing is in its place yet.
KILLED_BEFORE_ITS_PLACE = """
import os, signal, sys
from pwa.cli import main
def end(event, what):
    if event == "os.rename" and ".restoring-" in str(what[0]):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(end)
main()
"""


pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    return bare_fund


@pytest.fixture
def file(fund, tmp_path):
    """A backup of two entries and a photo, as the server keeps it."""
    phone = small_fund.phone(fund)
    picture = phone.picture(b"\xff\xd8\xff house", "house", at=NOW)
    phone.record("household", small_fund.household(), at=NOW, place="canal", pictures=[picture])
    phone.record("household", small_fund.household("46"), at=NOW, place="canal")
    path = tmp_path / "kept" / generations.file_name(NOW)
    path.parent.mkdir()
    generations.note(backups.write(path, passphrase=SECRET, at=NOW), path, at=NOW)
    [file] = generations.listed(path.parent)
    return file


def try_out(file, passphrase=SECRET):
    return proofs.try_out(file.path, passphrase=passphrase, beside=file.path.parent, at=NOW)


def test_a_good_backup_is_proved_and_leaves_nothing(file, fund):
    serving, ring = db.database.obj, keyring.ring
    found = try_out(file)
    head = found.pop("head")
    assert found == {"entries": 2, "photos": 1, "findings": []}
    assert heads.holds(*head)
    assert (db.database.obj, keyring.ring) == (serving, ring)
    assert Entry.select().count() == 2
    assert list(file.path.parent.iterdir()) == [file.path]
    row = proofs.record(file, found, seconds=180, at=NOW)
    assert (row.findings, row.seconds, row.entries, row.sha256) == ("", 180, 2, file.row.sha256)
    assert proofs.last() == row
    assert generations.proved([file]) == [file]


@pytest.mark.slow
def test_it_is_done_by_a_process_of_its_own(file, monkeypatch):
    monkeypatch.setenv("OMBUN_BACKUP_PASSPHRASE", SECRET)
    found = watch.try_out(file.path, file.path.parent)
    assert heads.holds(*found.pop("head"))
    assert found == {"entries": 2, "photos": 1, "findings": []}
    monkeypatch.setenv("OMBUN_BACKUP_PASSPHRASE", "another")
    [finding] = watch.try_out(file.path, file.path.parent)["findings"]
    assert "does not open" in finding


def test_a_process_that_dies_is_no_proof(file, monkeypatch):
    monkeypatch.setattr(watch, "ombun", lambda verb: ["sh", "-c", "echo out of memory >&2; kill -9 $$"])
    [finding] = watch.try_out(file.path, file.path.parent)["findings"]
    assert "out of memory" in finding


@pytest.mark.parametrize("place", [0.2, 0.5, 0.99])
def test_a_damaged_file_fails(file, place):
    data = bytearray(file.path.read_bytes())
    data[int(len(data) * place)] ^= 1
    file.path.write_bytes(data)
    found = try_out(file)
    assert found["findings"]
    row = proofs.record(file, found, seconds=1, at=NOW)
    assert "not the one that was written" in row.findings
    assert generations.proved(generations.listed(file.path.parent)) == []
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DROP TRIGGER seat_no_delete; DELETE FROM seat WHERE seq = 2", "damaged"),
        ("UPDATE unit SET name = 'x'", ""),
        ("DROP TRIGGER entry_no_update; UPDATE entry SET sig = '' WHERE id = 1", "does not verify"),
        ("DROP TRIGGER entry_no_update; UPDATE entry SET sha256 = prev WHERE id = 2", "damaged"),
        ("DROP TRIGGER entry_no_update", "may be changed"),
    ],
)
def test_what_the_archive_cannot_notice_the_promises_do(file, tmp_path, sql, says):
    """A file that is sealed well and holds something else than it says, or something that breaks a promise."""
    forge(file.path, tmp_path / "changed.db", sql)
    findings = "\n".join(try_out(file)["findings"])
    assert says in findings if says else findings == ""


def forge(path, scratch, sql):
    with tarfile.open(fileobj=archives.Reader(io.BytesIO(path.read_bytes()), SECRET), mode="r|") as tar:
        content = tar.extractfile(tar.next()).read()
    repack(path, {"ombun.db": changed(scratch, content, sql)})


def repack(path, others):
    """The same backup with other contents in some of its members."""
    data = path.read_bytes()
    with open(path, "wb") as new:
        writer, reader = archives.Writer(new, SECRET), archives.Reader(io.BytesIO(data), SECRET)
        with tarfile.open(fileobj=reader, mode="r|") as tar, tarfile.open(fileobj=writer, mode="w|") as out:
            for member in tar:
                content = others.get(member.name) or tar.extractfile(member).read()
                member.size = len(content)
                out.addfile(member, io.BytesIO(content))
        writer.close()


def changed(scratch, content, sql):
    scratch.write_bytes(content)
    database = sqlite3.connect(scratch)
    database.executescript(f"PRAGMA journal_mode = delete; {sql}")
    database.commit()
    database.close()
    return scratch.read_bytes()


def test_it_is_kept_for_good(file):
    row = proofs.record(file, try_out(file), seconds=1, at=NOW)
    with pytest.raises(IntegrityError, match="append-only"):
        RestoreProof.delete().where(RestoreProof.id == row.id).execute()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(file, tmp_path):
    """Tables and rows that newer migrations make are not held against it, and it told less of itself."""
    old = SqliteDatabase(tmp_path / "old.db")
    with old.connection_context():
        migrations.Runner(old, str(db.MIGRATIONS)).up("0004_register")
        columns = "kid, purpose, public, number_floor, created_at"
        for row in db.database.execute_sql(f"SELECT {columns} FROM key").fetchall():
            old.execute_sql(f"INSERT INTO key ({columns}) VALUES (?, ?, ?, ?, ?)", row)
    facts = {"at": 1_790_000_000_000, "through": 0, "entries": 0, "photos": 0, "damaged": [], "size": 0, "format": 1}
    repack(file.path, {"ombun.db": (tmp_path / "old.db").read_bytes(), "ombun.json": json.dumps(facts).encode()})
    assert try_out(file) == {"entries": 0, "photos": 0, "findings": [], "head": None}


@pytest.mark.slow
def test_what_a_killed_restore_unpacked_is_gone_after_the_next(file, tmp_path):
    """All keys lie in it, and anybody who reads this disk could take them."""
    into = tmp_path / "elsewhere"
    environ = {**os.environ, "OMBUN_DATA": str(into), "OMBUN_BACKUP_PASSPHRASE": SECRET, "OMBUN_DATABASE_URL": ""}
    begun = subprocess.run([sys.executable, "-c", KILLED_BEFORE_ITS_PLACE, "restore", str(file.path)], env=environ)
    assert begun.returncode == -signal.SIGKILL
    assert not into.exists() and list(tmp_path.glob("elsewhere.restoring-*/keys/*"))
    restores.restore(file.path, passphrase=SECRET, into=into, at=NOW)
    assert not list(tmp_path.glob("elsewhere.*")) and (into / "keys").exists()


def test_what_a_killed_proof_unpacked_is_gone_after_the_next(file, tmp_path):
    (tmp_path / f"{proofs.SCRATCH}abc" / "data").mkdir(parents=True)
    assert proofs.try_out(file.path, passphrase=SECRET, beside=tmp_path, at=NOW)["findings"] == []
    assert not list(tmp_path.glob(f"{proofs.SCRATCH}*"))
