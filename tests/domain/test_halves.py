"""Half a backup is never left for somebody to find; what others write or keep stays."""

import subprocess
import sys

import pytest

from pwa.domain.operations import archives, halves

HEAD = archives.MAGIC + b"..."
BEGINS = """
import os, sys
from pathlib import Path
from pwa.domain.operations import halves
halves.NAMELESS = int(sys.argv[2])
with halves.begun(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("begun", flush=True)
    input()
"""


@pytest.fixture(params=[True, False], ids=["nameless", "named"])
def nameless(request, monkeypatch):
    """On a disk that has files without a name, and on one that has not."""
    if not request.param:
        monkeypatch.setattr(halves, "NAMELESS", 0)
    return request.param


@pytest.mark.usefixtures("nameless")
def test_it_is_there_when_it_is_whole(tmp_path):
    path = tmp_path / "fund.backup"
    for text in (b"one", b"two"):
        with halves.begun(path) as file:
            file.write(text)
            assert not path.exists() or path.read_bytes() != text
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("nameless")
def test_what_fails_leaves_nothing(tmp_path):
    with pytest.raises(OSError), halves.begun(tmp_path / "fund.backup") as file:
        file.write(b"half")
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_what_is_killed_leaves_nothing_for_long(tmp_path, nameless):
    process = begin(tmp_path / "fund.backup", nameless)
    assert len(list(tmp_path.iterdir())) == (0 if nameless else 1)
    halves.sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == (0 if nameless else 1), "it is being written"
    process.kill()
    process.communicate()
    for path in tmp_path.iterdir():
        path.write_bytes(HEAD)
    halves.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_other_hidden_files_stay(tmp_path):
    mine = tmp_path / ".letter.part"
    mine.write_bytes(b"Dear fund")
    halves.sweep(tmp_path)
    assert mine.exists()


def begin(path, nameless):
    flag = str(halves.NAMELESS if nameless else 0)
    asked = [sys.executable, "-c", BEGINS, str(path), flag]
    process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begun\n"
    return process
