"""Who was named by somebody else is told, and it is kept who told them."""

import uuid
from datetime import timedelta

import pytest

from db.models import Notice
from pwa.domain import NotFound, Refusal
from pwa.domain.register import notices, tables
from tests.villages import BUNMA, MALI, MORNING, Village, bunma, form, mali


@pytest.fixture
def village(app):
    village = Village()
    village.home = uuid.uuid4()
    village.approved(form(bunma(), mali()), subject=village.home)
    return village


def names(account):
    return [person.first_name for person in notices.due(seen_by=account)]


def test_it_lists_who_was_named_by_others(village):
    assert names(village.leader) == names(village.volunteer) == ["มาลี"]
    [person] = notices.due(seen_by=village.leader)
    assert notices.days_left(person, at=MORNING + timedelta(days=12)) == 18
    assert notices.days_left(person, at=MORNING + timedelta(days=31)) < 0


def test_it_is_not_for_other_zones(village):
    assert names(village.other) == []
    with pytest.raises(NotFound):
        notices.get(tables.person_id(village.home, MALI), seen_by=village.other)


def test_it_keeps_who_told_them_and_how_and_twice_changes_nothing(village):
    person = notices.get(tables.person_id(village.home, MALI), seen_by=village.leader)
    notices.tell(person, by=village.leader, at=MORNING, how="face")
    notices.tell(person, by=village.second, at=MORNING, how="phone")
    kept = Notice.get(Notice.person == person.id)
    assert (kept.account, kept.how) == (village.leader, "face")
    assert names(village.leader) == []


def test_it_refuses_another_way(village):
    person = notices.get(tables.person_id(village.home, BUNMA), seen_by=village.leader)
    with pytest.raises(Refusal):
        notices.tell(person, by=village.leader, at=MORNING, how="")


def test_who_spoke_at_a_later_visit_is_no_longer_due(village):
    village.approved(form(bunma(), mali(present=True)), subject=village.home, base=1, hours=2)
    assert names(village.leader) == []
