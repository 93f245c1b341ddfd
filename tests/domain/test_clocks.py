"""Tests of phones' clocks: what they wrote, what it really was, and what a checker is told."""

from datetime import UTC, datetime, timedelta

import pytest

from pwa.domain.custody import clocks

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOUR, DAY = 3_600_000, 86_400_000
BE = (datetime(2569, 11, 22) - datetime(2026, 11, 22)).days * DAY


@pytest.mark.parametrize(
    ("said", "ahead", "real"),
    [
        ("2026-11-22T09:15:00+07:00", None, "2026-11-22T09:15:00+07:00"),
        ("2026-11-20T09:15:00+07:00", None, "2026-11-20T09:15:00+07:00"),
        ("2026-11-22T09:15:00+07:00", 2 * HOUR, "2026-11-22T07:15:00+07:00"),
        ("2026-11-22T06:00:00+07:00", -2 * HOUR, "2026-11-22T08:00:00+07:00"),
        ("2026-11-22T09:15:00+07:00", -2 * HOUR, "2026-11-22T10:00:00+07:00"),
        ("2026-11-25T09:15:00+07:00", None, "2026-11-22T10:00:00+07:00"),
        ("2569-11-22T09:15:00+07:00", None, "2026-11-22T09:15:00+07:00"),
        ("2569-11-22T09:15:00+07:00", BE, "2026-11-22T09:15:00+07:00"),
        ("2569-11-21T09:15:00+07:00", 0, "2026-11-21T09:15:00+07:00"),
        ("2572-02-29T09:15:00+07:00", None, "2026-11-22T10:00:00+07:00"),
        ("1970-01-01T07:00:00+07:00", None, "2026-11-22T10:00:00+07:00"),
        ("1970-01-02T07:00:00+07:00", -20_778 * DAY, "2026-11-22T07:00:00+07:00"),
        ("0001-01-01T00:00:00+14:00", None, "2026-11-22T10:00:00+07:00"),
        ("0001-01-01T00:00:00+14:00", 10**14, "2026-11-22T10:00:00+07:00"),
        ("9999-12-31T23:59:59-12:00", -(10**14), "2026-11-22T10:00:00+07:00"),
        ("2026-11-22T09:15:00", None, "2026-11-22T10:00:00+07:00"),
        ("เมื่อวาน", None, "2026-11-22T10:00:00+07:00"),
        (None, None, "2026-11-22T10:00:00+07:00"),
    ],
)
def test_it_says_when_it_really_was_and_never_later_than_it_came(said, ahead, real):
    assert clocks.happened(said, ahead_ms=ahead, received_at=NOW) == datetime.fromisoformat(real)


@pytest.mark.parametrize(
    ("said", "ahead", "expected"),
    [
        ("2026-11-22T09:15:00+07:00", None, ""),
        ("2026-11-20T09:15:00+07:00", 0, ""),
        ("2026-11-22T10:10:00+07:00", 600_000, ""),
        ("2026-11-22T10:30:00+07:00", None, "off"),
        ("2026-11-22T09:15:00+07:00", 600_001, "off"),
        ("2026-11-22T07:15:00+07:00", -3 * HOUR, "off"),
        ("1970-01-01T07:00:00+07:00", None, "off"),
        ("2569-11-22T09:15:00+07:00", None, "be_year"),
        ("2569-11-22T09:15:00+07:00", BE, "be_year"),
        ("0001-01-01T00:00:00+14:00", None, "unreadable"),
        ("2026-11-22T09:15:00", None, "unreadable"),
        ("เมื่อวาน", None, "unreadable"),
    ],
)
def test_a_clock_that_is_off_is_named_either_way(said, ahead, expected):
    assert clocks.oddity(said, ahead_ms=ahead, at=NOW) == expected


def test_ten_minutes_are_forgiven():
    assert clocks.oddity((NOW + timedelta(minutes=10)).isoformat(), ahead_ms=None, at=NOW) == ""


@pytest.mark.parametrize(
    ("value", "good"), [(None, 1), (0, 1), (-HOUR, 1), (10**14, 1), (10**14 + 1, 0), (1.5, 0), ("1", 0)]
)
def test_it_takes_whole_milliseconds_within_reason(value, good):
    assert clocks.is_known_ahead(value) == bool(good)
