"""Restoring: whole or not at all, nothing deleted, numbers far above, and phones bring back what the backup lacked."""

import io
import itertools
import json
import tarfile
from datetime import timedelta

import pytest

import db
from db.models import Backup, Entry, Key
from pwa.domain import Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import blobs, entries, seats
from pwa.domain.operations import archives, backups, folders, promises, restores
from tests import databases, small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"
LATER = NOW + timedelta(hours=5)


pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    yield bare_fund
    folders.release()


@pytest.fixture
def backup(fund, tmp_path):
    """A backup of one entry with one photo."""
    phone = small_fund.phone(fund)
    picture = phone.picture(b"\xff\xd8\xff house", "house", at=NOW)
    phone.record("household", small_fund.household(), at=NOW, place="canal", pictures=[picture])
    backups.write(tmp_path / "fund.backup", passphrase=SECRET, at=NOW)
    return tmp_path / "fund.backup"


def restore(path, into, **about):
    return restores.restore(path, **{"passphrase": SECRET, **databases.place(into), "at": LATER, **about})


@pytest.mark.slow
def test_phones_bring_back_what_the_backup_lacked(fund, tmp_path):
    phones = [small_fund.phone(fund, handle) for handle in ("volunteer", "volunteer-2")]
    sent = {phone: [] for phone in phones}
    receipts = {phone: deliver(phone, sent[phone], 30) for phone in phones}
    backups.write(tmp_path / "fund.backup", passphrase=SECRET, at=NOW)
    lost = {phone: deliver(phone, sent[phone], 50) for phone in phones}
    before = {(row.entry_id, row.sha256) for row in Entry.select()}
    db.database.close()

    done = restore(tmp_path / "fund.backup", fund.folder, replace=True)
    small_fund.recall(fund.folder)
    assert Entry.select().count() == 60
    assert [seats.backed_up_through(phone.device.id) for phone in phones] == [30, 30]

    highest = max(r["number"] for r in (*receipts[phones[0]], *receipts[phones[1]]))
    for phone in phones:
        again = entries.receive(sent[phone], sender=phone.device.id, at=LATER)
        assert [r["outcome"] for r in again] == ["replayed"] * 30 + ["received"] * 50
        assert [(r["number"], r["sig"]) for r in again[:30]] == [(r["number"], r["sig"]) for r in receipts[phone]]
        assert {r["kid"] for r in again[30:]} == {keyring.newest("receipt").kid} != {r["kid"] for r in lost[phone]}
        assert min(r["number"] for r in again[30:]) > done.number_floor == highest + 100_000
        assert seats.progress(phone.device.id) == {"seen_through": 80, "missing": []}
    assert {(row.entry_id, row.sha256) for row in Entry.select()} == before
    assert {r["kid"] for phone in phones for r in lost[phone]} <= {
        k["kid"] for k in keyring.published()["receipt_keys"]
    }
    assert promises.check() == []


def deliver(phone, sent, count):
    lines = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]
    sent += lines
    return entries.receive(lines, sender=phone.device.id, at=NOW)


def test_everything_is_there_again(backup, fund, tmp_path):
    secret, kids = keyring.ring.secret, {key.kid for key in Key.select()}
    done = restore(backup, tmp_path / "new")
    assert (done.at, done.entries, done.photos, done.damaged, done.aside) == (NOW, 1, 1, [], None)
    assert keyring.ring.folder == fund.folder / "keys", "the running data folder stays in use"
    small_fund.recall(tmp_path / "new")
    assert keyring.ring.secret == secret
    assert {key.kid for key in Key.select()} > kids
    entry = Entry.get()
    [named] = entries.plaintext(entry)["blobs"]
    assert blobs.picture(named["sha256"], named["kid"], entry.author).startswith(b"\xff\xd8\xff")
    assert Backup.select().count() == 1
    assert promises.check() == []
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert all(p.stat().st_mode & 0o77 == 0 for p in (tmp_path / "new").rglob("*.key"))
    assert not list((tmp_path / "new").glob("*.json"))


def test_each_restore_goes_on_higher(backup, tmp_path):
    floors = []
    for n in range(3):
        folder = tmp_path / f"data-{n}"
        floors.append(restore(backup, folder, at=NOW - timedelta(days=1)).number_floor)
        small_fund.recall(folder)
        assert keyring.newest("receipt").number_floor == floors[-1], "newest, also where the clock is behind"
        backup = tmp_path / f"{n}.backup"
        backups.write(backup, passphrase=SECRET, at=NOW)
    assert [high - low for low, high in itertools.pairwise(floors)] == [100_000, 100_000]


