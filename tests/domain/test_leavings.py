"""A fund that moved to another network in the middle of a year, and one that was split in two: summed where each was then, late nowhere."""

from datetime import date

import pytest

from pwa.domain.network import keys, leavings, notes, overview, parent_reports, receiving, report_files
from pwa.domain.people import accounts
from tests import reporting
from tests.claiming import AT
from tests.domain.test_network_months import key_of, people, pinned
from tests.domain.test_notes import PRIVATE
from tests.domain.test_unit_moves import NEW, brought, town

END = date(2026, 12, 21)
"""November is due."""


@pytest.fixture
def networks(app):
    """The village's network, which knows the keys of three funds, and a new one beside it with an officer of its own."""
    pinned()
    brought(NEW.strip())
    accounts.add(
        "network-x", name="ผู้ประสานใหม่", unit=overview.Unit.get(overview.Unit.code == "NETX"), role="network", at=AT
    )


def tell(unit, period, seq, parent="NET", **changed):
    about = dict(unit=unit, name=f"กองทุน {unit}", period=period, seq=seq, parent=parent, groups={})
    cells = [report_files.told(figure, n) for figure, n in (reporting.NUMBERS | changed).items()]
    body = report_files.body(reporting.header(cuts={code: [] for code in reporting.NUMBERS}, **about), cells)
    received, _ = receiving.take(report_files.whole(body, [notes.line(key_of(unit), PRIVATE, body)]), at=AT)
    receiving.accept(received, account=None, how="terminal", at=AT)


def seen(by, on=END):
    [one] = overview.of(accounts.named(by), ("members",), on=on)
    return one


def test_a_fund_of_this_machine_that_moved_is_summed_where_it_was_and_late_nowhere(networks):
    for seq, period in enumerate(("2026-08", "2026-09"), 1):
        tell("F1", period, seq)
        tell("F8", period, seq)
    assert [one.is_late for one in seen("network").children] == [True, True]
    brought(town("NETX", "2026-10-01"))
    old = seen("network")
    assert [(one.code, one.is_late, one.left) for one in old.children] == [("F1", False, "2026-10"), ("F8", True, "")]
    assert {period: old.sums[period, "members"][1:] for period in old.periods} == {
        "2026-11": (0, 1), "2026-10": (0, 1), "2026-09": (2, 2), "2026-08": (2, 2),
    }  # fmt: skip
    tell("F1", "2026-10", 3, parent="NETX")
    new = seen("network-x")
    assert [(one.code, one.period, one.is_late) for one in new.children] == [("F1", "2026-10", True)]
    assert receiving.children("NET", "2026-09") == ["F1", "F8"] and receiving.children("NET", "2026-10") == ["F8"]
    assert receiving.children("NETX", "2026-09") == [] and receiving.children("NETX", "2026-10") == ["F1"]


def test_the_parents_report_after_the_move_is_whole_without_it(networks):
    keys.new("NET", last=None, at=AT)
    for unit in ("F1", "F8"):
        tell(unit, "2026-09", 1)
    brought(town("NETX", "2026-10-01"))
    tell("F8", "2026-10", 2)
    told = {
        period: report_files.read(parent_reports.make("NET", period, at=AT, today=END).file)
        for period in ("2026-09", "2026-10")
    }
    assert {period: one.cell("members") for period, one in told.items()} == {
        "2026-09": {"by": {}, "figure": "members", "n": 84, "s": "value"},
        "2026-10": {"by": {}, "figure": "members", "n": 42, "s": "value"},
    }


def test_a_fund_of_another_machine_has_moved_once_the_other_network_takes_it_in(networks):
    tell("F9", "2026-09", 1)
    tell("F9", "2026-10", 2, parent="NETX")
    [old], [new] = seen("network").children, seen("network-x").children
    assert (old.is_late, old.left, new.is_late, new.left) == (False, "2026-10", True, "")
    tell("F9", "2026-11", 3)
    [back], [gone] = seen("network").children, seen("network-x").children
    assert (back.is_late, back.left, gone.left) == (False, "", "2026-11")
    assert leavings.of("NET", ["F9"], ["2026-09", "2026-10", "2026-11"]) == {"F9": {"2026-10"}}


def test_a_month_that_the_old_parent_took_in_after_the_move_counts_there(networks):
    tell("F1", "2026-10", 1)
    brought(town("NETX", "2026-10-01"))
    assert receiving.children("NET", "2026-10") == ["F1"] and receiving.children("NET", "2026-11") == []


def test_a_unit_split_in_two_ends_and_its_parts_begin(networks):
    tell("F1", "2026-09", 1, **people(100, 0, 0))
    brought(town("", "2026-10-01"))
    tell("F8", "2026-10", 1, **people(60, 0, 0))
    tell("F9", "2026-10", 1, **people(40, 0, 0))
    one = seen("network", on=date(2026, 11, 21))
    assert [(child.code, child.is_late, child.left) for child in one.children] == [
        ("F1", False, "2026-10"), ("F8", False, ""), ("F9", False, ""),
    ]  # fmt: skip
    assert {period: one.sums[period, "members"] for period in ("2026-09", "2026-10")} == {
        "2026-09": (100, 1, 1), "2026-10": (100, 2, 2),
    }  # fmt: skip


def test_who_left_before_all_months_that_are_shown_is_not_listed(networks):
    tell("F1", "2025-08", 1)
    tell("F8", "2025-08", 1)
    brought(town("NETX", "2025-09-01"))
    assert [one.code for one in seen("network").children] == ["F8"]
