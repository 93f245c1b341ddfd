"""Whether the server can keep its promise of custody right now. Answers fast, to anybody, and names nobody."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import DatabaseError, fn

from db import care, database
from db.models import Backup, Key, RestoreProof
from pwa.domain import N_
from pwa.domain.crypto import keyring
from pwa.domain.custody import trouble
from pwa.domain.operations import heads, passphrases, promise_words

LEAST_FREE = 500 * 1024 * 1024
PATIENCE_MS = 1500
NIGHTLY = "check.json"
OVERDUE = timedelta(hours=25)
"""A backup is made once a day; the hour is for making it."""


class Now(NamedTuple):
    """What an alarm may have to know: the time, and the passphrase for backups ("" where none is set)."""

    at: datetime
    passphrase: str


class Alarm(NamedTuple):
    words: str
    is_on: Callable[[Now], bool]


def alarms(*, at, passphrase=""):
    """What is wrong, as fixed names for whoever watches, the most pressing first. `passphrase` is the one for backups."""
    now = Now(at, passphrase)
    return [name for name, alarm in ALARMS.items() if alarm.is_on(now)]


def backup_is_late(*, at):
    """Whether the last whole backup is older than a day; a new server has its first day for the first one. One dated after now,
    by a clock that was ahead, is no reason to be calm."""
    try:
        last = Backup.select(fn.MAX(Backup.at)).where(Backup.at <= at).scalar()
        since = last or Key.select(fn.MIN(Key.created_at)).scalar()
    except DatabaseError:
        return False
    return since is not None and at - since > OVERDUE


def note_check(broken, *, at):
    """Keep the outcome of the nightly check: how many sentences for /health, which promises for the homes of officers, no details;
    and where history stood.
    """
    names = sorted({getattr(one, "promise", "") for one in broken})
    text = json.dumps({"at": at.isoformat(), "broken": len(broken), "promises": names})
    keyring.write_private(_folder() / NIGHTLY, text.encode())
    heads.note()


def last_check():
    """(when, how many broken promises) of the last noted check, or None."""
    noted = _noted()
    return noted and noted[:2]


def broken_promises():
    """(when, what is broken in words) of the last noted check; None where it found nothing."""
    noted = _noted()
    return (noted[0], promise_words.told(noted[2])) if noted and noted[1] else None


def _noted():
    try:
        noted = json.loads((_folder() / NIGHTLY).read_text())
        return datetime.fromisoformat(noted["at"]), noted["broken"], noted.get("promises", [""])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _a_key_is_missing():
    try:
        return any(not keyring.ring.path(kid).exists() for (kid,) in Key.select(Key.kid).tuples())
    except DatabaseError:
        return False


def _nothing_can_be_written():
    """Ask for the right to write, and give it back; patience is short so that a watcher gets its answer."""
    try:
        with care.impatient(PATIENCE_MS), database.atomic():
            return not care.takes_writes()
    except DatabaseError:
        return True
    return False


def _the_last_check_found_something():
    checked = last_check()
    return checked is not None and checked[1] > 0


def _the_last_restore_proof_failed():
    try:
        proof = RestoreProof.select(RestoreProof.findings).order_by(RestoreProof.id.desc()).first()
    except DatabaseError:
        return False
    return proof is not None and proof.findings != ""


def _folder():
    return keyring.ring.folder.parent


ALARMS = {
    "missing-key": Alarm(
        N_("A key is missing from the data folder. Put it back, or restore a backup."), lambda now: _a_key_is_missing()
    ),
    "database": Alarm(N_("Nothing can be written to the database."), lambda now: _nothing_can_be_written()),
    "phones-sent-away": Alarm(
        N_("Phones are being sent away: what they send cannot be kept just now. They keep it and come again."),
        lambda now: trouble.is_on(at=now.at),
    ),
    "disk-nearly-full": Alarm(
        N_("The disk is nearly full. Make room."), lambda now: shutil.disk_usage(_folder()).free < LEAST_FREE
    ),
    "broken-promises": Alarm(
        N_("The nightly check found something wrong. Run “ombun check”."), lambda now: _the_last_check_found_something()
    ),
    "backup-late": Alarm(
        N_("There was no backup for more than a day. See “Backups”."), lambda now: backup_is_late(at=now.at)
    ),
    "backup-passphrase-missing": Alarm(
        N_("Backups have no passphrase yet, so none is made. See “Backups”."),
        lambda now: not now.passphrase and backup_is_late(at=now.at),
    ),
    "backup-passphrase-weak": Alarm(
        N_("The passphrase for backups is easy to guess, and the files hold every key. Change it for a longer one."),
        lambda now: bool(now.passphrase) and passphrases.is_weak(now.passphrase),
    ),
    "restore-failed": Alarm(
        N_("The last backup could not be restored when it was tried. See “Backups”."),
        lambda now: _the_last_restore_proof_failed(),
    ),
}
"""Every alarm there is, the most pressing first: what the administrator reads, and how it is seen."""
