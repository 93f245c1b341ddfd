"""Custody for officers: a queue file with hundreds of lines comes in whole, in order, and reports line by line."""

import pytest

from db.models import Entry, QueueImport
from pwa.domain import NotFound, Refusal
from pwa.domain.field import seats
from pwa.domain.office import custody
from tests import small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def test_a_long_file_comes_in_whole(fund):
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    lines = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(230)]
    brought = custody.bring_in(b"\r\n".join(lines), by=leader, at=NOW)
    _, report = custody.imported(brought.id, seen_by=leader)
    assert [row["line"] for row in report] == list(range(1, 231))
    assert {row["outcome"] for row in report} == {"received"}
    assert seats.progress(phone.device.id) == {"seen_through": 230, "missing": []}
    assert [row["number"] for row in report] == sorted(row["number"] for row in report)


def test_a_bad_line_hinders_no_other(fund):
    phone = small_fund.phone(fund)
    lines = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(3)]
    lines[1] = lines[1][:-20]
    brought = custody.bring_in(b"\n".join(lines), by=fund.people["registrar"], at=NOW)
    _, report = custody.imported(brought.id, seen_by=fund.people["registrar"])
    assert [row["outcome"] for row in report] == ["received", "unreadable", "received"]
    assert seats.progress(phone.device.id)["missing"] == [[2, 2]]


def test_an_import_belongs_to_who_brought_it(fund):
    phone = small_fund.phone(fund)
    line = phone.line("household", small_fund.household(), at=NOW, place="canal")
    brought = custody.bring_in(line, by=fund.people["zone-leader"], at=NOW)
    assert custody.imports(fund.people["zone-leader"]) == [brought]
    assert custody.imports(fund.people["registrar"]) == []
    custody.imported(brought.id, seen_by=fund.people["admin"])
    with pytest.raises(NotFound):
        custody.imported(brought.id, seen_by=fund.people["registrar"])


def test_nothing_comes_of_nothing(fund):
    for data in (b"", b"\n\n", b"hello\nworld", b"x" * (custody.MOST_BYTES + 1)):
        with pytest.raises(Refusal) as refusal:
            custody.bring_in(data, by=fund.people["registrar"], at=NOW)
        assert refusal.value.field == "file"
    assert not QueueImport.select().exists()
    assert not Entry.select().exists()
