"""Backups: one file with the database, every photo and every key, sealed as a whole under a passphrase, written while serving.

Only a file that is whole on the disk is recorded as a backup, because phones delete what a recorded backup covers.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peewee import DatabaseError

from db import copies
from db.fields import EPOCH, MILLISECOND
from pwa.domain import N_, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import backed_up, blobs
from pwa.domain.operations import archives, contents, digests, folders, halves, passphrases

FACTS = "ombun.json"
MARK = ".backing-up"
SNAPSHOT = ".backup-"


@dataclass
class Written:
    """What a backup holds. `damaged` names photos whose file is missing or changed; then it is not recorded as complete."""

    at: int
    through: int
    entries: int
    photos: int
    damaged: list
    uncovered: list
    head: list
    size: int = 0
    sha256: str = ""


def write(path, *, passphrase, at, kept=None):
    """Write the backup file, whole or not at all, and record that it covers every entry up to its snapshot.

    One process at a time: another one is refused. What a process that was killed left behind is swept away first. `kept` is the
    folder in which the server keeps backups by itself: a weak passphrase that opens one of those goes on.
    """
    path = Path(path)
    if not passphrase:
        raise Refusal(N_("Give the backup a passphrase."), field="passphrase")
    if path.is_dir() or not path.parent.is_dir():
        raise Refusal(N_("%(path)s is no place for a file."), path=path)
    passphrases.must_be_fit(passphrase, path.parent, kept)
    with folders.claimed(_data() / MARK) as mine:
        if not mine:
            raise Refusal(N_("Another backup is being written. Wait until it is done."))
        try:
            digests.take(at=at)
            written = _write_whole(path, passphrase, at)
        except (OSError, DatabaseError, sqlite3.DatabaseError) as problem:
            raise Refusal(N_("The backup could not be written: %(why)s"), why=problem) from problem
        if not written.damaged:
            backed_up.record(through=written.through, uncovered=written.uncovered, at=at, size=written.size)
    return written


def _write_whole(path, passphrase, at):
    halves.sweep(path.parent)
    with halves.begun(path) as file:
        hashed = _Hashed(file)
        writer = archives.Writer(hashed, passphrase)
        written = _pack(writer, at)
        writer.close()
        file.flush()
        os.fsync(file.fileno())
        written.size, written.sha256 = file.tell(), hashed.digest.hexdigest()
    folders.sync(path.parent)
    return written


class _Hashed:
    """A file that is hashed as it is written."""

    def __init__(self, file):
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data):
        self.digest.update(data)
        return self._file.write(data)


def _pack(writer, at):
    """Database first: what it names (keys, photos) was on the disk before it was named, so it is still to come."""
    with (
        tarfile.open(fileobj=writer, mode="w|", format=tarfile.GNU_FORMAT) as tar,
        _snapshot(at) as (file, facts, named, uncovered),
    ):
        _add(tar, "ombun.db", file, os.fstat(file.fileno()).st_size)
        secret = keyring.ring.secret
        _add(tar, "keys/secret.key", io.BytesIO(secret), len(secret))
        for key in sorted(keyring.ring.folder.glob("*-*.key")):
            data = key.read_bytes()
            _add(tar, f"keys/{key.name}", io.BytesIO(data), len(data))
        damaged = [sha256 for sha256 in named if not _add_photo(tar, sha256)]
        photos, moment = len(named) - len(damaged), (at - EPOCH) // MILLISECOND
        told = facts | {"at": moment, "photos": photos, "damaged": damaged, "format": 1}
        text = json.dumps(told).encode()
        _add(tar, FACTS, io.BytesIO(text), len(text))
    return Written(moment, facts["through"], facts["entries"], photos, damaged, uncovered, facts["head"])


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
def _snapshot(at):
    """A copy of the database as it is at one moment: (open file without a name, facts, photos, entries that lack a photo)."""
    for left in _data().glob(f"{SNAPSHOT}*"):
        shutil.rmtree(left)
    folder = Path(tempfile.mkdtemp(prefix=SNAPSHOT, dir=_data()))
    try:
        copies.write(folder / "ombun.db")
        with copies.opened(folder / "ombun.db") as copy:
            if copy.execute_sql("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise Refusal(N_("The database is damaged: run the check, and keep the backups that you have."))
            facts, photos = contents.of(copy), contents.photos(copy)
            uncovered = [entry for (entry,) in backed_up.incomplete(at).tuples().execute(copy)]
        file = open(folder / "ombun.db", "rb")  # noqa: SIM115 (closed below, after its name is gone)
    finally:
        shutil.rmtree(folder)
    with file:
        yield file, facts, photos, uncovered


def _data():
    return keyring.ring.folder.parent
