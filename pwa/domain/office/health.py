"""Whether the server can keep its promise of custody right now. Answers fast, to anybody, and names nobody."""

import json
import shutil
from datetime import datetime

from peewee import DatabaseError

from db import care, database
from db.models import Key
from pwa.domain.field import keys

LEAST_FREE = 500 * 1024 * 1024
PATIENCE_MS = 1500
NIGHTLY = "check.json"


def alarms():
    """What is wrong, as fixed words for whoever watches: missing-key, database, disk-nearly-full, broken-promises."""
    tests = {
        "missing-key": _a_key_is_missing,
        "database": _nothing_can_be_written,
        "disk-nearly-full": _the_disk_is_nearly_full,
        "broken-promises": _the_last_check_found_something,
    }
    return [name for name, is_wrong in tests.items() if is_wrong()]


def note_check(broken, *, at):
    """Keep the outcome of the nightly check for /health: how many promises were broken, no details."""
    text = json.dumps({"at": at.isoformat(), "broken": len(broken)})
    keys.write_private(_folder() / NIGHTLY, text.encode())


def last_check():
    """(when, how many broken promises) of the last noted check, or None."""
    try:
        noted = json.loads((_folder() / NIGHTLY).read_text())
        return datetime.fromisoformat(noted["at"]), noted["broken"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _a_key_is_missing():
    try:
        return any(not keys.ring.path(kid).exists() for (kid,) in Key.select(Key.kid).tuples())
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


def _folder():
    return keys.ring.folder.parent
