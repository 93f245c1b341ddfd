"""Custody for officers: a queue file with hundreds of lines comes in whole, in order, and reports line by line."""

import time
import uuid

import pytest

from db.models import Entry, QueueImport
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import seats
from pwa.domain.desk import queue_files
from tests import small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.mark.slow
def test_a_long_file_comes_in_whole(fund):
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    lines = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(230)]
    brought = queue_files.bring_in(b"\r\n".join(lines), by=leader, at=NOW)
    _, report = queue_files.imported(brought.id, seen_by=leader)
    assert [row["line"] for row in report] == list(range(1, 231))
    assert {row["outcome"] for row in report} == {"received"}
    assert seats.progress(phone.device.id) == {"seen_through": 230, "missing": []}
    assert [row["number"] for row in report] == sorted(row["number"] for row in report)


def test_a_bad_line_hinders_no_other(fund):
    phone = small_fund.phone(fund)
    lines = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(3)]
    lines[1] = lines[1][:-20]
    brought = queue_files.bring_in(b"\n".join(lines), by=fund.people["registrar"], at=NOW)
    _, report = queue_files.imported(brought.id, seen_by=fund.people["registrar"])
    assert [row["outcome"] for row in report] == ["received", "unreadable", "received"]
    assert seats.progress(phone.device.id)["missing"] == [[2, 2]]


def test_an_import_belongs_to_who_brought_it(fund):
    phone = small_fund.phone(fund)
    line = phone.line("household", small_fund.household(), at=NOW, place="canal")
    brought = queue_files.bring_in(line, by=fund.people["zone-leader"], at=NOW)
    assert queue_files.imports(fund.people["zone-leader"]) == [brought]
    assert queue_files.imports(fund.people["registrar"]) == []
    queue_files.imported(brought.id, seen_by=fund.people["admin"])
    with pytest.raises(NotFound):
        queue_files.imported(brought.id, seen_by=fund.people["registrar"])


def test_nothing_comes_of_nothing(fund):
    for data in (b"", b"\n\n", b"hello\nworld", b"x" * (queue_files.MOST_BYTES + 1)):
        with pytest.raises(Refusal) as refusal:
            queue_files.bring_in(data, by=fund.people["registrar"], at=NOW)
        assert refusal.value.field == "file"
    assert not QueueImport.select().exists()
    assert not Entry.select().exists()


def test_lines_that_are_none_cost_next_to_nothing(fund):
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    good = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(3)]
    junk = [b"{}"] * 200_000
    began = time.process_time()
    brought = queue_files.bring_in(
        b"\n".join([good[0], *junk, b"", good[1], *junk, good[2], b"", b""]), by=leader, at=NOW
    )
    assert time.process_time() - began < 5
    _, report = queue_files.imported(brought.id, seen_by=leader)
    assert [(row["line"], row.get("to"), row["outcome"]) for row in report] == [
        (1, None, "received"), (2, 200_001, "unreadable"), (200_003, None, "received"), (200_004, 400_003, "unreadable"),
        (400_004, None, "received"),
    ]  # fmt: skip
    assert queue_files.told(report).counts == {"received": 3, "unreadable": 400_000}


def test_many_runs_of_them_are_told_as_one(fund):
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    good = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(130)]
    long = b"{" + b"x" * 200
    brought = queue_files.bring_in(b"\n".join(one for line in good for one in (long, line)), by=leader, at=NOW)
    _, report = queue_files.imported(brought.id, seen_by=leader)
    assert sum(row["outcome"] == "received" for row in report) == 130
    assert sum(row["outcome"] == "unreadable" for row in report) == queue_files.MOST_RUNS + 1
    assert queue_files.told(report).counts["unreadable"] == 130
    first, last = queue_files.told(report), queue_files.told(report, page=5)
    assert (len(first.rows), first.is_last, len(last.rows), last.is_last) == (50, False, 31, True)


def test_more_than_a_phone_holds_is_left_for_another_file(fund, monkeypatch):
    monkeypatch.setattr(queue_files, "MOST_LINES", 3)
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    good = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(5)]
    _, report = queue_files.imported(queue_files.bring_in(b"\n".join(good), by=leader, at=NOW).id, seen_by=leader)
    assert [row["outcome"] for row in report] == ["received"] * 3 + ["left"]
    assert report[-1] == {"line": 4, "to": 5, "outcome": "left", "count": 2}
    assert seats.progress(phone.device.id)["seen_through"] == 3


def test_many_lines_with_one_id_are_shown_in_part(fund, monkeypatch):
    monkeypatch.setattr(queue_files, "MOST_ALIKE", 4)
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    lines = [
        phone.line("household", small_fund.household(), at=NOW, place="canal", entry_id=uuid.UUID(int=7))
        for _ in range(6)
    ]
    phone.deliver(lines, at=NOW)
    found = queue_files.get(uuid.UUID(int=7), seen_by=leader)
    assert [case.entry.outcome for case in found] == ["received"] + ["quarantined"] * 3
