"""The last time that what a phone sent could not be kept: an alarm until something was kept again, or time has passed.

A process remembers its own trouble, and a mark in the data folder tells every other that serves from it. The mark holds nothing:
a full disk has room for its time, and where the folder itself is out of reach each still knows its own.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.memory import Memory
from pwa.domain.crypto import keyring

HEARD_FOR = timedelta(minutes=15)
MARK = ".trouble"

_last = Memory()


def note(*, at):
    """Something could not be kept: the disk is full, the database out of reach, a key missing."""
    _last()["at"] = at
    with suppress(OSError):
        Path(_mark()).touch(mode=0o600)
        os.utime(_mark(), (at.timestamp(), at.timestamp()))


def is_over():
    """Something was kept."""
    _last().pop("at", None)
    if os.path.exists(_mark()):
        with suppress(OSError):
            os.unlink(_mark())


def is_on(*, at):
    """Whether phones are being sent away just now, by this process or by another one."""
    return any(noted is not None and at - noted < HEARD_FOR for noted in (_last().get("at"), _marked()))


def _marked():
    with suppress(OSError):
        return datetime.fromtimestamp(os.stat(_mark()).st_mtime, UTC)
    return None


def _mark():
    return os.path.join(os.path.dirname(keyring.ring.folder), MARK)
