"""What a phone's clock wrote, and when it really was: less what the phone knew its clock to be ahead, never later than it came.

A clock in the Buddhist era is 543 years ahead; what is no time at all counts as when it came. What was sent stays as it was sent.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from pwa.domain.text.dates import BANGKOK, ERA

ODD = timedelta(minutes=10)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""Nothing here was recorded before."""
MOST_MS = 10**14


class Said(Protocol):
    """What an entry says of its time, once it is opened."""

    recorded_at: str
    clock_ms: int | None
    clock_odd: str


def is_known_ahead(value: object) -> bool:
    """Whether this may stand as `clock_ms` in an entry: whole milliseconds, some thousand years at most."""
    return value is None or (type(value) is int and abs(value) <= MOST_MS)


def read(said: Any) -> datetime | None:
    """The instant that a phone wrote, or None when it is none."""
    try:
        instant = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return None
    return instant if instant.tzinfo is not None else None


def happened(said: Any, *, ahead_ms: int | None, received_at: datetime) -> datetime:
    """When it was recorded, as far as anybody can tell."""
    instant = read(said)
    if instant is None:
        return received_at
    try:
        real = instant - timedelta(milliseconds=ahead_ms or 0)
        real = min(_christian(real, received_at), received_at)
    except OverflowError:
        return received_at
    return real if real >= FIRST else received_at


def spoken(opening: Said, *, received_at: datetime) -> str:
    """The same as text: as the phone wrote it where nothing is wrong with its clock, so that its offset is kept."""
    if not opening.clock_odd and not opening.clock_ms:
        return opening.recorded_at
    return of(opening, received_at=received_at).astimezone(BANGKOK).isoformat(timespec="seconds")


def of(opening: Said, *, received_at: datetime) -> datetime:
    """When what was opened (an Opening) was recorded."""
    return happened(opening.recorded_at, ahead_ms=opening.clock_ms, received_at=received_at)


def oddity(said: Any, *, ahead_ms: int | None, at: datetime) -> str:
    """ "be_year" for a clock that runs in พ.ศ., "off" when it is more than ten minutes wrong, either way, "unreadable", or ""."""
    instant = read(said)
    if instant is None or instant.year < 1900:
        return "unreadable"
    if is_buddhist(instant, at):
        return "be_year"
    is_off = instant - at > ODD or instant < FIRST or abs(ahead_ms or 0) > ODD / timedelta(milliseconds=1)
    return "off" if is_off else ""


def is_buddhist(instant: datetime, at: datetime) -> bool:
    return instant.year > at.year + 500


def _christian(instant: datetime, received_at: datetime) -> datetime:
    if not is_buddhist(instant, received_at):
        return instant
    day = 28 if (instant.month, instant.day) == (2, 29) else instant.day
    return instant.replace(year=instant.year - ERA, day=day)
