"""Who has just decided takes it back within ten minutes, while nothing rests on it, and may decide again; later only another."""

import uuid
from datetime import timedelta

import pytest

from db.models import Approval, CounterDecision
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import own, states
from pwa.domain.people import accounts
from pwa.domain.register import register, tables
from pwa.domain.review import counter_decisions, decisions, queues, review, samples, sheets, slips
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form

LATER = MORNING + timedelta(hours=5)
SOON = LATER + timedelta(minutes=9)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def take_back(hamlet, entry, by=None, at=SOON, **about):
    slips.take_back(entry, by=by or hamlet.leader, at=at, **about)


def approve(hamlet, entry, at=LATER, by=None):
    review.approve(entry, by=by or hamlet.leader, at=at)


DECISIONS = {
    "approved": lambda entry, by: review.approve(entry, by=by, at=LATER),
    "returned": lambda entry, by: review.send_back(entry, by=by, at=LATER, reason="ดูอีกครั้ง"),
    "rejected": lambda entry, by: review.reject(entry, by=by, at=LATER, reason="ไม่ใช่"),
}


@pytest.mark.parametrize("kind", DECISIONS)
def test_it_takes_an_own_decision_back_and_decides_again(hamlet, kind):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    DECISIONS[kind](entry, hamlet.leader)
    take_back(hamlet, entry)
    assert (states.of(entry), register.version(home)) == ("received", 0)
    assert [step.kind for step in decisions.history(entry)] == [kind, "slip"]
    assert [item.row.id for item in queues.of(hamlet.leader, at=SOON).items] == [entry.id]
    approve(hamlet, entry, at=SOON)
    assert (states.of(entry), register.version(home)) == ("approved", 3 if kind == "approved" else 1)
    assert decisions.decision(entry).turn == 1


def test_its_sheet_asks_for_the_new_turn_and_nobody_above_is_called(hamlet):
    entry = hamlet.visit(form(bunma()))
    approve(hamlet, entry)
    take_back(hamlet, entry)
    sheet = sheets.of(entry.entry_id, hamlet.leader, at=SOON)
    assert (sheet.turn, sheet.may_decide, sheet.undone.kind) == (1, True, "slip")
    assert "undone" not in queues.of(hamlet.leader, at=SOON).items[0].reading.signs


def test_twice_changes_nothing_and_a_stale_page_decides_nothing(hamlet):
    entry = hamlet.visit(form(bunma()))
    approve(hamlet, entry)
    take_back(hamlet, entry, turn=0)
    take_back(hamlet, entry, turn=0)
    assert CounterDecision.select().where(CounterDecision.entry == entry).count() == 1
    with pytest.raises(Refusal):
        review.approve(entry, by=hamlet.leader, at=SOON, turn=0)
    approve(hamlet, entry, at=SOON)
    take_back(hamlet, entry, turn=0)
    assert states.of(entry) == "approved", "the second approval is not what that page spoke of"


def test_after_ten_minutes_only_somebody_else_undoes_it(hamlet):
    entry = hamlet.visit(form(bunma()))
    approve(hamlet, entry)
    with pytest.raises(Refusal) as refused:
        take_back(hamlet, entry, at=LATER + timedelta(minutes=10, seconds=1))
    assert refused.value.message == slips.LATE
    counter_decisions.undo(entry, by=hamlet.second, at=SOON, reason="กดผิด")
    assert states.of(entry) == "received"


def test_it_is_nobody_elses(hamlet):
    entry = hamlet.visit(form(bunma()))
    approve(hamlet, entry)
    with pytest.raises(Refusal):
        take_back(hamlet, entry, by=hamlet.second)
    with pytest.raises(NotFound):
        take_back(hamlet, hamlet.visit(form(bunma(), number="7")))
    assert states.of(entry) == "approved"


def test_who_undid_for_another_still_leaves_it_to_others_after_a_slip(hamlet):
    entry = hamlet.visit(form(bunma()))
    approve(hamlet, entry)
    counter_decisions.undo(entry, by=hamlet.second, at=LATER, reason="กดผิด")
    approve(hamlet, entry)
    take_back(hamlet, entry)
    with pytest.raises(Refusal):
        approve(hamlet, entry, at=SOON, by=hamlet.second)
    approve(hamlet, entry, at=SOON)


def rests_a_newer_approval(hamlet, entry, home):
    newer = hamlet.visit(form(bunma(nickname="มา")), subject=home, base=1, hours=1)
    approve(hamlet, newer)


def rests_a_visit_that_began_with_it(hamlet, entry, home):
    hamlet.visit(form(bunma(nickname="มา")), subject=home, base=1, hours=1)


def rests_a_correction(hamlet, entry, home):
    hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=1, replaces=entry.entry_id)


def rests_a_second_look(hamlet, entry, home):
    samples.draw(hamlet.zones["V1"], by=hamlet.registrar, at=SOON)


@pytest.mark.parametrize(
    "rest", [rests_a_newer_approval, rests_a_visit_that_began_with_it, rests_a_correction, rests_a_second_look]
)
def test_what_something_rests_on_stays(hamlet, rest):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    approve(hamlet, entry)
    rest(hamlet, entry, home)
    with pytest.raises(Refusal) as refused:
        take_back(hamlet, entry)
    assert refused.value.message == slips.RESTS


def test_who_has_access_by_it_is_not_lost(hamlet):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma(**applies())), subject=home)
    approve(hamlet, entry)
    accounts.add("v-member", name="บุญมา", unit=hamlet.town, at=MORNING, person=tables.person_id(home, BUNMA))
    with pytest.raises(Refusal, match="access of their own"):
        take_back(hamlet, entry)
    assert states.of(entry) == "approved"


def test_the_last_decision_is_said_for_ten_minutes(hamlet):
    first, second = hamlet.visit(form(bunma())), hamlet.visit(form(bunma(), number="7"), hours=1)
    assert slips.last(hamlet.leader, at=LATER) is None
    approve(hamlet, first)
    review.reject(second, by=hamlet.leader, at=LATER + timedelta(minutes=1), reason="ซ้ำ")
    said = slips.last(hamlet.leader, at=SOON)
    assert (said.entry, said.kind, said.house, said.turn, said.objection) == (second, "rejected", "7", 0, None)
    take_back(hamlet, second)
    assert slips.last(hamlet.leader, at=SOON).entry == first
    assert slips.last(hamlet.leader, at=LATER + timedelta(minutes=11)) is None
    assert slips.last(hamlet.second, at=SOON) is None


def test_its_author_hears_of_no_reason(hamlet):
    entry = hamlet.visit(form(bunma()))
    approve(hamlet, entry)
    take_back(hamlet, entry)
    [told] = own.status(hamlet.volunteer, at=SOON)
    assert told["state"] == "received" and not told["reason"]


def test_a_correction_without_a_value_is_taken_back_too(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    hamlet.visit(form(bunma(nickname="มา")), subject=home, base=1, hours=2)
    person = tables.person_id(home, BUNMA)
    member = accounts.add("v-member", name="บุญมา", unit=hamlet.town, at=MORNING, person=person)
    from pwa.domain.custody.phones import Phone

    said = {"path": f"people.{BUNMA}.birth_date", "person": BUNMA, "statement": "เกิดวันที่ 21"}
    entry = Phone(member, at=MORNING).record("correction", said, subject=home, at=LATER)
    approve(hamlet, entry)
    take_back(hamlet, entry)
    assert states.of(entry) == "received" and Approval.select().where(Approval.entry == entry).exists()
