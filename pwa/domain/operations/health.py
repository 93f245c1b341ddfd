"""Whether the server can keep its promise of custody right now. Answers fast, to anybody, and names nobody."""

import json
import shutil
from datetime import datetime, timedelta

from peewee import DatabaseError, fn

from db import care, database
from db.models import Backup, Key, RestoreProof
from pwa.domain.crypto import keyring
from pwa.domain.custody import trouble
from pwa.domain.operations import heads, passphrases

LEAST_FREE = 500 * 1024 * 1024
PATIENCE_MS = 1500
NIGHTLY = "check.json"
OVERDUE = timedelta(hours=25)
"""A backup is made once a day; the hour is for making it."""


def alarms(*, at, passphrase=""):
    """What is wrong, as fixed words for whoever watches, the most pressing first. `passphrase` is the one for backups."""
    late = backup_is_late(at=at)
    asked = {"phones-sent-away": trouble.is_on(at=at), "backup-late": late}
    asked["backup-passphrase-missing"] = late and not passphrase
    asked["backup-passphrase-weak"] = bool(passphrase) and passphrases.is_weak(passphrase)
    return [name for name, is_wrong in ALARMS.items() if (asked[name] if is_wrong is None else is_wrong())]


def backup_is_late(*, at):
    """Whether the last whole backup is older than a day; a new server has its first day for the first one."""
    try:
        since = Backup.select(fn.MAX(Backup.at)).scalar() or Key.select(fn.MIN(Key.created_at)).scalar()
    except DatabaseError:
        return False
    return since is not None and at - since > OVERDUE


def note_check(broken, *, at):
    """Keep the outcome of the nightly check for /health, how many promises were broken, no details; and where history stood."""
    text = json.dumps({"at": at.isoformat(), "broken": len(broken)})
    keyring.write_private(_folder() / NIGHTLY, text.encode())
    heads.note()


def last_check():
    """(when, how many broken promises) of the last noted check, or None."""
    try:
        noted = json.loads((_folder() / NIGHTLY).read_text())
        return datetime.fromisoformat(noted["at"]), noted["broken"]
    except (OSError, ValueError, KeyError, TypeError):
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


def _the_disk_is_nearly_full():
    return shutil.disk_usage(_folder()).free < LEAST_FREE


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
    "missing-key": _a_key_is_missing,
    "database": _nothing_can_be_written,
    "phones-sent-away": None,
    "disk-nearly-full": _the_disk_is_nearly_full,
    "broken-promises": _the_last_check_found_something,
    "backup-late": None,
    "backup-passphrase-missing": None,
    "backup-passphrase-weak": None,
    "restore-failed": _the_last_restore_proof_failed,
}
"""Every alarm there is, and how it is seen; None where that takes the time or the passphrase."""