def test_it_moves_the_old_folder_aside_only_when_told(backup, fund, tmp_path):
    db.database.close()
    with pytest.raises(Refusal, match="--replace"):
        restore(backup, fund.folder)
    names = sorted(path.name for path in fund.folder.iterdir())
    done = restore(backup, fund.folder, replace=True)
    assert done.aside == tmp_path / "data.replaced-20261122T071500"
    assert sorted(path.name for path in done.aside.iterdir()) == names
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", done.aside.name, "fund.backup"]


def test_it_takes_an_empty_folder(backup, tmp_path):
    (tmp_path / "empty").mkdir()
    assert restore(backup, tmp_path / "empty").entries == 1


def test_it_waits_until_the_server_has_stopped(backup, fund):
    folders.occupy(fund.folder)
    with pytest.raises(Refusal, match="Stop it first"):
        restore(backup, fund.folder, replace=True)
    folders.release()
    db.database.close()
    restore(backup, fund.folder, replace=True)


@pytest.mark.parametrize("damage", ["passphrase", "cut", "changed", "longer", "other file", "missing"])
def test_it_changes_nothing_when_the_backup_is_bad(backup, fund, tmp_path, damage):
    data = bytearray(backup.read_bytes())
    middle = len(data) // 2
    bad = {
        "cut": data[:-1000],
        "changed": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "longer": data + b"\0",
        "other file": b"PK" + data,
    }
    backup.write_bytes(bad.get(damage, data))
    if damage == "missing":
        backup.unlink()
    before, serving = listing(tmp_path), db.database.obj
    with pytest.raises(Refusal):
        restore(backup, fund.folder, replace=True, passphrase="?" if damage == "passphrase" else SECRET)
    assert listing(tmp_path) == before
    assert db.database.obj is serving
    assert Entry.select().count() == 1


def listing(folder):
    return sorted((str(path), path.stat().st_size) for path in folder.rglob("*"))


def test_it_changes_nothing_when_it_is_interrupted(backup, fund, monkeypatch):
    db.database.close()
    before = listing(fund.folder.parent)
    monkeypatch.setattr(type(fund.folder), "rename", interrupted_second(type(fund.folder).rename))
    with pytest.raises(KeyboardInterrupt):
        restore(backup, fund.folder, replace=True)
    monkeypatch.undo()
    assert listing(fund.folder.parent) == before


def interrupted_second(rename):
    calls = []

    def once(path, target):
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return rename(path, target)

    return once


@pytest.mark.parametrize("member", ["../outside", "/etc/outside", "keys/../../x.key", "blobs/aa/" + "b" * 64])
def test_it_unpacks_nothing_that_a_backup_does_not_hold(backup, tmp_path, member):
    forged = tmp_path / "forged.backup"
    with open(forged, "wb") as file:
        writer = archives.Writer(file, SECRET)
        with tarfile.open(fileobj=writer, mode="w|") as tar:
            info = tarfile.TarInfo(member)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
        writer.close()
    with pytest.raises(Refusal, match="damaged"):
        restore(forged, tmp_path / "new")
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "new").exists()


@pytest.mark.only("sqlite")
def test_it_refuses_a_backup_of_a_newer_version(fund, tmp_path):
    db.database.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    backups.write(tmp_path / "fund.backup", passphrase=SECRET, at=NOW)
    with pytest.raises(Refusal, match="newer version"):
        restore(tmp_path / "fund.backup", tmp_path / "new")


def test_it_refuses_a_backup_without_a_key_or_a_photo(backup, tmp_path):
    for lacking in ("keys/seal-", "blobs/"):
        holed = tmp_path / "holed.backup"
        repack(backup, holed, lambda name, lacking=lacking: not name.startswith(lacking))
        with pytest.raises(Refusal, match="damaged"):
            restore(holed, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def repack(source, target, keep):
    with open(source, "rb") as old, open(target, "wb") as new:
        writer = archives.Writer(new, SECRET)
        reader = archives.Reader(old, SECRET)
        with tarfile.open(fileobj=reader, mode="r|") as tar, tarfile.open(fileobj=writer, mode="w|") as out:
            for member in tar:
                if keep(member.name):
                    out.addfile(member, io.BytesIO(tar.extractfile(member).read()))
        writer.close()


def test_it_says_what_is_not_healed():
    assert "must be made again" in restores.NOT_HEALED
    assert json.dumps(restores.NOT_HEALED % {"at": "22 Nov"})
