"""The day on which stories live: the same in every run, whatever the calendar says. Its clock goes on while they are told.

A server in a process of its own, and a browser, have the machine's clock: their stories live today.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pwa import web

BEGAN = "OMBUN_TEST_BEGAN"
"""When this run began, told to the processes that run the tests, so that they agree about what time it is."""
FIRST = datetime(2026, 11, 28, 2, 15, tzinfo=UTC)
TODAY = [Path(__file__).with_name(folder) for folder in ("browser", "faults")]
"""Whose stories live today, as those do that ask for the village of today."""


class Clock(datetime):
    """What the web's clock reads: the first moment of the day when the run began."""

    behind = timedelta(0)

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) - cls.behind


def begin():
    """Call once a process, before anything asks what time it is."""
    os.environ.setdefault(BEGAN, datetime.now(UTC).isoformat())
    web.datetime = Clock


def live(item):
    """From now on it is the day on which this story lives."""
    is_today = "village_of_today" in item.fixturenames or any(item.path.is_relative_to(folder) for folder in TODAY)
    Clock.behind = timedelta(0) if is_today else datetime.fromisoformat(os.environ[BEGAN]) - FIRST
