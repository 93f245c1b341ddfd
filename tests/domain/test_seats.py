"""Seats: what a phone is told of its chain stays true when a process remembers, and is never mixed up between databases."""

import pytest

import db
from pwa.domain.custody import backed_up, seats
from tests import databases, small_fund
from tests.small_fund import NOW


def record(phone, count=1):
    return [phone.record("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def skip(phone, count=1):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def test_it_goes_on_from_what_it_remembers(settled_fund):
    phone = small_fund.phone(settled_fund)
    record(phone, 3)
    assert seats.progress(phone.device.id) == {"seen_through": 3, "missing": []}
    late = skip(phone, 2)
    record(phone)
    assert seats.progress(phone.device.id) == {"seen_through": 3, "missing": [[4, 5]]}
    phone.send(late, at=NOW)
    assert seats.progress(phone.device.id) == {"seen_through": 6, "missing": []}


def test_two_hundred_ranges_are_named_and_no_more(settled_fund):
    """What is behind them is told when the first ones have come."""
    phone = small_fund.phone(settled_fund)
    lines = skip(phone, 2 * seats.MOST_RANGES + 5)
    phone.send(lines[::2], at=NOW)
    told = seats.progress(phone.device.id)
    assert told == {"seen_through": 1, "missing": [[n, n] for n in range(2, 402, 2)]}
    phone.send(lines[1:5:2], at=NOW)
    assert seats.progress(phone.device.id)["missing"] == [[n, n] for n in range(6, 405, 2)]


def test_what_is_undone_was_never_seen(settled_fund):
    phone = small_fund.phone(settled_fund)
    with pytest.raises(ZeroDivisionError), db.database.atomic():
        record(phone, 2)
        assert seats.progress(phone.device.id)["seen_through"] == 2
        raise ZeroDivisionError
    assert seats.progress(phone.device.id)["seen_through"] == 0


def test_another_database_in_the_same_process_is_another_memory(settled_fund, tmp_path):
    phone = small_fund.phone(settled_fund)
    record(phone, 2)
    assert seats.progress(phone.device.id)["seen_through"] == 2
    other = small_fund.settle(tmp_path / "other")
    assert seats.progress(phone.device.id)["seen_through"] == 0
    databases.drop(other.folder)


def test_a_backup_covers_only_what_was_in_it(settled_fund):
    phone = small_fund.phone(settled_fund)
    last = record(phone, 2)[-1]
    assert seats.backed_up_through(phone.device.id) == 0
    backed_up.record(through=last.id, uncovered=[], at=NOW, size=1)
    assert seats.backed_up_through(phone.device.id) == 2
    newer = record(phone)[0]
    assert seats.backed_up_through(phone.device.id) == 2
    backed_up.record(through=newer.id, uncovered=[newer.id], at=NOW, size=1)
    assert seats.backed_up_through(phone.device.id) == 2
    backed_up.record(through=newer.id, uncovered=[], at=NOW, size=1)
    assert seats.backed_up_through(phone.device.id) == 3


def test_a_further_line_for_a_number_uncovers_it_until_the_next_backup(settled_fund):
    phone = small_fund.phone(settled_fund)
    record(phone, 2)
    head = phone.seq, phone.prev
    last = record(phone, 2)[-1]
    backed_up.record(through=last.id, uncovered=[], at=NOW, size=1)
    assert seats.backed_up_through(phone.device.id) == 4
    phone.seq, phone.prev = head
    [fork] = record(phone)
    assert fork.reason == "fork"
    assert seats.backed_up_through(phone.device.id) == 2
    backed_up.record(through=fork.id, uncovered=[], at=NOW, size=1)
    assert seats.backed_up_through(phone.device.id) == 4
