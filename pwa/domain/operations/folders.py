"""The data folder as one thing: who is using it, and how it is exchanged for another without deleting anything."""

import fcntl
import glob
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import db
from pwa.domain import N_, Refusal
from pwa.domain.crypto import keyring

MARK = ".in-use"
_held = None


def shut(folder, database=None):
    """Make the folder, and the database file in it, for nobody else on this machine; also where they were made by hand before."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if database:
        (folder / database).touch(mode=0o600)
    for path in (
        folder,
        *folder.glob("ombun.db*"),
        *folder.glob("keys"),
        *folder.glob("keys/*"),
        *folder.glob("blobs"),
    ):
        with suppress(OSError):  # somebody else's folder, lent to this process, is for its owner to shut
            path.chmod(path.stat().st_mode & 0o700)


def occupy(folder):
    """Say, for as long as this process lives, that the folder is being served from."""
    global _held
    release()
    _held = open(Path(folder) / MARK, "a")  # noqa: SIM115 (held open on purpose)
    fcntl.flock(_held, fcntl.LOCK_SH)


def release():
    global _held
    if _held is not None:
        _held.close()
        _held = None


def is_occupied(folder):
    """Whether some living process serves from the folder."""
    mark = Path(folder) / MARK
    if not mark.exists():
        return False
    with open(mark) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def claimed(mark, word=""):
    """Be the only process that does what the mark stands for: gives whether this one is it. The mark tells others the word."""
    with open(os.open(mark, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        if not _locks(file):
            yield False
            return
        file.truncate()
        file.write(word)
        file.flush()
        yield True


def _locks(file):
    """Whoever only looks holds the lock for a blink, so one refusal is not the answer yet."""
    for pause in (0.02, 0.1, 0):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(pause)
    return False


def claim(mark):
    """The word of the process that holds this mark just now, or None."""
    if not mark.exists():
        return None
    with open(mark) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read()
    return None


def is_empty(folder):
    return not folder.exists() or not any(folder.iterdir())


@contextmanager
def opened(folder):
    """Work in another data folder for a while: its database and its keys; afterwards the former ones are in use again."""
    database, ring = db.database.obj, keyring.ring
    db.database.obj = None
    db.open_database(folder / "ombun.db")
    keyring.open_ring(folder / "keys")
    try:
        with db.database.connection_context():
            yield
    finally:
        db.database.close_all()
        db.database.initialize(database)
        keyring.use_ring(ring)


@contextmanager
def scratch(prefix, beside):
    """A folder for this process alone, gone afterwards; those of that name that killed processes left go before."""
    sweep(prefix, beside)
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    try:
        with _held_open(path):
            yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def sweep(prefix, beside):
    """Remove scratch folders that no living process works in: all keys may lie in them, open to whoever reads this disk."""
    for left in beside.glob(f"{glob.escape(prefix)}*"):
        if left.is_dir() and re.fullmatch(r"[a-z0-9_]+", left.name.removeprefix(prefix)):
            with suppress(OSError), _held_open(left):
                shutil.rmtree(left)


@contextmanager
def _held_open(folder):
    """Lock the folder, or raise the OSError of somebody else's lock. Where a disk locks no folders, none is ever swept."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def exchange(fresh, into, stamp):
    """Put a finished folder in the place of another, which is kept beside it; returns where, or None when there was none."""
    aside = None
    if not is_empty(into):
        aside = into.with_name(f"{into.name}.replaced-{stamp}")
        if aside.exists():
            raise Refusal(N_("%(folder)s is there already. Wait a second and try again."), folder=aside)
        into.rename(aside)
    try:
        fresh.rename(into)
    except BaseException:
        if aside is not None:
            aside.rename(into)
        raise
    sync(into.parent)
    return aside


def sync(folder):
    """Push a folder's list of names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
