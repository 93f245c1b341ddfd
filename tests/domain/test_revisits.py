"""What the form opens with at another visit."""

import uuid

import pytest

from pwa.domain import NotFound
from pwa.domain.registry import revisits
from tests.villages import BUNMA, MALI, Village, bunma, form, mali


@pytest.fixture
def village(app):
    return Village()


def test_it_opens_what_the_register_holds(village):
    subject = uuid.uuid4()
    health = {"consent": {"health": True, "by": "self"}, "health": {"groups": ["chronic"]}}
    people = [bunma(**health), mali(gone="moved")]
    village.approved(
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


def test_it_knows_nothing_of_a_stranger(village):
    with pytest.raises(NotFound):
        revisits.record(uuid.uuid4())
