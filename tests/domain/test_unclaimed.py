"""Nobody forgotten: births, deaths and ages of which the register tells stand until they are claimed, or the window has closed."""

import uuid
from datetime import timedelta

import pytest

import db
from db.models import Household, Membership
from pwa.domain.fieldwork import kit_houses
from pwa.domain.fund import residents, unclaimed
from pwa.domain.people import accounts
from pwa.domain.review import review
from tests.claiming import AT, BORN, TODAY, birth, certified, child, member, owner, recorded, visited
from tests.statements import listening

DIED = "2026-11-20"


def events(home, on=TODAY, **about):
    return [one for one in unclaimed.within(Household.id == home.id, on=on, **about) if one.benefit.event != "age"]


@pytest.fixture
def born(app):
    return visited(child())


def test_a_birth_told_in_a_visit_stands_until_its_window_has_closed(born):
    [one] = events(born)
    assert (one.benefit.code, one.on, one.name) == ("birth", BORN, "ใบบัว ตัวอย่าง")
    assert (one.last_on.isoformat(), one.days_left(TODAY)) == ("2027-02-08", 73)
    assert events(born, one.last_on) and not events(born, one.last_on + timedelta(days=1))


def test_whoever_claimed_it_hears_of_it_no_more_and_a_twin_is_not_forgotten(born):
    recorded(birth(event_on=BORN.isoformat()))
    assert events(born) == []
    visited(child(id=str(uuid.UUID(int=78)), first_name="ใบบุญ"))
    assert len(events(born)) == 1
    certified(birth(event_on=BORN.isoformat(), nth=2))
    assert events(born) == []


def test_a_claim_that_was_not_certified_leaves_it_where_it_was(born):
    entry = recorded(birth(event_on=BORN.isoformat()))
    review.reject(entry, by=accounts.named("zone-leader"), at=AT, reason="ไม่ใช่")
    assert len(events(born)) == 1


def test_a_death_told_in_a_visit_stands_with_who_died(app):
    home = visited(owner(gone="died", gone_on=DIED))
    [one] = events(home)
    assert (one.benefit.code, one.on.isoformat(), one.member.id) == ("death", DIED, member().person)


def test_an_age_is_told_from_its_day_on(app):
    home = visited(owner(birth_date="1966-12-20"))
    ages = [
        one
        for one in unclaimed.within(Household.id == home.id, on=TODAY, ahead=timedelta(days=30))
        if one.benefit.event == "age"
    ]
    assert [one.on.isoformat() for one in ages] == ["2026-12-20"]
    assert not [one for one in unclaimed.within(Household.id == home.id, on=TODAY) if one.benefit.event == "age"]


def test_a_kit_tells_it_with_the_month_alone_and_makes_no_mark_of_it(born):
    told = kit_houses.of([born.place], on=TODAY)[born.id]
    [row] = [row for row in told["unclaimed"] if row[0] == "F1.birth"]
    assert row[2:] == [str(member().person), row[3], "2026-11", "2027-02", "ใบบัว ตัวอย่าง"]
    assert BORN.isoformat() not in str(told)
    assert kit_houses.marked({"id": "x"} | told) == {"id": "x"} | {
        word: rows for word, rows in told.items() if word != "unclaimed"
    }


def test_a_kit_tells_what_was_claimed_by_month(born):
    certified(birth(event_on=BORN.isoformat()))
    told = kit_houses.of([born.place], on=TODAY)[born.id]
    assert told["claims"] == [["F1.birth", str(member().person), "2026-11", "child", 1, "certified"]]
    assert "unclaimed" not in told


def test_a_house_without_a_member_is_not_read(born):
    assert {one.household_id for one in residents.of(candidates(born))} == {born.id}
    with db.database.atomic() as tried:
        Membership.update(person=uuid.UUID(int=5)).where(Membership.id == member().id).execute()
        assert residents.of(candidates(born)) == []
        assert events(born) == []
        tried.rollback()


def candidates(home):
    return residents.candidates({}, Household.id == home.id, on=TODAY, ahead=timedelta())


@pytest.mark.only("sqlite")
def test_a_zone_is_asked_by_births_and_not_house_by_house(app):
    with listening() as statements:
        unclaimed.near(accounts.named("zone-leader"), on=TODAY)
    [(sql, values)] = [one for one in statements if "UNION" in one[0]]
    steps = [step for *_, step in db.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert [step for step in steps if "person_birth_date" in step] and [step for step in steps if "person_gone" in step]
    assert not [step for step in steps if "household_place" in step]
