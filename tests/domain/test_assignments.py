"""Who may be sent where and for how long, and when an assignment is in force."""

import uuid
from datetime import timedelta

import pytest
from peewee import IntegrityError

from db.models import Assignment, KitDownload, RoleEnd
from pwa.domain import NotFound, Refusal
from pwa.domain.fieldwork import assignments, kits
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.villages import MORNING, Village

TODAY = MORNING.date()
DAY = timedelta(days=1)


@pytest.fixture
def village(app):
    return Village()


def give(village, *codes, **about):
    terms = {"starts_on": TODAY, "ends_on": TODAY + 6 * DAY, "by": village.leader, "at": MORNING, "on": TODAY} | about
    account = terms.pop("account", village.volunteer)
    return assignments.give(account, [units.get(code) for code in codes or ("V1A",)], **terms)


def call_back(village, assignment, **about):
    terms = {"by": village.leader, "at": MORNING, "on": TODAY, "reason": "ป่วย"} | about
    return assignments.end(assignment, **terms)


def current(village, on=TODAY):
    return assignments.current(village.volunteer, on=on)


def test_it_is_in_force_from_the_first_day_to_the_last(village):
    held = give(village, "V1A", "V1B", starts_on=TODAY + DAY, ends_on=TODAY + 3 * DAY)
    days = [current(village, TODAY + n * DAY) for n in range(5)]
    assert days == [None, held, held, held, None]
    assert assignments.coming(village.volunteer, on=TODAY) == held
    assert assignments.coming(village.volunteer, on=TODAY + DAY) is None
    assert [unit.code for unit in assignments.communities(held)] == ["V1A", "V1B"]


def test_the_later_one_takes_the_place_of_the_earlier(village):
    first = give(village, ends_on=TODAY + 9 * DAY)
    second = give(village, "V1B", at=MORNING + timedelta(hours=1), ends_on=TODAY + DAY)
    assert current(village) == second
    assert current(village, TODAY + 2 * DAY) == first


def test_it_ends_once_and_with_a_reason(village):
    held = give(village)
    with pytest.raises(Refusal) as refused:
        call_back(village, held, reason="  ")
    assert refused.value.field == "reason"
    ended = call_back(village, held)
    assert call_back(village, held, reason="อื่น") == ended and ended.reason == "ป่วย"
    assert current(village) is None
    with pytest.raises(Refusal):
        call_back(village, give(village), on=TODAY + 7 * DAY)


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"account": None}, "account"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": TODAY - DAY}, "ends_on"),
        ({"starts_on": TODAY - 9 * DAY, "ends_on": TODAY - DAY}, "ends_on"),
        ({"ends_on": TODAY + 90 * DAY}, "ends_on"),
    ],
)
def test_it_refuses_at_the_field(village, wrong, field):
    with pytest.raises(Refusal) as refused:
        give(village, **wrong)
    assert refused.value.field == field
    assert give(village, ends_on=TODAY + 89 * DAY)


def test_it_stays_within_both_reaches(village):
    with pytest.raises(NotFound):
        give(village, "V2A")  # not the leader's
    with pytest.raises(NotFound):
        give(village, by=village.other)
    with pytest.raises(Refusal) as refused:
        give(village, "V2A", by=village.registrar)  # the registrar's, but not granted to the volunteer
    assert refused.value.field == "place"
    with pytest.raises(Refusal) as refused:
        assignments.give(village.volunteer, [], starts_on=TODAY, ends_on=TODAY, by=village.leader, at=MORNING, on=TODAY)
    assert refused.value.field == "place"
    assert give(village, by=village.registrar)


def test_nobody_sends_themselves(village):
    accounts.grant(village.leader, "volunteer", units.get("V1"), at=MORNING)
    with pytest.raises(Refusal) as refused:
        give(village, account=village.leader)
    assert refused.value.field == "account"
    assert give(village, account=village.leader, by=village.second)


def test_a_right_taken_away_ends_it_without_a_word(village):
    give(village)
    [grant] = units.grants(village.volunteer, "volunteer")
    end_role(grant, village)
    assert current(village) is None
    assert assignments.right(village.volunteer, on=TODAY) == {"assignment": None}
    assert kits.download(village.volunteer, on=TODAY, at=MORNING)["assignment"] is None


def test_a_right_to_a_part_leaves_that_part(village):
    held = give(village, "V1A", "V1B")
    [grant] = units.grants(village.volunteer, "volunteer")
    end_role(grant, village)
    accounts.grant(village.volunteer, "volunteer", units.get("V1B"), at=MORNING)
    assert current(village) == held
    assert [unit.code for unit in assignments.communities(held)] == ["V1B"]


def test_leaders_see_those_of_their_reach(village):
    held = give(village)
    kits.download(village.volunteer, on=TODAY, at=MORNING, device=uuid.UUID(int=7), agent="Chrome")
    for leader in (village.leader, village.second, village.registrar):
        [row] = assignments.listed(seen_by=leader, on=TODAY)[0]
        assert row == held and row.brought == (1, MORNING) and row.places_named[0].code == "V1A"
        assert row.taker == village.volunteer and row.giver == village.leader
    assert [(one.kind, one.device) for one in assignments.downloads(held)] == [("full", uuid.UUID(int=7))]
    assert assignments.listed(seen_by=village.other, on=TODAY) == ([], [])
    with pytest.raises(NotFound):
        assignments.get(held.id, seen_by=village.other)
    call_back(village, held)
    living, past = assignments.listed(seen_by=village.leader, on=TODAY)
    assert living == [] and assignments.ended(past[0]).by == village.leader


def test_it_offers_the_volunteers_of_the_reach(village):
    assert assignments.takers(village.leader) == [village.volunteer]
    assert assignments.takers(village.other) == []
    assert assignments.taker("", by=village.leader) is None
    assert assignments.taker(str(village.volunteer.id), by=village.leader) == village.volunteer
    with pytest.raises(NotFound):
        assignments.taker(str(village.other.id), by=village.leader)


def test_what_was_given_and_brought_stays_as_it_was(village):
    held = give(village)
    kits.download(village.volunteer, on=TODAY, at=MORNING)
    for change in (Assignment.update(ends_on=TODAY), KitDownload.delete()):
        with pytest.raises(IntegrityError, match="append-only"):
            change.execute()
    assert Assignment.get_by_id(held.id).ends_on == TODAY + 6 * DAY


def end_role(grant, village):

    RoleEnd.create(grant=grant, account=village.leader, at=MORNING, reason="x")
