"""What the form opens with at another visit."""

import uuid

import pytest

from pwa.domain import NotFound
from pwa.domain.register import register, revisits
from tests.hamlets import BUNMA, MALI, Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def test_it_opens_what_the_register_holds(hamlet):
    subject = uuid.uuid4()
    health = {"consent": {"health": True, "by": "self"}, "health": {"groups": ["chronic"]}}
    people = [bunma(**health), mali(gone="moved")]
    hamlet.approved(
        form(*people, respondent={"person": BUNMA}, notice={"version": "1", "how": "shown"}), subject=subject
    )
    payload, version = revisits.record(subject)
    assert version == 1
    assert payload["house"] == {"number": "45/2"}
    assert payload["notice"] == {"version": "1", "how": "shown"}
    assert not {"visit", "respondent", "evidence"} & payload.keys()
    (person,) = payload["people"]
    assert (person["id"], person["first_name"]) == (BUNMA, "บุญมา")
    assert not {"id_number", "present", "consent", "health"} & person.keys()
    assert MALI not in str(payload)


def test_it_knows_nothing_of_a_stranger(hamlet):
    with pytest.raises(NotFound):
        revisits.record(uuid.uuid4())


def kit_visit(hamlet, subject, *people, **more):
    """What a phone sends that filled the form in from its kit: it could show names and house, and says so."""
    shown = ["house.number", f"people.{BUNMA}.first_name", f"people.{BUNMA}.last_name", f"people.{BUNMA}.living_here"]
    base = {"version": register.version(subject), "shown": shown}
    payload = {"house": {"number": "45/2"}, "visit": {"outcome": "interested"}, "people": list(people), **more}
    return hamlet.approved(payload, subject=subject, base=base, hours=24)


def test_an_untouched_visit_from_a_kit_changes_nothing_but_the_visit(hamlet):
    subject = uuid.uuid4()
    health = {"consent": {"health": True, "by": "self"}, "health": {"groups": ["chronic"]}}
    house = {"number": "45/2", "tenure": "owner", "location": {"lat": 7.1, "lng": 100.4, "accuracy_m": 12}}
    hamlet.approved(form(bunma(phone="0815550142", **health), mali()) | {"house": house}, subject=subject)
    before = register.values(subject, health=True)
    kit_visit(hamlet, subject)
    assert register.version(subject) == 2
    assert register.values(subject, health=True) == before


def test_a_touched_person_changes_by_what_was_said_only(hamlet):
    subject = uuid.uuid4()
    hamlet.approved(form(bunma(occupation="ทำนา"), mali()), subject=subject)
    before = {path: held.value for path, held in register.values(subject).items()}
    own = {"id": BUNMA, "first_name": "บุญมา", "living_here": True, "present": True, "phone": "0815550142"}
    kit_visit(hamlet, subject, own)
    after = {path: held.value for path, held in register.values(subject).items()}
    assert after == {
        **{path: value for path, value in before.items() if path != f"people.{BUNMA}.last_name"},
        f"people.{BUNMA}.phone": "0815550142",
    }
