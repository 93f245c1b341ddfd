"""The promises about what lists and counts are read from, broken on purpose."""

import pytest

from db.models import Application, Person, Untold, Whereabouts
from pwa.domain.operations import promises
from pwa.domain.review import review
from tests import small_fund
from tests.small_fund import NOW


@pytest.fixture
def entry(bare_fund):
    """An approved one, with an applicant and somebody whom they named."""
    payload = small_fund.household()
    payload["people"][0] |= small_fund.APPLIES | {"present": True}
    payload["people"].append({"id": "other", "first_name": "มาลี", "last_name": "ใจงาม", "living_here": True})
    payload["people"][1] |= {"id": "0199f0a1-0000-4000-8000-00000000000c", "membership": "none"}
    phone = small_fund.phone(bare_fund)
    picture = phone.picture(b"\xff\xd8\xff hand", "signature", at=NOW)
    payload["people"][0]["application"]["signature"]["blob"] = picture["sha256"]
    entry = phone.record("household", payload, at=NOW, place="canal", pictures=[picture])
    review.approve(entry, by=bare_fund.people["zone-leader"], at=NOW)
    assert (promises.check(), Untold.select().count(), Application.select().count()) == ([], 1, 1)
    return entry


@pytest.mark.parametrize(
    "change", [{"waits_for": "checker"}, {"waits_for": "desk"}, {"author": None}, {"kind": "correction"}, {"kind": ""}]
)
def test_it_sees_an_entry_that_is_said_to_be_elsewhere(entry, change):
    Whereabouts.update(change).where(Whereabouts.entry == entry).execute()
    assert promises.check() == [f"{entry.entry_id} is not in the hands that it is said to be in."]


def test_it_sees_an_entry_that_is_nowhere(entry):
    Whereabouts.delete().where(Whereabouts.entry == entry).execute()
    assert promises.check() == [f"{entry.entry_id} is not in the hands that it is said to be in."]


def test_it_sees_who_is_to_be_told_and_not_listed(entry):
    person = Untold.get().person
    Untold.delete().execute()
    assert promises.check() == [f"{person} is to be told that their data is kept, and is not listed so."]


@pytest.mark.parametrize("change", ["who", "when", "where"])
def test_it_sees_who_is_listed_otherwise(entry, bare_fund, change):
    person, other = Untold.get().person, Person.get(Person.first_name != "มาลี").id
    about = {
        "who": {"person": other},
        "when": {"named_at": 1},
        "where": {"place": bare_fund.units["zone"]},
    }[change]
    Untold.update(about).execute()
    assert promises.check() == [
        f"{person} is to be told that their data is kept, and is not listed so.",
        f"{other if change == 'who' else person} is listed as still to be told, and is not.",
    ]


def test_it_sees_an_application_that_says_it_is_resolved(entry):
    Application.update(is_open=False).execute()
    row = Application.get().id
    assert promises.check() == [f"The application {row} says otherwise than the resolutions whether it is open."]
