"""Whose rights cannot be told for a missing fact: the most affected first, along small indexes."""

import json
from datetime import UTC, date, datetime

import pytest

import db
from db.models import Membership, Person
from pwa.domain.fund import benefits, facts, rulings, undecided, versions
from pwa.domain.people import accounts
from tests import rules_at_hand
from tests.statements import listening

TODAY = date(2027, 12, 1)
"""Everybody has waited long enough."""


@pytest.fixture
def town(app):
    return versions.fund_of("F1")


def of(fund, **more):
    return undecided.of(fund, on=TODAY, **more)


def test_it_knows_which_benefits_hang_on_a_fact(town):
    version = rulings.of(town, TODAY).version
    assert undecided.hanging(version, TODAY) == {"paid_through": tuple(version.benefits), "born": ("elderly",)}
    other = rulings.of(versions.fund_of("F2"), TODAY).version
    assert "paid_through" not in undecided.hanging(other, TODAY), "it does not say that arrears matter"


def test_it_names_members_and_what_is_missing(town):
    found = of(town)
    unpaid = Membership.select().where(Membership.fund == town, Membership.paid_through.is_null())
    assert {one.membership.id for one in found} == {row.id for row in unpaid}
    assert {one.missing for one in found} == {("paid_through",)}
    assert [one.membership.number for one in found] == sorted(one.membership.number for one in found)
    assert found[0].person.first_name
    assert found[0].person.household.place.name


def test_each_of_them_is_undecided_and_nobody_else_is(town):
    """The engine itself, asked about everybody, says the same."""
    version = rulings.of(town, TODAY).version
    everybody = facts.of([row.id for row in Membership.select().where(Membership.fund == town)])
    open_ones = set()
    for key, known in everybody.items():
        missing = {
            name
            for code in version.benefits
            for name in benefits.outcome(version, code, facts.case(known, event_on=TODAY)).missing
        }
        if missing & undecided.WORDS.keys():
            open_ones.add(key)
    assert {one.membership.id for one in of(town)} == open_ones


@pytest.fixture
def asking(town):
    """A version that asks for everything: two benefits for an age, one for women, and arrears matter to none."""
    old = {"fact": "age", "is": "at_least", "value": 60, "clause": "ข้อ 2"}
    told = rules_at_hand.document(
        {"code": "old", "conditions": [old]},
        {"code": "older", "conditions": [old | {"value": 70}]},
        {"code": "birth", "conditions": [{"fact": "sex", "is": "is", "value": "f", "clause": "ข้อ 3"}]},
        {"code": "gift"},
    )
    about = dict(starts_on=date(2026, 12, 1), replaces=2, at=datetime(2026, 11, 29, tzinfo=UTC))
    sitting = {"board": "3", "meeting": "9", "resolved_on": date(2026, 11, 1)}
    first, second = map(accounts.named, ("registrar", "committee"))
    versions.enforce(town, json.dumps(told).encode(), sitting=sitting, drafted_by=first, by=second, **about)
    return town


def test_who_lacks_more_comes_first(asking):
    members = list(Membership.select().where(Membership.fund == asking).order_by(Membership.number))
    assert undecided.hanging(rulings.of(asking, TODAY).version, TODAY) == {"born": ("old", "older"), "sex": ("birth",)}
    before = list(Person.select())
    Person.update(birth_date="1950", sex="female").execute()
    lacks = [({"birth_date": ""}, 2), ({"sex": ""}, 1), ({"birth_date": "", "sex": ""}, 3)]
    for member, (more, _) in zip(members, lacks, strict=False):
        Person.update(more).where(Person.id == member.person).execute()
    found = of(asking)
    assert [one.benefits for one in found] == [("old", "older", "birth"), ("old", "older"), ("birth",)]
    assert [one.missing for one in found] == [("born", "sex"), ("born",), ("sex",)]
    assert [one.membership.id for one in of(asking, most=1)] == [members[2].id]
    Person.bulk_update(before, [Person.birth_date, Person.sex])


def test_who_still_waits_is_not_undecided(town):
    """A no is a no, whatever else is missing."""
    assert undecided.of(town, on=date(2026, 11, 22)) == []
    assert of(town)


def test_who_is_gone_is_left_out(town):
    gone = of(town)[0]
    Person.update(gone="moved").where(Person.id == gone.person.id).execute()
    assert gone.membership.id not in {one.membership.id for one in of(town)}


def test_without_a_regulation_nothing_is_undecided(town):
    assert undecided.of(town, on=date(2020, 1, 1)) == []


def test_a_page_costs_a_query_a_group(town):
    """The version, the group, and seven for its facts; each ruling anew."""
    few = of(town, most=1)
    with listening() as asked:
        assert of(town, most=1) == few
    assert len(asked) <= 10


@pytest.mark.only("sqlite")
def test_it_walks_along_the_small_indexes(town):
    with listening() as asked:
        of(town)
    sql, values = next(one for one in asked if "paid_through" in one[0])
    plan = " ".join(row[-1] for row in db.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())
    assert "membership_unpaid" in plan
    assert "SCAN" not in plan


def test_officers_find_their_funds(app):
    for handle, codes in (("registrar", {"F1", "F2"}), ("committee", {"F1", "F2"}), ("volunteer", set())):
        assert {fund.code for fund in undecided.funds(accounts.named(handle))} == codes
