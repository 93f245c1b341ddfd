"""The queue of a zone: oldest first, with what is new and what is odd, and nothing of other zones."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain.custody.phones import Phone
from pwa.domain.review import queues, review
from tests.hamlets import MORNING, Hamlet, bunma, form, mali

LATER = MORNING + timedelta(hours=20)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def queue(account, at=LATER, **more):
    return queues.of(account, at=at, **more)


def test_it_shows_the_oldest_first_with_what_there_is_to_know(hamlet):
    hamlet.visit(form(bunma(relation="head"), mali(), number="45/2"))
    hamlet.visit(form(mali(relation="head"), number="7"), place="V1B", hours=1)
    seen = queue(hamlet.leader)
    assert [(item.number, item.place, item.name, item.people) for item in seen.items] == [
        ("45/2", "ชุมชน V1A", "นางบุญมา ใจงาม", 2),
        ("7", "ชุมชน V1B", "มาลี ใจงาม", 1),
    ]
    assert (seen.waiting, seen.returned, seen.items[0].recorder, seen.items[0].state) == (2, 0, "v-volunteer", "new")


def test_it_is_empty_for_other_zones(hamlet):
    hamlet.visit(form(bunma()))
    for stranger in (hamlet.other, hamlet.registrar, hamlet.network, hamlet.volunteer):
        assert queue(stranger).items == []


def test_it_counts_changes_and_what_is_asked(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    hamlet.visit(form(bunma(phone="0833333333", nickname="มา")), subject=home, base=1, hours=4)
    [item] = queue(hamlet.leader).items
    assert (item.state, item.changed, item.asked) == ("changed", 2, 1)


def test_it_keeps_returned_ones_apart_until_they_are_corrected(hamlet):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    review.send_back(entry, by=hamlet.leader, at=LATER, reason="ดูอีกครั้ง")
    assert (queue(hamlet.leader).items, queue(hamlet.leader).returned) == ([], 1)
    assert [item.row.id for item in queue(hamlet.leader, view="returned").items] == [entry.id]
    hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=2, replaces=entry.entry_id)
    seen = queue(hamlet.leader)
    assert (seen.returned, [item.corrected for item in seen.items]) == (0, [True])


def test_it_shows_doubles_apart(hamlet):
    hamlet.approved(form(bunma()))
    hamlet.visit(form(bunma(id=str(uuid.uuid4())), number="9"), hours=2)
    hamlet.visit(form(mali(first_name="สมชาย", last_name="อื่น"), number="10"), hours=3)
    assert [item.number for item in queue(hamlet.leader, view="doubles").items] == ["9"]


def test_it_marks_what_waits_for_an_earlier_one(hamlet):
    home = uuid.uuid4()
    hamlet.visit(form(bunma()), subject=home)
    hamlet.visit(form(bunma(nickname="มา")), subject=home, base=0, hours=1)
    assert [item.waits for item in queue(hamlet.leader).items] == [False, True]


def test_it_says_why_the_checker_may_not_decide(hamlet):
    Phone(hamlet.leader, at=MORNING).record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    [item] = queue(hamlet.leader).items
    assert item.objection and queue(hamlet.second).items[0].objection is None


def test_it_goes_up_when_nobody_there_may_decide(hamlet):
    Phone(hamlet.other, at=MORNING).record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V2A")
    late = MORNING + timedelta(days=2)
    assert [item.escalated for item in queue(hamlet.registrar, at=late).items] == [True]
    assert queue(hamlet.registrar, at=MORNING).items == []


def test_it_knows_the_next_one(hamlet):
    first, second = hamlet.visit(form(bunma())), hamlet.visit(form(mali(), number="7"), hours=1)
    assert queues.next_after(first, hamlet.leader, at=LATER).id == second.id
    assert queues.next_after(second, hamlet.leader, at=LATER).id == first.id
    assert queues.next_after(first, hamlet.other, at=LATER) is None
    assert queues.counts(hamlet.leader, at=LATER) == 2


def test_a_long_queue_is_read_page_by_page(hamlet):
    for hour in range(queues.MOST_SHOWN + 2):
        hamlet.visit(form(bunma(), number=str(hour)), hours=hour)
    first, second = queue(hamlet.leader), queue(hamlet.leader, page=2)
    assert [len(first.items), len(second.items)] == [queues.MOST_SHOWN, 2]
    assert (first.is_last, second.is_last) == (False, True)
    assert first.items[0].number == "0" and second.items[-1].number == str(queues.MOST_SHOWN + 1)
    assert queue(hamlet.leader, page=9).items == [] and queue(hamlet.leader, page=-3).page == 1
