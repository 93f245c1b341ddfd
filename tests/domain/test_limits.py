"""Failures are counted against what was tried, and against a whole village's address only in floods."""

from datetime import timedelta

import pytest

from db.models import FailedTry
from pwa.domain.people import limits
from tests.small_fund import MINUTE, NOW

pytestmark = pytest.mark.usefixtures("settled_fund")
HOME = "203.0.113.7"


def fail(times, kind="token", subject="x", address=HOME, at=NOW):
    for _ in range(times):
        limits.fail(kind, subject, address=address, at=at)


def test_it_stops_one_token_and_leaves_the_others_alone():
    fail(limits.PER_THING)
    with pytest.raises(limits.TooMany) as refused:
        limits.check("token", "x", at=NOW)
    assert refused.value.status == 429
    assert refused.value.retry_after == 300
    limits.check("token", "another", at=NOW)
    limits.check("token", "x", at=NOW + 6 * MINUTE)


def test_it_turns_wrong_tries_of_an_address_away_only_above_a_hundred():
    for number in range(101):
        fail(1, subject=str(number))
    with pytest.raises(limits.TooMany):
        fail(1, subject="fresh")
    assert FailedTry.select().count() == 101, "a flood fills no table"
    limits.check("token", "fresh", at=NOW)
    fail(1, subject="fresh", address="203.0.113.8")


def test_it_counts_a_subscriber_of_ipv6_as_one_address():
    for number in range(101):
        fail(1, subject=str(number), address=f"2001:db8::{number + 1:x}")
    with pytest.raises(limits.TooMany):
        fail(1, subject="fresh", address="2001:db8::ffff")
    fail(1, subject="fresh", address="2001:db8:0:1::1")


def test_it_switches_digits_off_for_an_hour_after_twenty_wrong_tries():
    fail(19, kind="digits", subject="", address="198.51.100.1", at=NOW - 59 * MINUTE)
    limits.check_digits(at=NOW)
    fail(1, kind="digits", subject="", at=NOW)
    with pytest.raises(limits.TooMany):
        limits.check_digits(at=NOW + 59 * MINUTE)
    assert limits.digits_lock(at=NOW + MINUTE) == (NOW, NOW + timedelta(hours=1))
    limits.check_digits(at=NOW + 60 * MINUTE)
    assert limits.digits_off_until(at=NOW + 60 * MINUTE) is None
    assert limits.digits_lock(at=NOW + 60 * MINUTE), "officers still see that it happened"


def test_it_does_not_add_up_tries_of_a_whole_day():
    for hour in range(30):
        fail(1, kind="digits", subject="", at=NOW + timedelta(hours=hour))
    assert limits.digits_lock(at=NOW + timedelta(hours=30)) is None


def test_it_forgets_old_failures():
    fail(3)
    fail(1, at=NOW + timedelta(days=3))
    assert FailedTry.select().count() == 1


def test_what_a_clock_that_was_ahead_counted_locks_nobody_out():
    ahead = NOW + timedelta(days=4000)
    fail(limits.PER_THING, at=ahead)
    fail(limits.WRONG_DIGITS, kind="digits", subject="", address="198.51.100.1", at=ahead)
    limits.check("token", "x", at=NOW)
    limits.check_digits(at=NOW)
    assert limits.digits_lock(at=NOW) is None
    with pytest.raises(limits.TooMany):
        limits.check_digits(at=ahead)
