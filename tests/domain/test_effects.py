"""What an approval of each kind does, what stands in its way, and what a list shows of it."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain import Refusal, kinds
from pwa.domain.register import projection, register, submissions
from pwa.domain.review import correcting, effects, glances, glancing, review, sheets
from tests.collecting import collector, gift, told
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form
from tests.small_fund import NOW

LATER = MORNING + timedelta(hours=2)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def test_who_is_folded_has_an_effect_and_who_has_none_changes_nothing():
    assert set(projection.FOLDED) <= set(effects.EFFECTS) <= set(kinds.CHECKED)
    nothing = effects.of("from_the_future")
    assert (nothing.apply(uuid.uuid4()), nothing.checks(None, None, None), nothing.glance(None)) == ([], [], {})


def test_a_visit_is_shown_by_house_and_head_and_makes_a_record(hamlet):
    home = uuid.uuid4()
    one = submissions.of(hamlet.visit(form(bunma(**applies())), subject=home))
    shown = effects.of(one.opening.kind).glance(one)
    assert shown == glancing.at_visit(one)
    assert (shown["number"], shown["name"], shown["funds"]) == ("45/2", "นางบุญมา ใจงาม", {"VF"})
    assert "applies" in shown["signs"]
    review.approve(one.row, by=hamlet.leader, at=LATER)
    effects.of(one.opening.kind).apply(one, by=hamlet.leader, at=LATER)
    assert register.version(home) == 1


def test_a_place_that_nobody_knows_stands_in_the_way(hamlet):
    one = submissions.of(hamlet.visit(form(bunma())))
    effects.place_must_be_known(one, None, [])
    one.opening.place = "nowhere"
    with pytest.raises(Refusal):
        effects.place_must_be_known(one, None, [])


@pytest.mark.parametrize("path", [f"people.{BUNMA}.membership", f"people.{BUNMA}", "people", "nothing.here"])
def test_a_correction_sets_one_value_and_no_membership(hamlet, path):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    record = register.record_of(home)
    fine = projection.Change(f"people.{BUNMA}.first_name", "บุญมา", None, "บุญมี")
    correcting.must_be_possible(None, record, [fine])
    with pytest.raises(Refusal):
        correcting.must_be_possible(None, record, [projection.Change(path, None, None, "member")])
    with pytest.raises(Refusal):
        correcting.must_be_possible(None, projection.Record(), [fine])


def test_money_is_glanced_at_as_nothing_and_its_sheet_opens(bare_fund):
    """A receipt has no house to show; its own page shows it."""
    entry = told(collector(bare_fund), gift())
    assert glances.glance(submissions.of(entry)) == glances.Glance()
    leader = bare_fund.people["zone-leader"]
    assert sheets.of(entry.entry_id, leader, at=NOW).one.row == entry
