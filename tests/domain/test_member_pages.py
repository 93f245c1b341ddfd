"""One person's page: own values in the order of the form, each with its names; health for own eyes only."""

import pytest

from db.models import HealthFact, Person
from pwa import web
from pwa.domain.people import accounts
from pwa.domain.register import member_pages, members, payloads


def of(person, **more):
    return member_pages.of(person, on=web.system_clock().date(), **more)


def test_own_values_only_in_the_order_they_were_asked(app):
    person = members.of_account(accounts.named("member"))
    found = of(person)
    assert {payloads.person_of(one.path) for one in found.own} == {person.local_id}
    last_parts = [one.path.split(".")[2] for one in found.own]
    assert last_parts.index("first_name") < last_parts.index("birth_date")
    assert person.id not in {other.id for other in found.others}


def test_every_value_has_recorder_and_checker(app):
    found = of(members.of_account(accounts.named("member")))
    assert found.own and all(one.source.recorder and one.source.checker for one in found.own + found.house)


def test_health_needs_to_be_asked_for(app):
    path = HealthFact.select().first()
    local_id = payloads.person_of(path.path)
    person = Person.get(Person.household == path.subject, Person.local_id == local_id)
    assert not any(payloads.is_health(one.path) for one in of(person).own)
    assert any(payloads.is_health(one.path) for one in of(person, health=True).own)


def test_every_value_stands_in_one_group(app):
    found = of(members.of_account(accounts.named("member")), health=True)
    assert sorted(one.path for group in found.groups for one in group.values) == sorted(
        one.path for one in found.own + found.house
    )
    names = {group.name: {one.path.rsplit(".", 1)[-1] for one in group.values} for group in found.groups}
    assert "first_name" in names["person"] and "number" in names["house"] and "first_name" not in names["house"]


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("people.a.first_name", "person"),
        ("people.a.registered_address.moo", "house"),
        ("house.moo", "house"),
        ("people.a.application.plan", "fund"),
        ("people.a.application.beneficiaries.b.share", "beneficiaries"),
        ("people.a.consent.health", "health"),
        ("people.a.groups", "help"),
    ],
)
def test_the_longest_part_of_a_path_names_its_group(path, group):
    assert member_pages.group_of(path) == group
