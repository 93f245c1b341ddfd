"""A backup holds every key: a new passphrase must be hard to guess, and one in use is never the reason for a night without a backup."""

import pytest

from pwa.domain import Refusal
from pwa.domain.operations import archives, backups, health, passphrases, proofs, restores, schedule
from tests import databases, small_fund
from tests.small_fund import NOW

GOOD = [
    "ข้าวเหนียว มะม่วง 2569",
    "หนึ่งสองสามสี่ห้าหก",
    "ข้าว นก ปลา ดาว",
    "five words nobody would guess",
    "Xk3-9fPq-77aL-wZ2b",
]
WEAK = [
    "abc",
    "ทดสอบ",
    "1234567890",
    "a b c d",
    "one two three",
    "กกกกกกกกกกกกกกกกกกกก",
    "aaaa aaaa aaaa aaaa",
    " " * 30,
]


@pytest.fixture
def fund(kept_fund, quick_key):
    return kept_fund


@pytest.mark.parametrize(("passphrase", "weak"), [*((text, False) for text in GOOD), *((text, True) for text in WEAK)])
def test_it_knows_what_is_easy_to_guess(passphrase, weak):
    assert passphrases.is_weak(passphrase) == weak


def test_a_new_weak_one_writes_nothing(fund, tmp_path):
    with pytest.raises(Refusal) as refusal:
        backups.write(tmp_path / "fund.backup", passphrase="abc", at=NOW)
    assert refusal.value.field == "passphrase"
    assert not list(tmp_path.glob("*.backup"))


def test_one_in_use_goes_on_with_an_alarm(fund, tmp_path, monkeypatch):
    kept = tmp_path / "kept"
    kept.mkdir()
    with monkeypatch.context() as before:
        before.setattr(passphrases, "must_be_fit", lambda *about: None)
        backups.write(kept / "old.backup", passphrase="abc", at=NOW)
    backups.write(tmp_path / "new.backup", passphrase="abc", at=NOW, kept=kept)
    backups.write(kept / "beside.backup", passphrase="abc", at=NOW)
    with pytest.raises(Refusal):
        backups.write(kept / "third.backup", passphrase="xyz", at=NOW)
    assert "backup-passphrase-weak" in health.alarms(at=NOW, passphrase="abc")
    assert "backup-passphrase-weak" not in health.alarms(at=NOW, passphrase=GOOD[0])
    assert proofs.try_out(tmp_path / "new.backup", passphrase="abc", beside=tmp_path, at=NOW)["findings"] == []
    where = databases.place(tmp_path / "again")
    assert restores.restore(tmp_path / "new.backup", passphrase="abc", **where, at=NOW).entries == 0
    databases.drop(tmp_path / "again")
    small_fund.recall(fund.folder)


def test_the_night_says_why_it_wrote_nothing(fund, tmp_path):
    for passphrase, done in (("abc", 0), (GOOD[0], 1)):
        at = NOW + done * schedule.DAY
        schedule.tend(tmp_path / "kept", passphrase=passphrase, clock=lambda at=at: at, try_out=lambda path: NOTHING)
        assert len(list((tmp_path / "kept").glob("*.backup"))) == done
    assert archives.MAGIC


NOTHING = {"entries": 0, "photos": 0, "findings": []}
