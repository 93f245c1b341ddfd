"""The data folder as one thing: nobody exchanges it while it is served from, and nothing is deleted."""

import subprocess
import sys

import pytest

from pwa.domain import Refusal
from pwa.domain.office import folders


@pytest.fixture(autouse=True)
def let_go():
    yield
    folders.release()


def test_another_process_sees_that_it_is_served_from(tmp_path):
    asks = f"import sys; from pwa.domain.office import folders; from pathlib import Path; sys.exit(folders.is_occupied(Path({str(tmp_path)!r})))"
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
