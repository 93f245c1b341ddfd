"""The data folder as one thing: nobody exchanges it while it is served from, and nothing is deleted."""

import os
import subprocess
import sys

import pytest

from pwa.domain import Refusal
from pwa.domain.operations import folders


@pytest.fixture(autouse=True)
def let_go():
    yield
    folders.release()


@pytest.mark.slow
def test_another_process_sees_that_it_is_served_from(tmp_path):
    asks = f"import sys; from pwa.domain.operations import folders; from pathlib import Path; sys.exit(folders.is_occupied(Path({str(tmp_path)!r})))"
    assert subprocess.call([sys.executable, "-c", asks]) == 0
    folders.occupy(tmp_path)
    assert subprocess.call([sys.executable, "-c", asks]) == 1
    folders.release()
    assert subprocess.call([sys.executable, "-c", asks]) == 0


def test_several_may_serve(tmp_path):
    folders.occupy(tmp_path)
    folders.occupy(tmp_path)
    assert folders.is_occupied(tmp_path)


def test_it_exchanges_and_keeps(tmp_path):
    fresh, into = tmp_path / "fresh", tmp_path / "data"
    for folder, text in ((fresh, "new"), (into, "old")):
        folder.mkdir()
        (folder / "file").write_text(text)
    aside = folders.exchange(fresh, into, "stamp")
    assert ((into / "file").read_text(), (aside / "file").read_text()) == ("new", "old")
    assert not fresh.exists()


def test_it_never_overwrites_what_was_put_aside(tmp_path):
    fresh, into, aside = tmp_path / "fresh", tmp_path / "data", tmp_path / "data.replaced-stamp"
    for folder in (fresh, into, aside):
        folder.mkdir()
        (folder / "file").write_text(folder.name)
    with pytest.raises(Refusal):
        folders.exchange(fresh, into, "stamp")
    assert (into / "file").read_text() == "data"
    assert (aside / "file").read_text() == aside.name


def test_nobody_else_on_the_machine_reads_a_folder_that_was_ready_made(tmp_path):
    for path in (tmp_path / "keys" / "a.key", tmp_path / "ombun.db", tmp_path / "ombun.db-wal"):
        path.parent.mkdir(mode=0o755, exist_ok=True)
        path.touch(mode=0o644)
    tmp_path.chmod(0o755)
    folders.shut(tmp_path, "ombun.db")
    for path in (tmp_path, *tmp_path.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.slow
@pytest.mark.only("sqlite")
def test_nothing_that_a_verb_writes_is_for_others(engine, tmp_path):
    """Under the usual umask, in a folder that was made by hand."""
    data, secret = tmp_path / "data", "ข้าวเหนียว มะม่วง 2569"
    data.mkdir(mode=0o755)
    settings = {"OMBUN_DATA": str(data), "OMBUN_BACKUP_PASSPHRASE": secret, "PATH": os.environ["PATH"]}
    copy, again = tmp_path / "fund.backup", tmp_path / "again"
    for verb, folder in ((["demo"], data), (["backup", str(copy)], data), (["restore", str(copy)], again)):
        asked = [sys.executable, "-m", "pwa", *verb]
        subprocess.run(asked, env=settings | {"OMBUN_DATA": str(folder)}, check=True, umask=0o022, capture_output=True)
    found = [copy, data, again, *data.rglob("*"), *again.rglob("*")]
    assert len(found) > 20
    assert [str(path) for path in found if path.stat().st_mode & 0o077] == []


def test_what_a_killed_process_left_goes_and_what_others_use_stays(tmp_path):
    left, other, foreign = (
        tmp_path / "data.restoring-a1b2c3d4",
        tmp_path / "data.replaced-x",
        tmp_path / "data.restoring-My notes",
    )
    for folder in (left, other, foreign):
        (folder / "keys").mkdir(parents=True)
    with folders.scratch("data.restoring-", tmp_path) as mine:
        assert mine.stat().st_mode & 0o777 == 0o700
        assert sorted(tmp_path.iterdir()) == sorted([mine, other, foreign])
        folders.sweep("data.restoring-", tmp_path)
        assert mine.exists()
    assert sorted(tmp_path.iterdir()) == sorted([other, foreign])


def test_a_scratch_folder_may_take_a_place_of_its_own(tmp_path):
    with folders.scratch("x", tmp_path) as mine:
        (mine / "file").write_text("kept")
        folders.exchange(mine, tmp_path / "data", "stamp")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
