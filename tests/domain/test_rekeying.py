"""After an update the register's keys are made anew, a few households at a time, and are those that an approval makes."""

import uuid

import pytest

from db.models import Bearer, Household, Likeness, NamePart, Person
from pwa.domain.operations import promises, schedule
from pwa.domain.register import rekeying
from tests.hamlets import Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def as_migrated():
    """What the migration leaves of a register."""
    for model in (Likeness, Bearer, NamePart):
        model.delete().execute()
    Household.update(keyed=0, search="").execute()
    Person.update(sound="", search="นายบุญมา").execute()


def kept():
    keys = {(row.household, row.person_id, row.key) for row in Likeness.select()}
    return keys | {(row.person_id, row.part.text, row.part.sound) for row in Bearer.select()}


@pytest.mark.slow
def test_it_makes_what_an_approval_makes(hamlet):
    house = {"number": "๔๕/๒", "description": "หลังวัด", "lane": "ซอย 3"}
    people = [bunma(old_last_names=["แก้วดี"]), mali()]
    hamlet.approved(form(*people) | {"house": house})
    hamlet.approved(form(bunma(id=str(uuid.uuid4())), number="7"), hours=2)
    before, homes, found = (
        kept(),
        list(Household.select().order_by(Household.id).dicts()),
        list(Person.select().order_by(Person.id).dicts()),
    )
    as_migrated()
    there = Household.select().count()
    assert promises.check() == [], "what waits for its turn is no damage"
    assert rekeying.due() and rekeying.rekey(1) == 1
    assert schedule.renew_keys() == there - 1 and not rekeying.due() and rekeying.rekey() == 0
    assert (
        kept(),
        list(Household.select().order_by(Household.id).dicts()),
        list(Person.select().order_by(Person.id).dicts()),
    ) == (before, homes, found)
    assert promises.check() == []
