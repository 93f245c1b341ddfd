"""Explaining what will not come: once, with a reason, by somebody else than the phone's people; what comes or grows later says so."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from db.models import GapClosing
from pwa.domain import NotFound, Refusal
from pwa.domain.desk import arrivals, gaps
from pwa.domain.people import devices, sessions
from pwa.domain.review import deciders
from tests import small_fund
from tests.small_fund import MINUTE, NOW

LATER = NOW + timedelta(days=3)
LOST = {"why": "lost", "reason": ""}


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def phone(fund):
    """A phone of which 41–43 of 44 lines have not come; `held` are those."""
    phone = small_fund.phone(fund)
    sent = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(44)]
    phone.send([*sent[:40], sent[43]], at=NOW)
    phone.held = sent[40:43]
    return phone


def standing(fund, phone):
    return arrivals.get(phone.device.id, seen_by=fund.people["zone-leader"], at=LATER)


def explain(fund, phone, first=41, last=43, handle="zone-leader", **said):
    return gaps.close(phone.device.id, first, last, by=fund.people[handle], at=LATER, **(LOST | said))


def test_an_explained_gap_calls_for_nobody(fund, phone):
    assert standing(fund, phone).state == "missing"
    explain(fund, phone)
    one = standing(fund, phone)
    assert (one.state, one.lacks, one.explained) == ("quiet", 0, 3)
    [closed] = one.closed
    assert (closed.row.account, closed.row.why, closed.came, closed.size) == (fund.people["zone-leader"], "lost", 0, 3)
    assert arrivals.attention(fund.people["zone-leader"], at=LATER) == (0, None)


def test_it_needs_a_reason(fund, phone):
    for said, named in (({"why": ""}, "why"), ({"why": "x"}, "why"), ({"why": "other"}, "reason")):
        with pytest.raises(Refusal) as refusal:
            explain(fund, phone, **said)
        assert refusal.value.field == named
    with pytest.raises(Refusal, match="too long"):
        explain(fund, phone, reason="ก" * 1001)
    assert GapClosing.select().count() == 0
    explain(fund, phone, why="other", reason="เครื่องตกน้ำ")


def test_the_same_twice_changes_nothing_and_another_is_told_who_did(fund, phone):
    assert explain(fund, phone) == explain(fund, phone, why="imported")
    with pytest.raises(Refusal) as refusal:
        explain(fund, phone, handle="registrar")
    assert refusal.value.values == {"name": "zone-leader"}
    assert GapClosing.select().count() == 1


def test_nobody_explains_the_gaps_of_their_own_phone(fund, phone):
    sessions.use(fund.people["zone-leader"], phone.device, at=NOW)
    with pytest.raises(Refusal, match=deciders.OWN_PHONE[:20]):
        explain(fund, phone)
    explain(fund, phone, handle="registrar")


def test_what_comes_after_all_is_taken_and_the_closing_says_so(fund, phone):
    explain(fund, phone)
    phone.send(phone.held[1:2], at=LATER)
    one = standing(fund, phone)
    assert [(gap.first, gap.last) for gap in one.gaps] == [(41, 41), (43, 43)]
    assert (one.lacks, one.closed[0].came) == (0, 1)
    phone.send(phone.held, at=LATER)
    one = standing(fund, phone)
    assert (one.gaps, one.closed[0].came, one.arrived) == ([], 3, 44)


def test_new_numbers_that_go_missing_are_not_explained(fund, phone):
    explain(fund, phone)
    later = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(3)]
    phone.send(later[2:], at=LATER)
    one = standing(fund, phone)
    found = [(gap.first, gap.last, gap.closing is None, gap.known_at) for gap in one.gaps]
    assert found == [(41, 43, False, NOW), (45, 46, True, LATER)]
    assert one.state == "ask"


def test_part_of_a_gap_can_be_explained(fund, phone):
    explain(fund, phone, 42, 42)
    found = [(gap.first, gap.last, gap.closing is None) for gap in standing(fund, phone).gaps]
    assert found == [(41, 41, True), (42, 42, False), (43, 43, True)]
    explain(fund, phone, 43, 43, handle="registrar")
    found = [(gap.first, gap.last, gap.closing is None) for gap in standing(fund, phone).gaps]
    assert found == [(41, 41, True), (42, 42, False), (43, 43, False)]


def test_what_is_not_missing_is_not_explained(fund, phone):
    for first, last in ((1, 2), (40, 43), (41, 44), (44, 44), (45, 45)):
        with pytest.raises(Refusal, match="come meanwhile"):
            explain(fund, phone, first, last)
    for first, last in ((0, 1), (43, 41), (-3, 5), (1, 2**31)):
        with pytest.raises(NotFound):
            explain(fund, phone, first, last)
    empty = devices.register(at=NOW)
    with pytest.raises(NotFound):
        gaps.close(empty.id, 1, 1, by=fund.people["registrar"], at=LATER, **LOST)


def test_a_closing_is_never_changed(fund, phone):
    row = explain(fund, phone)
    for change in (GapClosing.update(reason="x"), GapClosing.delete()):
        with pytest.raises(IntegrityError):
            change.where(GapClosing.id == row.id).execute()


def test_times_of_the_lines_around_are_kept_apart_for_each_gap(fund):
    phone = small_fund.phone(fund)
    sent = [phone.line("household", small_fund.household(), at=NOW + n * MINUTE, place="canal") for n in range(6)]
    phone.send(sent[::2], at=NOW + 9 * MINUTE)
    found = [(gap.before, gap.after) for gap in standing(fund, phone).gaps]
    assert found == [(NOW, NOW + 2 * MINUTE), (NOW + 2 * MINUTE, NOW + 4 * MINUTE)]
