"""What happens by itself: a backup a night, a proof a month, one process at a time, and nothing half-done is left or counted."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

import db
from db.models import Backup, Generation, Mishap, RestoreProof, Wish
from pwa import web
from pwa.domain.custody import seats
from pwa.domain.operations import archives, backups, folders, generations, health, schedule
from tests import databases, small_fund
from tests.small_fund import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SECRET = "ข้าวเหนียว มะม่วง 2569"
GOOD = {"entries": 1, "photos": 0, "findings": []}


pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    return bare_fund


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept"


def tend(kept, at=NOW, found=GOOD):
    return schedule.tend(kept, passphrase=SECRET, clock=lambda: at, try_out=lambda path: found)


def test_it_begins_at_once_and_then_every_night(fund, kept):
    assert tend(kept) == ["backup", "proof"]
    assert tend(kept, NOW + HOUR) == []
    night = schedule.last_night(NOW) + DAY
    assert tend(kept, night - HOUR) == []
    assert tend(kept, night + HOUR) == ["backup"]
    assert tend(kept, night + 5 * DAY) == ["backup"], "missed nights are made up for once"
    assert [file.is_whole for file in generations.listed(kept)] == [True] * 3
    assert Generation.select().count() == Backup.select().count() == 3


def test_nights_begin_at_half_past_two_in_thailand():
    for at in (NOW, NOW + 5 * HOUR, NOW + 16 * HOUR):
        local = schedule.last_night(at).astimezone(web.BANGKOK)
        assert (local.hour, local.minute) == (2, 30)
        assert timedelta() <= at - local < DAY


def test_phones_hear_of_it(fund, kept):
    phone = small_fund.phone(fund)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    tend(kept)
    assert seats.backed_up_through(phone.device.id) == 1
    assert health.last_check() == (NOW, 0)


def test_it_proves_again_after_a_month_or_when_it_failed(fund, kept):
    assert tend(kept, found={**GOOD, "findings": ["broken"]}) == ["backup", "proof"]
    assert health.alarms(at=NOW) == ["restore-failed"]
    assert tend(kept, NOW + HOUR) == [], "the same file would fail again"
    assert tend(kept, NOW + DAY) == ["backup", "proof"]
    assert health.alarms(at=NOW + DAY) == []
    assert tend(kept, NOW + 30 * DAY) == ["backup"]
    assert tend(kept, NOW + 31 * DAY) == ["backup", "proof"]
    assert [bool(proof.findings) for proof in RestoreProof.select().order_by(RestoreProof.id)] == [True, False, False]


def test_it_does_what_somebody_wishes(fund, kept):
    tend(kept)
    admin = fund.people["admin"]
    schedule.wish("backup", by=admin, at=NOW + HOUR)
    assert (fund.folder / schedule.NUDGE).exists()
    assert schedule.overview(kept).wished == {"backup"}
    assert tend(kept, NOW + HOUR + timedelta(minutes=1)) == ["backup"]
    assert not (fund.folder / schedule.NUDGE).exists()
    schedule.wish("proof", by=admin, at=NOW + 2 * HOUR)
    assert tend(kept, NOW + 2 * HOUR) == ["proof"]
    assert tend(kept, NOW + 2 * HOUR) == []
    assert schedule.overview(kept).wished == set()
    assert Wish.select().count() == 2


def test_a_clock_that_was_ahead_stops_no_backup(fund, kept):
    """A box whose battery was empty wakes up in another year, does its nights, and is put right."""
    ahead = [NOW + timedelta(days=4000 + day) for day in range(9)]
    for at in ahead:
        tend(kept, at)
    Mishap.create(at=ahead[0], why="a disk")
    assert health.alarms(at=NOW + 2 * DAY) == ["backup-late", "backup-passphrase-missing"]
    assert tend(kept, NOW + 2 * DAY) == ["backup", "proof"]
    assert health.alarms(at=NOW + 2 * DAY) == []
    schedule.wish("backup", by=fund.people["admin"], at=NOW + 2 * DAY + HOUR)
    assert tend(kept, NOW + 2 * DAY + 2 * HOUR) == ["backup"]
    assert tend(kept, NOW + 3 * DAY) == ["backup"]
    assert tend(kept, NOW + 3 * DAY + HOUR) == []
    state = schedule.overview(kept, NOW + 3 * DAY)
    assert state.last == NOW + 3 * DAY and [file.at for file in state.files[:2]] == [
        NOW + 3 * DAY,
        NOW + 2 * DAY + 2 * HOUR,
    ]


def test_a_mishap_is_told_and_tried_again(fund, kept, monkeypatch):
    kept.mkdir()
    monkeypatch.setattr(backups, "_add", broken_disk)
    assert tend(kept) == ["backup"]
    assert "No space left" in Mishap.get().why
    assert schedule.overview(kept).mishap.at == NOW
    assert list(kept.iterdir()) == []
    assert tend(kept, NOW + timedelta(minutes=10)) == []
    monkeypatch.undo()
    assert tend(kept, NOW + timedelta(minutes=16)) == ["backup", "proof"]
    assert schedule.overview(kept).mishap is None


def test_a_folder_that_cannot_be_made_is_a_mishap(fund, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert tend(tmp_path / "file/kept") == ["backup"]
    assert "Not a directory" in Mishap.get().why


def broken_disk(*_):
    raise OSError(28, "No space left on device")


@pytest.mark.slow
def test_one_process_at_a_time(fund, kept):
    holder = hold(fund.folder / schedule.MARK, "proof")
    try:
        assert schedule.overview(kept).doing == "proof"
        assert tend(kept) == []
    finally:
        stop(holder)
    assert schedule.overview(kept).doing is None
    holder = hold(fund.folder / backups.MARK, "")
    try:
        assert tend(kept) == ["backup"]
        assert "Another backup" in Mishap.get().why
        assert not Backup.select().exists()
    finally:
        stop(holder)


def hold(mark, word):
    code = (
        "import sys, time; from pathlib import Path; from pwa.domain.operations import folders\n"
        "with folders.claimed(Path(sys.argv[1]), sys.argv[2]) as mine: print(mine, flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(mark), word], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "True\n"
    return holder


def stop(process):
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.slow
def test_kill_9_in_the_middle_leaves_nothing_that_counts(fund, kept):
    phone = small_fund.phone(fund)
    for _ in range(150):
        phone.picture(b"\xff\xd8\xff" + os.urandom(200_000), "house", at=NOW)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    killed = 0
    while killed < 3:
        process = start_tending(fund.folder, kept)
        while half_written(process, kept) <= killed * 5_000_000:
            assert process.poll() is None, "it was done before it could be killed"
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += 1
        assert list(kept.iterdir()) == []
        assert generations.listed(kept) == []
        assert not Backup.select().exists()
        assert not Generation.select().exists()
    assert schedule.overview(kept).doing is None
    assert start_tending(fund.folder, kept).wait() == 0
    assert [path.name for path in kept.iterdir()] == [file.path.name for file in generations.listed(kept)]
    assert [file.is_whole for file in generations.listed(kept)] == [True]
    assert not list(fund.folder.glob(f"{backups.SNAPSHOT}*"))
    assert RestoreProof.get().findings == ""
    assert seats.backed_up_through(phone.device.id) == 1


def half_written(process, kept):
    """How many bytes the process has written into a file of that folder, which may have no name."""
    found = 0
    for one in Path(f"/proc/{process.pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            if os.readlink(one).startswith(str(kept)):
                found += one.stat().st_size
    return found


def start_tending(data, kept):
    """The real verb in a process of its own."""
    settings = {"OMBUN_DATA": str(data), "OMBUN_BACKUPS": str(kept), "OMBUN_BACKUP_PASSPHRASE": SECRET}
    environ = {**os.environ, **settings, "OMBUN_DATABASE_URL": databases.address(data)}
    return subprocess.Popen([sys.executable, "-m", "pwa", "tend"], env=environ, stdout=subprocess.DEVNULL)


def test_it_sweeps_up_what_a_killed_proof_left(fund, kept):
    (kept / ".proof-abc/data").mkdir(parents=True)
    (kept / ".ombun-2026-11-22-023000.backup.xyz.part").write_bytes(archives.MAGIC + b"half")
    (fund.folder / f"{backups.SNAPSHOT}abc").mkdir()
    tend(kept)
    assert [path.name for path in kept.iterdir()] == [generations.file_name(NOW)]
    assert not list(fund.folder.glob(f"{backups.SNAPSHOT}*"))


def test_it_keeps_to_itself(fund, kept):
    tend(kept)
    assert kept.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept.iterdir())
    assert folders.claim(fund.folder / "never-claimed") is None
    assert db.database.obj is not None
