"""Backups: one file with the database, every photo and every key, sealed as a whole under a passphrase, written while serving.

Only a file that is whole on the disk is recorded as a backup, because phones delete what a recorded backup covers.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db import database
from db.fields import EPOCH, MILLISECOND
from db.models import Backup
from pwa.domain import N_, Refusal
from pwa.domain.field import blobs, keys
from pwa.domain.office import archives, folders

FACTS = "ombun.json"


@dataclass
class Written:
    """What a backup holds. `damaged` names photos whose file is missing or changed; then it is not recorded as complete."""

    at: int
    through: int
    entries: int
    photos: int
    damaged: list
    size: int = 0


def write(path, *, passphrase, at):
    """Write the backup file, whole or not at all, and record that it covers every entry up to its snapshot."""
    path = Path(path)
    if not passphrase:
        raise Refusal(N_("Give the backup a passphrase."), field="passphrase")
    if path.is_dir() or not path.parent.is_dir():
        raise Refusal(N_("%(path)s is no place for a file."), path=path)
    try:
        written = _write_whole(path, passphrase, at)
    except (OSError, sqlite3.DatabaseError) as problem:
        raise Refusal(N_("The backup could not be written: %(why)s"), why=problem) from problem
    if not written.damaged:
        Backup.create(through=written.through, at=at, size=written.size)
    return written


def _write_whole(path, passphrase, at):
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            writer = archives.Writer(file, passphrase)
            written = _pack(writer, at)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
            written.size = file.tell()
        os.replace(name, path)
        folders.sync(path.parent)
        return written
    finally:
        Path(name).unlink(missing_ok=True)


def _pack(writer, at):
    """Database first: what it names (keys, photos) was on the disk before it was named, so it is still to come."""
    with tarfile.open(fileobj=writer, mode="w|", format=tarfile.GNU_FORMAT) as tar, _snapshot() as (file, rows):
        _add(tar, "ombun.db", file, os.fstat(file.fileno()).st_size)
        secret = keys.ring.secret
        _add(tar, "keys/secret.key", io.BytesIO(secret), len(secret))
        for key in sorted(keys.ring.folder.glob("*-*.key")):
            data = key.read_bytes()
            _add(tar, f"keys/{key.name}", io.BytesIO(data), len(data))
        damaged = [sha256 for sha256 in rows["photos"] if not _add_photo(tar, sha256)]
        photos = len(rows["photos"]) - len(damaged)
        written = Written((at - EPOCH) // MILLISECOND, rows["through"], rows["entries"], photos, damaged)
        facts = json.dumps({**vars(written), "format": 1}).encode()
        _add(tar, FACTS, io.BytesIO(facts), len(facts))
    return written


def _add_photo(tar, sha256):
    data = blobs.read(sha256)
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        return False
    _add(tar, f"blobs/{sha256[:2]}/{sha256}", io.BytesIO(data), len(data))
    return True


def _add(tar, name, file, size):
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, file)


@contextmanager
def _snapshot():
    """A consistent copy of the database, made while others write: (open file without a name, what it holds)."""
    folder = tempfile.mkdtemp(prefix=".backup-", dir=keys.ring.folder.parent)
    copy = Path(folder) / "ombun.db"
    try:
        with closing(sqlite3.connect(copy)) as target:
            database.connection().backup(target)
            rows = _rows(target)
        file = open(copy, "rb")  # noqa: SIM115 (closed below, after its name is gone)
    finally:
        for left in Path(folder).iterdir():
            left.unlink()
        Path(folder).rmdir()
    with file:
        yield file, rows


def _rows(copy):
    if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        raise Refusal(N_("The database is damaged: run the check, and keep the backups that you have."))
    entries, through = copy.execute("SELECT count(*), coalesce(max(id), 0) FROM entry").fetchone()
    kept = "SELECT sha256 FROM stored_blob WHERE sha256 NOT IN (SELECT blob_id FROM erased_blob) ORDER BY sha256"
    return {"entries": entries, "through": through, "photos": [sha256 for (sha256,) in copy.execute(kept)]}
