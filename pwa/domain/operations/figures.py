"""A few numbers about custody as it is now, for whoever watches the server: what is missing, what waits, how old the backup is."""

from datetime import timedelta

from peewee import fn

from db.memory import Memory
from db.models import Backup, Device, Seat

FRESH_FOR = timedelta(minutes=1)
"""Counting what is missing reads every seat, so it is done once a minute at most."""

_counted = Memory()


def now(*, at):
    """{name: (number, what it means)}."""
    phones, ranges, lines = _missing(at)
    newest = Backup.select(fn.MAX(Backup.at)).scalar()
    age = -1 if newest is None else (at - newest).total_seconds()
    return {
        "missing_lines": (lines, "Numbers below the highest of a phone that never came."),
        "missing_ranges": (ranges, "Runs of such numbers."),
        "phones_with_gaps": (phones, "Phones with such numbers."),
        "waiting_lines": (
            Device.select(fn.SUM(Device.waiting)).scalar() or 0,
            "Lines that phones said they still hold.",
        ),
        "backup_age_seconds": (age, "Age of the last whole backup; -1 when there is none."),
    }


def _missing(at):
    counted = _counted()
    when, numbers = counted.get("missing", (None, None))
    if when is None or not timedelta(0) <= at - when < FRESH_FOR:
        numbers = _count()
        counted["missing"] = at, numbers
    return numbers


def _count():
    """(phones, ranges, lines) that are missing."""
    highest, count = fn.MAX(Seat.seq), fn.COUNT(Seat.id)
    short = list(Seat.select(Seat.device, highest, count).group_by(Seat.device).having(highest > count).tuples())
    before = Seat.alias()
    has_before = fn.EXISTS(before.select(before.id).where(before.device == Seat.device, before.seq == Seat.seq - 1))
    begins = Seat.select().where(Seat.device.in_([device for device, _, _ in short]), Seat.seq > 1, ~has_before)
    return len(short), begins.count() if short else 0, sum(most - there for _, most, there in short)
