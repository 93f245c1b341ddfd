"""Households of one's own places, found by any way of writing, each value with its three names."""

import uuid

import pytest

from db.models import Household, Unit
from pwa.domain import NotFound
from pwa.domain.register import households
from tests.hamlets import BUNMA, MALI, Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    hamlet = Hamlet()
    hamlet.home = uuid.uuid4()
    head = bunma(relation="head", nickname="มา")
    hamlet.approved(form(head, mali(), respondent={"person": BUNMA}), subject=hamlet.home)
    return hamlet


@pytest.mark.parametrize("text", ["", "บุญมา", "ใจงาม", " นางบุญมา  ใจงาม", "มา", "45/2", "๔๕/๒", "บุญ\u200bมา"])
def test_it_finds_a_house(hamlet, text):
    [row] = households.listed(seen_by=hamlet.leader, text=text)
    assert (row.number, row.place.name, row.head.first_name, row.people_count) == ("45/2", "ชุมชน V1A", "บุญมา", 2)


@pytest.mark.parametrize("text", ["สมชาย", "99", "%", "_", "🙂"])
def test_it_finds_nothing_else(hamlet, text):
    assert households.listed(seen_by=hamlet.leader, text=text) == []


def test_without_a_word_they_stand_place_after_place(hamlet, monkeypatch):
    """As one query would sort all of them, also where two places bear one name; and no more than are shown."""
    Unit.update(name="ชุมชน V1A").where(Unit.code == "V1B").execute()
    for n, number in enumerate(("9", "10", "2/1", "10", "1", "45/3")):
        hamlet.approved(form(bunma(), number=number), place=f"V1{'AB'[n % 2]}", hours=n + 2)
    every = Household.select().join(Unit).where(Unit.code.in_(("V1A", "V1B")))
    ids = [row.id for row in every.order_by(Unit.name, Household.sort_key, Household.id)]
    assert [row.id for row in households.listed(seen_by=hamlet.leader)] == ids
    monkeypatch.setattr(households, "MOST_SHOWN", 3)
    assert [row.id for row in households.listed(seen_by=hamlet.leader)] == ids[:3]


def test_it_is_not_for_other_zones(hamlet):
    assert households.listed(seen_by=hamlet.other) == []
    assert (households.count(seen_by=hamlet.other), households.count(seen_by=hamlet.leader)) == (0, 1)
    for stranger in (hamlet.other, hamlet.network):
        with pytest.raises(NotFound):
            households.get(hamlet.home, seen_by=stranger)
    with pytest.raises(NotFound):
        households.get(uuid.uuid4(), seen_by=hamlet.leader)


def test_it_tells_the_three_names_of_each_value(hamlet):
    hamlet.approved(
        form(bunma(phone="0811111111"), mali(), respondent={"name": "ลูกสาว"}), subject=hamlet.home, base=1, hours=2
    )
    home = households.get(hamlet.home, seen_by=hamlet.leader)
    first, second = home.origin(f"people.{BUNMA}.first_name"), home.origin(f"people.{BUNMA}.phone")
    assert (first.respondent, first.recorder, first.checker) == ("นางบุญมา ใจงาม", "v-volunteer", "v-leader")
    assert (second.respondent, home.latest) == ("ลูกสาว", second)
    assert [person.local_id for person in home.people] == [BUNMA, MALI]
    assert home.of_person(home.people[0])["phone"].value == "0811111111"


def test_it_shows_no_health(hamlet):
    agreed = bunma(consent={"health": True, "by": "self", "given_on": "2026-11-20"}, health={"groups": ["chronic"]})
    hamlet.approved(form(agreed, mali()), subject=hamlet.home, base=1, hours=2)
    home = households.get(hamlet.home, seen_by=hamlet.leader)
    assert not [path for path in home.values if ".health." in path or ".consent." in path]
