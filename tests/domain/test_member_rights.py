"""A member's funds on a day, out of the register: standing, cards, what is missing, and when the paid time nears its end."""

from datetime import date, timedelta

import pytest

from db.models import Membership, Person
from pwa import web
from pwa.domain.fund import member_rights
from pwa.domain.people import accounts
from pwa.domain.register import members


@pytest.fixture
def person(app):
    return members.of_account(accounts.named("member"))


def of(person, on=None):
    [found] = member_rights.of(person, on=on or web.system_clock().date())
    return found


def test_in_the_waiting_time_every_right_says_from_when(person):
    found = of(person)
    tenure = Membership.get(Membership.person == person.id).tenure_from
    cards = {one.benefit.code: one for one in found.rights}
    assert found.stands.standing == "waiting" and cards["birth"].begins_on == tenure + timedelta(days=180)
    assert found.asked == [] and not found.is_due


def test_a_fact_that_would_decide_is_asked(person):
    Membership.update(joined_on=date(2020, 1, 5), tenure_from=date(2020, 1, 5)).execute()
    assert of(person).asked == ["paid_through"]


@pytest.mark.parametrize(("days", "is_due"), [(-5, True), (0, True), (30, True), (31, False)])
def test_near_the_end_of_what_is_paid_it_is_due(person, days, is_due, monkeypatch):
    found = of(person)
    stands = found.stands.__class__(**{**found.stands.__dict__, "paid_through": found.on + timedelta(days=days)})
    object.__setattr__(found, "stands", stands)
    assert (found.days_paid, found.is_due) == (days, is_due)


def test_the_plan_of_the_day_tells_what_to_pay(person):
    assert of(person).plan.amount_satang == 3_000


def test_who_is_no_member_has_no_funds(app):
    member = Membership.select(Membership.person)
    nobody = Person.select().where(Person.id.not_in(member)).first()
    assert member_rights.of(nobody, on=web.system_clock().date()) == []
