"""Who bears which name: what is written is what is kept, each spelling once, and none that is nobody's."""

import uuid

import pytest

from db.models import Bearer, Household, NamePart, Person
from pwa.domain.register import bearers

MA, DI = ("มา", "มา"), ("ดี", "ดี")


@pytest.fixture
def people(bare_fund):
    """Two people of one house, who bear nothing yet."""
    home = Household.create(id=uuid.uuid4(), place=bare_fund.units["canal"], version=1)
    return [Person.create(id=uuid.uuid4(), household=home, local_id=str(number)) for number in range(2)]


def test_what_is_written_is_what_is_kept(people):
    one, other = people
    bearers.write({one.id: {MA, DI}, other.id: {MA}})
    assert bearers.of([one.household_id]) == {one.household_id: {(one.id, *MA), (one.id, *DI), (other.id, *MA)}}
    assert NamePart.select().count() == 2
    bearers.write({one.id: {MA, DI}})
    assert Bearer.select().count() == 3, "twice changes nothing, and nobody else"


def test_a_spelling_goes_with_its_last_bearer(people):
    one, other = people
    bearers.write({one.id: {MA, DI}, other.id: {MA}})
    bearers.write({one.id: {MA}})
    assert [part.text for part in NamePart.select()] == [MA[0]]
    bearers.write({one.id: ()})
    assert [part.text for part in NamePart.select()] == [MA[0]]
    bearers.write({other.id: ()})
    assert not NamePart.select().exists() and not Bearer.select().exists()
