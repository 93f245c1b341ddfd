"""Kept backups: over a year of nights the disk holds a couple of dozen, and never loses the newest good one."""

import itertools
from collections import namedtuple
from datetime import timedelta

import pytest

from db.models import Generation, RestoreProof
from pwa.domain import Refusal
from pwa.domain.operations import generations
from tests import databases, small_fund
from tests.small_fund import NOW

DAY = timedelta(days=1)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(engine, tmp_path):
    small_fund.settle(tmp_path / "data")
    (tmp_path / "backups").mkdir()
    yield tmp_path / "backups"
    databases.drop(tmp_path / "data")


def put(folder, at, *, damaged=0, size=10, row=True):
    """A backup file as the server leaves it."""
    path = folder / generations.file_name(at)
    path.write_bytes(b"x" * size)
    if row:
        Generation.create(name=path.name, at=at, sha256=path.name, size=10, entries=1, photos=0, damaged=damaged)
    return path


def prove(path, findings=""):
    RestoreProof.create(name=path.name, sha256=path.name, at=NOW, seconds=1, entries=1, photos=0, findings=findings)


def days(folder, now):
    return [(now - file.at).days for file in generations.listed(folder)]


@pytest.mark.slow
def test_a_year_of_nights_leaves_days_weeks_and_months(folder):
    for night in range(400):
        now = NOW + night * DAY
        newest = put(folder, now)
        generations.prune(folder)
        assert newest.exists()
    ages = days(folder, now)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(ages) <= 7 + 4 + 12
    assert 300 < ages[-1] < 366
    assert max(later - earlier for earlier, later in itertools.pairwise(ages)) <= 31


def test_the_newest_of_a_day_stands_for_it(folder):
    for hours in range(10):
        put(folder, NOW + timedelta(hours=hours))
    generations.prune(folder)
    assert [file.at for file in generations.listed(folder)] == [NOW + timedelta(hours=9)]


def test_a_night_missed_takes_nothing_away(folder):
    for night in (0, 1, 2, 30, 31):
        put(folder, NOW + night * DAY)
        generations.prune(folder)
    assert days(folder, NOW + 31 * DAY) == [0, 1, 29, 30, 31]


@pytest.mark.slow
def test_the_newest_whole_one_and_the_newest_proved_one_never_go(folder):
    proved = put(folder, NOW)
    prove(proved)
    whole = put(folder, NOW + DAY)
    prove(whole, findings="broken")
    for night in range(2, 500):
        put(folder, NOW + night * DAY, damaged=1)
        generations.prune(folder)
    assert proved.exists()
    assert whole.exists()


def test_only_finished_files_of_ours_count(folder):
    path = put(folder, NOW)
    (folder / f".{path.name}.x1y2.part").write_bytes(b"half")
    (folder / "ombun-by-hand.backup").write_bytes(b"mine")
    (folder / "notes.txt").write_bytes(b"mine")
    assert [file.path for file in generations.listed(folder)] == [path]
    for night in range(1, 500):
        put(folder, NOW + night * DAY)
    generations.prune(folder)
    assert {"ombun-by-hand.backup", "notes.txt"} <= {path.name for path in folder.iterdir()}
    assert generations.listed(folder / "nowhere") == []


def test_a_file_is_whole_as_long_as_it_is_the_one_that_was_written(folder):
    put(folder, NOW)
    put(folder, NOW + DAY, size=9)
    put(folder, NOW + 2 * DAY, damaged=1)
    put(folder, NOW + 3 * DAY, row=False)
    assert [file.is_whole for file in generations.listed(folder)] == [False, False, False, True]


def test_the_oldest_give_way_to_a_full_disk_but_not_all(folder, monkeypatch):
    paths = [put(folder, NOW + night * DAY) for night in range(5)]
    prove(paths[0])
    free = iter([0, 0, 0, generations.LEAST_FREE + 20])
    monkeypatch.setattr(generations.shutil, "disk_usage", lambda folder: Usage(1, 1, next(free)))
    with pytest.raises(Refusal, match="no room"):
        generations.make_room(folder)
    assert [path.exists() for path in paths] == [True, False, False, True, True]
    generations.make_room(folder)


def test_names_tell_the_night_in_thailand():
    assert generations.file_name(NOW) == "ombun-2026-11-22-091500.backup"
