"""The static files of versions that phones may still run: each under its own version, as long as 400 days after it was replaced.

A phone whose cache was emptied while an old page stood open would otherwise mix two versions. A server keeps what it serves in its
data folder, so that the next version finds it there; what servers without such a folder need lies beside this file (`make release`).
"""

import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from os import utime
from pathlib import Path

KEPT = timedelta(days=400)
SHIPPED = Path(__file__).parents[1] / "released"
FOLDER = "static"


def read(data: Path, version: str, name: str) -> bytes | None:
    """The bytes that this version answered for a file, or None where it is not known any more."""
    for folder in (data / FOLDER, SHIPPED):
        with suppress(OSError, KeyError, zipfile.BadZipFile), zipfile.ZipFile(folder / f"{version}.zip") as kept:
            return kept.read(name)
    return None


def keep(data: Path, version: str, files: Iterable[tuple[str, bytes]], *, at: datetime) -> None:
    """At the start of a server: its own version is put away, the one before was in service until now, the oldest go.

    No trouble with the disk keeps a server from starting.
    """
    with suppress(OSError):
        folder = data / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        own = folder / f"{version}.zip"
        by_age = sorted(folder.glob("*.zip"), key=lambda path: path.stat().st_mtime)
        if by_age and by_age[-1] != own:
            touch(by_age[-1], at)
        if not own.exists():
            write(own, files)
        touch(own, at + timedelta(seconds=1))
        for path in by_age:
            if path.stat().st_mtime < (at - KEPT).timestamp():
                path.unlink()


def write(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Everything that a version answers under /static, as (name, bytes), in one file that is there whole or not at all."""
    half = path.with_suffix(".part")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kept:
        for name, data in files:
            kept.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    half.replace(path)


def touch(path: Path, at: datetime) -> None:
    utime(path, (at.timestamp(), at.timestamp()))
