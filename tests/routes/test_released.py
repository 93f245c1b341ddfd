"""An address of an old version answers that version's bytes, or nothing; a server keeps what it serves for the next version."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pwa.server import assets, released

FIELD = "358163df668e"
"""The version that phones run since commit 248af98."""
ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "248af98.tar.gz"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The tree of that commit, as it was."""
    folder = tmp_path_factory.mktemp("old")
    with tarfile.open(GOLDEN) as packed:
        packed.extractall(folder, filter="data")
    return folder


def test_what_phones_run_is_there_whole_under_the_version_of_its_own_tree(client, old):
    assert version_of(old) == FIELD
    static = old / "pwa" / "static"
    names = sorted(str(path.relative_to(static)) for path in static.rglob("*") if path.is_file())
    with zipfile.ZipFile(released.SHIPPED / f"{FIELD}.zip") as kept:
        assert kept.namelist() == names
    differing = []
    for name in names:
        answer = client.get(f"/static/{FIELD}/{name}")
        assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]
        if answer.data != served(static / name):
            differing.append(name)
    assert differing == []
    assert client.get(f"/static/{FIELD}/js/outbox.js").data != client.get(assets.address("js/outbox.js")).data


def test_every_version_that_is_shipped_answers_its_own_bytes(client):
    for path in sorted(released.SHIPPED.iterdir()):
        assert re.fullmatch(r"[0-9a-f]{12}\.zip", path.name), f"{path.name} is no version"
        with zipfile.ZipFile(path) as kept:
            assert kept.testzip() is None and kept.namelist()
            for name in kept.namelist():
                assert client.get(f"/static/{path.stem}/{name}").data == kept.read(name), name


@pytest.mark.slow
def test_make_release_puts_this_version_away_and_twice_is_the_same(client, tmp_path):
    """On a copy of the tree, run to its end. Neither the hour nor who runs it is in the file."""
    tree = tmp_path / "tree"
    for name in ("pwa", "db", "locales"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "released"))
    (tree / "pwa" / "released").mkdir()
    for path in (ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("requirements*.txt")):
        shutil.copy(path, tree)
    (tree / ".venv").symlink_to(Path(sys.prefix))
    made = [release(tree, umask) for umask in (0o022, 0o077)]
    path = tree / "pwa" / "released" / f"{assets.version()}.zip"
    assert list(path.parent.iterdir()) == [path], "nothing half-written stays"
    assert made[0] == made[1] == path.read_bytes()
    with zipfile.ZipFile(path) as kept:
        assert kept.namelist() == assets.names()
        assert [name for name in kept.namelist() if client.get(assets.address(name)).data != kept.read(name)] == []


def release(tree, umask):
    """`make release` where everything is installed; the bytes of the file that it names."""
    for path in (tree / "pwa" / "static").rglob("*"):
        os.utime(path, (umask, umask))
    command = ["make", "-s", "-o", "install", "release"]
    told = subprocess.run(command, cwd=tree, umask=umask, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    return Path(tree, told.stdout.strip()).read_bytes()


def test_a_small_answer_is_the_same_one(client):
    plain = client.get(f"/static/{FIELD}/js/sync.js")
    small = client.get(f"/static/{FIELD}/js/sync.js", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip" and len(small.data) < len(plain.data)
    assert plain.mimetype == small.mimetype == "text/javascript"


@pytest.mark.parametrize("version", ["0" * 12, "v1", "..", "%2e%2e", "x" * 300])
def test_a_version_that_nobody_knows_has_no_files(client, version):
    assert client.get(f"/static/{version}/js/app.js").status_code == 404
    assert client.get(f"/static/{FIELD}/js/no-such.js").status_code == 404


def test_a_server_keeps_what_it_serves_for_the_next_version(client, app):
    data, day = app.config["OMBUN"].data, timedelta(days=1)
    released.keep(data, "a" * 12, [("js/app.js", b"of before")], at=NOW)
    assert client.get(f"/static/{'a' * 12}/js/app.js").data == b"of before"
    released.keep(data, "b" * 12, [("js/app.js", b"of now")], at=NOW + 300 * day)
    released.keep(data, "b" * 12, [("js/app.js", b"of now")], at=NOW + 699 * day)
    assert client.get(f"/static/{'a' * 12}/js/app.js").data == b"of before", "it was in service for 300 days"
    released.keep(data, "b" * 12, [("js/app.js", b"of now")], at=NOW + 701 * day)
    assert client.get(f"/static/{'a' * 12}/js/app.js").status_code == 404
    assert client.get(f"/static/{'b' * 12}/js/app.js").data == b"of now"


def test_a_disk_that_takes_nothing_keeps_no_server_from_starting(tmp_path):
    (tmp_path / "static").write_text("in the way")
    released.keep(tmp_path, "a" * 12, [("js/app.js", b"x")], at=NOW)
    assert os.listdir(tmp_path) == ["static"]


def served(path):
    """As that version answered it: scripts without the comments for those who read the source."""
    comment = re.compile(rb"^[ ]*/\*\*.*?\*/\n+", re.MULTILINE | re.DOTALL)
    return comment.sub(b"", path.read_bytes()) if path.suffix == ".js" else path.read_bytes()


def version_of(tree):
    """By the tree's own way of counting."""
    source = (tree / "pwa" / "assets.py").read_text()
    scope = {"__file__": str(tree / "pwa" / "assets.py"), "__name__": "old_assets"}
    exec(compile(source, "assets.py", "exec"), scope)
    return scope["version"]()
