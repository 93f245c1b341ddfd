"""Standing: the waiting period by whole days, months and years, and what a person is in each fund."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from db.models import Admission, Application, Membership, Person, Viewing
from pwa import web
from pwa.domain import NotFound
from pwa.domain.people import accounts
from pwa.domain.register import members


def membership(tenure_from, n=180, unit="day"):
    fund = SimpleNamespace(waiting_n=n, waiting_unit=unit, waiting_clause="")
    return SimpleNamespace(fund=fund, tenure_from=tenure_from, joined_on=tenure_from)


def test_the_last_day_of_waiting_and_the_first_of_rights():
    member = membership(date(2026, 1, 1))
    before = members.of_member(member, on=date(2026, 6, 29))
    after = members.of_member(member, on=date(2026, 6, 30))
    assert (before.state, before.days_left, before.days_waited, before.days_in_all) == ("waiting", 1, 179, 180)
    assert (after.state, after.days_left, after.days_waited) == ("entitled", 0, 180)


def test_before_the_first_payment_nothing_is_counted():
    assert members.of_member(membership(None), on=date(2026, 1, 1)).state == "unpaid"


def test_length_of_membership_is_whole_years_and_months():
    assert members.length(membership(date(2020, 2, 29)), on=date(2026, 2, 28)) == (5, 11)
    assert members.length(membership(date(2020, 2, 29)), on=date(2026, 3, 1)) == (6, 0)
    assert members.length(membership(date(2026, 5, 1)), on=date(2026, 1, 1)) == (0, 0)


def test_an_applicant_waits_for_the_committee(app):
    admitted = {row.person for row in Admission.select()}
    asked = next(a for a in Application.select().where(Application.kind == "new") if a.person not in admitted)
    [standing] = members.standings(Person.get_by_id(asked.person), on=web_today())
    assert (standing.state, standing.applied_on, standing.membership) == ("applicant", asked.applied_on, None)


def test_a_member_by_the_passbook_waits_to_be_confirmed(app):
    admitted = {row.person for row in Admission.select()}
    known = next(a for a in Application.select().where(Application.kind == "existing") if a.person not in admitted)
    [standing] = members.standings(Person.get_by_id(known.person), on=web_today())
    assert (standing.state, standing.membership) == ("claimed", None)


def test_a_member_has_number_and_days(app):
    member = Membership.select().where(Membership.tenure_from.is_null(False)).first()
    [standing] = members.standings(Person.get_by_id(member.person), on=member.tenure_from + timedelta(days=1))
    assert standing.membership.number == member.number
    assert standing.state == "waiting"


def test_who_only_lives_there_has_no_standing(app):
    asked = {row.person for row in Application.select()}
    person = next(p for p in Person.select() if p.id not in asked)
    assert members.standings(person, on=web_today()) == []


def test_it_finds_only_people_of_the_units_looked_after(app):
    stranger = accounts.named("stranger")
    with pytest.raises(NotFound):
        members.get(stranger.person, seen_by=accounts.named("zone-leader"))
    assert members.get(stranger.person, seen_by=accounts.named("registrar")).id == stranger.person
    with pytest.raises(NotFound):
        members.of_account(accounts.named("admin"))


def test_a_look_is_kept_with_who_and_why(app):
    person = members.of_account(accounts.named("member"))
    leader = accounts.named("zone-leader")
    members.view(person, by=leader, at=web.system_clock(), purpose="show")
    [kept] = members.viewings(person)
    assert (kept.account.handle, kept.purpose) == ("zone-leader", "show")
    assert Viewing.select().count() == 1


def web_today():
    return web.system_clock().astimezone(web.BANGKOK).date()


def test_many_stand_as_each_one_does(app):
    people = list(Person.select())
    on = app.config["CLOCK"]().date()
    found = members.standings_of([person.id for person in people], on=on)
    assert len(found) > 10
    assert all(found.get(person.id, []) == members.standings(person, on=on) for person in people)


def test_a_look_is_kept_though_a_clock_that_was_ahead_kept_one(app):
    person, leader = members.of_account(accounts.named("member")), accounts.named("zone-leader")
    now = web.system_clock()
    for at in (now + timedelta(days=4000), now, now + timedelta(minutes=5)):
        members.view_house(person.household_id, by=leader, at=at, purpose="household")
        members.view_own(person, by=leader, since=now, at=at)
    looks = Viewing.select().where(Viewing.person == person.id)
    assert [looks.where(Viewing.purpose == purpose).count() for purpose in ("household", "own")] == [2, 2]
