"""What phones may let go of: a line only with its photos, and a restored server asks for the photos that it lacks."""

import hashlib
from datetime import timedelta

import pytest

from db.models import Backup, Entry, NamedPhoto, StoredBlob
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import backed_up, blobs, entries, seats
from pwa.domain.operations import backups, promises, restores
from pwa.domain.privacy import erasure
from pwa.domain.review import review
from tests import databases, small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"
DAY = timedelta(days=1)


pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    return bare_fund


@pytest.fixture
def phone(fund):
    return small_fund.phone(fund)


def photo(phone, text):
    """A photo on the phone, not sent yet: (what the entry says of it, its sealed bytes)."""
    key = keyring.newest("seal")
    sealed = sealing.seal_to(key.public, b"\xff\xd8\xff" + text.encode(), sealing.blob_info(phone.account.id))
    sha256 = hashlib.sha256(sealed).hexdigest()
    return {"sha256": sha256, "kid": key.kid, "role": "house", "type": "image/jpeg", "bytes": 3}, sealed


def record(phone, *pictures, at=NOW):
    return phone.record("household", small_fund.household(), at=at, place="canal", pictures=pictures)


def deliver(phone, named, sealed, at=NOW):
    return blobs.keep(named["sha256"], sealed, device=phone.device.id, at=at)


def back_up(tmp_path, at=NOW):
    backups.write(tmp_path / "fund.backup", passphrase=SECRET, at=at)


def covered(phone):
    return seats.backed_up_through(phone.device.id)


def test_a_line_waits_for_the_backup_that_holds_its_photos(phone, tmp_path):
    named, sealed = photo(phone, "house")
    record(phone)
    record(phone, named)
    record(phone)
    back_up(tmp_path)
    assert covered(phone) == 1
    assert backed_up.lacking(phone.device.id) == [named["sha256"]]
    deliver(phone, named, sealed)
    assert backed_up.lacking(phone.device.id) == []
    assert covered(phone) == 1, "the photo came after the backup"
    back_up(tmp_path, NOW + DAY)
    assert covered(phone) == 3


def test_photos_that_came_before_their_line_count(phone, tmp_path):
    named, sealed = photo(phone, "house")
    deliver(phone, named, sealed)
    record(phone, named, named)
    back_up(tmp_path)
    assert covered(phone) == 1
    assert NamedPhoto.select().count() == 1


def test_a_photo_that_never_comes_is_waited_for_and_then_given_up(phone, tmp_path):
    named, _ = photo(phone, "lost")
    record(phone, named)
    record(phone)
    back_up(tmp_path, NOW + 89 * DAY)
    assert covered(phone) == 0
    back_up(tmp_path, NOW + 91 * DAY)
    assert covered(phone) == 2
    assert backed_up.lacking(phone.device.id) == [named["sha256"]], "it is still welcome"


def test_an_erased_entry_waits_for_nothing(phone, fund, tmp_path):
    named, _ = photo(phone, "lost")
    entry = record(phone, named)
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="ซ้ำ")
    erasure.erase(entry, by=fund.people["registrar"], at=NOW, reason="ขอลบ", legal_ground="unnecessary")
    back_up(tmp_path)
    assert covered(phone) == 1
    assert backed_up.lacking(phone.device.id) == []


def test_an_older_snapshot_never_takes_coverage_back(phone):
    entry = record(phone)
    backed_up.record(through=entry.id, uncovered=[], at=NOW, size=1)
    assert covered(phone) == 1
    backed_up.record(through=entry.id - 1, uncovered=[entry.id], at=NOW, size=1)
    assert covered(phone) == 1
    assert Backup.select().count() == 2


def test_one_phone_does_not_wait_for_another(phone, fund, tmp_path):
    other = small_fund.phone(fund, "volunteer-2")
    record(phone, photo(phone, "lost")[0])
    record(other)
    back_up(tmp_path)
    assert (covered(phone), covered(other)) == (0, 1)
    assert backed_up.lacking(other.device.id) == []
    assert len(backed_up.lacking(phone.device.id, other.device.id)) == 1


def test_after_a_restore_photos_come_back_too_and_nothing_twice(phone, fund, tmp_path):
    pictures = [photo(phone, f"house {n}") for n in range(4)]
    lines = [phone.line("household", small_fund.household(), at=NOW, place="canal", pictures=[p[0]]) for p in pictures]
    phone.send(lines[:2], at=NOW)
    deliver(phone, *pictures[0])
    back_up(tmp_path)
    deliver(phone, *pictures[1])
    phone.send(lines[2:], at=NOW)
    for one in pictures[2:]:
        deliver(phone, *one)
    before = {row.entry_id for row in Entry.select()}
    databases.close()

    restores.restore(
        tmp_path / "fund.backup", passphrase=SECRET, **databases.place(fund.folder), at=NOW + DAY, replace=True
    )
    small_fund.recall(fund.folder)
    assert seats.progress(phone.device.id) == {"seen_through": 2, "missing": []}
    assert covered(phone) == 1
    assert backed_up.lacking(phone.device.id) == [pictures[1][0]["sha256"]]

    held = dict(zip([p[0]["sha256"] for p in pictures], pictures, strict=True))
    phone.send(lines[2:], at=NOW + DAY)
    for _ in range(2):
        for sha256 in backed_up.lacking(phone.device.id):
            deliver(phone, *held[sha256], at=NOW + DAY)
        phone.send(lines, at=NOW + DAY)
    assert backed_up.lacking(phone.device.id) == []
    assert {row.entry_id for row in Entry.select()} == before
    assert (Entry.select().count(), StoredBlob.select().count()) == (4, 4)
    back_up(tmp_path, NOW + DAY)
    assert covered(phone) == 4
    assert promises.check() == []
    assert {entries.plaintext(row)["blobs"][0]["sha256"] for row in Entry.select()} == set(held)
