"""An address of an old version answers that version's bytes, or nothing; a server keeps what it serves for the next version."""

import os
import re
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pwa import assets, released

FIELD = "358163df668e"
"""The version that phones run since commit 248af98."""
GOLDEN = Path(__file__).parents[1] / "golden" / "248af98.tar.gz"
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
