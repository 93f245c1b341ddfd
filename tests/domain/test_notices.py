"""Who was named by somebody else is told, and it is kept who told them."""

import uuid
from datetime import timedelta

import pytest

from db.models import Notice
from pwa.domain import NotFound, Refusal
from pwa.domain.register import notices, tables
from tests.hamlets import BUNMA, MALI, MORNING, Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    hamlet = Hamlet()
    hamlet.home = uuid.uuid4()
    hamlet.approved(form(bunma(), mali()), subject=hamlet.home)
    return hamlet


def names(account):
    return [person.first_name for person in notices.due(seen_by=account)]


def test_it_lists_who_was_named_by_others(hamlet):
    assert names(hamlet.leader) == names(hamlet.volunteer) == ["มาลี"]
    [person] = notices.due(seen_by=hamlet.leader)
    assert notices.days_left(person, at=MORNING + timedelta(days=12)) == 18
    assert notices.days_left(person, at=MORNING + timedelta(days=31)) < 0


def test_it_is_not_for_other_zones(hamlet):
    assert names(hamlet.other) == []
    with pytest.raises(NotFound):
        notices.get(tables.person_id(hamlet.home, MALI), seen_by=hamlet.other)


def test_it_keeps_who_told_them_and_how_and_twice_changes_nothing(hamlet):
    person = notices.get(tables.person_id(hamlet.home, MALI), seen_by=hamlet.leader)
    notices.tell(person, by=hamlet.leader, at=MORNING, how="face")
    notices.tell(person, by=hamlet.second, at=MORNING, how="phone")
    kept = Notice.get(Notice.person == person.id)
    assert (kept.account, kept.how) == (hamlet.leader, "face")
    assert names(hamlet.leader) == []


def test_it_refuses_another_way(hamlet):
    person = notices.get(tables.person_id(hamlet.home, BUNMA), seen_by=hamlet.leader)
    with pytest.raises(Refusal):
        notices.tell(person, by=hamlet.leader, at=MORNING, how="")


def test_who_spoke_at_a_later_visit_is_no_longer_due(hamlet):
    hamlet.approved(form(bunma(), mali(present=True)), subject=hamlet.home, base=1, hours=2)
    assert names(hamlet.leader) == []
