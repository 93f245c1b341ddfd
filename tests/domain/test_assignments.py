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
from tests.hamlets import MORNING, Hamlet

TODAY = MORNING.date()
DAY = timedelta(days=1)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def give(hamlet, *codes, **about):
    terms = {"starts_on": TODAY, "ends_on": TODAY + 6 * DAY, "by": hamlet.leader, "at": MORNING, "on": TODAY} | about
    account = terms.pop("account", hamlet.volunteer)
    return assignments.give(account, [units.get(code) for code in codes or ("V1A",)], **terms)


def call_back(hamlet, assignment, **about):
    terms = {"by": hamlet.leader, "at": MORNING, "on": TODAY, "reason": "ป่วย"} | about
    return assignments.end(assignment, **terms)


def current(hamlet, on=TODAY):
    return assignments.current(hamlet.volunteer, on=on)


def test_it_is_in_force_from_the_first_day_to_the_last(hamlet):
    held = give(hamlet, "V1A", "V1B", starts_on=TODAY + DAY, ends_on=TODAY + 3 * DAY)
    days = [current(hamlet, TODAY + n * DAY) for n in range(5)]
    assert days == [None, held, held, held, None]
    assert assignments.coming(hamlet.volunteer, on=TODAY) == held
    assert assignments.coming(hamlet.volunteer, on=TODAY + DAY) is None
    assert [unit.code for unit in assignments.communities(held)] == ["V1A", "V1B"]


def test_the_later_one_takes_the_place_of_the_earlier(hamlet):
    first = give(hamlet, ends_on=TODAY + 9 * DAY)
    second = give(hamlet, "V1B", at=MORNING + timedelta(hours=1), ends_on=TODAY + DAY)
    assert current(hamlet) == second
    assert current(hamlet, TODAY + 2 * DAY) == first


def test_it_ends_once_and_with_a_reason(hamlet):
    held = give(hamlet)
    with pytest.raises(Refusal) as refused:
        call_back(hamlet, held, reason="  ")
    assert refused.value.field == "reason"
    ended = call_back(hamlet, held)
    assert call_back(hamlet, held, reason="อื่น") == ended and ended.reason == "ป่วย"
    assert current(hamlet) is None
    with pytest.raises(Refusal):
        call_back(hamlet, give(hamlet), on=TODAY + 7 * DAY)


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
def test_it_refuses_at_the_field(hamlet, wrong, field):
    with pytest.raises(Refusal) as refused:
        give(hamlet, **wrong)
    assert refused.value.field == field
    assert give(hamlet, ends_on=TODAY + 89 * DAY)


def test_it_stays_within_both_reaches(hamlet):
    with pytest.raises(NotFound):
        give(hamlet, "V2A")  # not the leader's
    with pytest.raises(NotFound):
        give(hamlet, by=hamlet.other)
    with pytest.raises(Refusal) as refused:
        give(hamlet, "V2A", by=hamlet.registrar)  # the registrar's, but not granted to the volunteer
    assert refused.value.field == "place"
    with pytest.raises(Refusal) as refused:
        assignments.give(hamlet.volunteer, [], starts_on=TODAY, ends_on=TODAY, by=hamlet.leader, at=MORNING, on=TODAY)
    assert refused.value.field == "place"
    assert give(hamlet, by=hamlet.registrar)


def test_nobody_sends_themselves(hamlet):
    accounts.grant(hamlet.leader, "volunteer", units.get("V1"), at=MORNING)
    with pytest.raises(Refusal) as refused:
        give(hamlet, account=hamlet.leader)
    assert refused.value.field == "account"
    assert give(hamlet, account=hamlet.leader, by=hamlet.second)


def test_a_right_taken_away_ends_it_without_a_word(hamlet):
    give(hamlet)
    [grant] = units.grants(hamlet.volunteer, "volunteer")
    end_role(grant, hamlet)
    assert current(hamlet) is None
    assert assignments.right(hamlet.volunteer, on=TODAY) == {"assignment": None}
    assert kits.download(hamlet.volunteer, on=TODAY, at=MORNING)["assignment"] is None


def test_a_right_to_a_part_leaves_that_part(hamlet):
    held = give(hamlet, "V1A", "V1B")
    [grant] = units.grants(hamlet.volunteer, "volunteer")
    end_role(grant, hamlet)
    accounts.grant(hamlet.volunteer, "volunteer", units.get("V1B"), at=MORNING)
    assert current(hamlet) == held
    assert [unit.code for unit in assignments.communities(held)] == ["V1B"]


def test_leaders_see_those_of_their_reach(hamlet):
    held = give(hamlet)
    kits.download(hamlet.volunteer, on=TODAY, at=MORNING, device=uuid.UUID(int=7), agent="Chrome")
    for leader in (hamlet.leader, hamlet.second, hamlet.registrar):
        [row] = assignments.listed(seen_by=leader, on=TODAY)[0]
        assert row == held and row.brought == (1, MORNING) and row.places_named[0].code == "V1A"
        assert row.taker == hamlet.volunteer and row.giver == hamlet.leader
    assert [(one.kind, one.device) for one in assignments.downloads(held)] == [("full", uuid.UUID(int=7))]
    assert assignments.listed(seen_by=hamlet.other, on=TODAY) == ([], [])
    with pytest.raises(NotFound):
        assignments.get(held.id, seen_by=hamlet.other)
    call_back(hamlet, held)
    living, past = assignments.listed(seen_by=hamlet.leader, on=TODAY)
    assert living == [] and assignments.ended(past[0]).by == hamlet.leader


def test_it_offers_the_volunteers_of_the_reach(hamlet):
    assert assignments.takers(hamlet.leader) == [hamlet.volunteer]
    assert assignments.takers(hamlet.other) == []
    assert assignments.taker("", by=hamlet.leader) is None
    assert assignments.taker(str(hamlet.volunteer.id), by=hamlet.leader) == hamlet.volunteer
    with pytest.raises(NotFound):
        assignments.taker(str(hamlet.other.id), by=hamlet.leader)


def test_what_was_given_and_brought_stays_as_it_was(hamlet):
    held = give(hamlet)
    kits.download(hamlet.volunteer, on=TODAY, at=MORNING)
    for change in (Assignment.update(ends_on=TODAY), KitDownload.delete()):
        with pytest.raises(IntegrityError, match="append-only"):
            change.execute()
    assert Assignment.get_by_id(held.id).ends_on == TODAY + 6 * DAY


def end_role(grant, hamlet):

    RoleEnd.create(grant=grant, account=hamlet.leader, at=MORNING, reason="x")
