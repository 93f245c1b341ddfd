"""The last time that this process could not keep what a phone sent: an alarm until something was kept again, or time has passed."""

from datetime import timedelta

from db.memory import Memory

HEARD_FOR = timedelta(minutes=15)

_last = Memory()


def note(*, at):
    """Something could not be kept: the disk is full, the database out of reach, a key missing."""
    _last()["at"] = at


def is_over():
    """Something was kept."""
    _last().pop("at", None)


def is_on(*, at):
    """Whether phones are being sent away just now."""
    noted = _last().get("at")
    return noted is not None and at - noted < HEARD_FOR
