"""Who resembles whom: across entries that wait and the register, never within one house that is recorded twice."""

import uuid

import pytest

from pwa.domain.register import duplicates, resemblances, submissions
from tests.hamlets import BUNMA, Hamlet, bunma, form

CARD = bunma()["id_number"]
ONE_OFF, TWO_OFF, FAR = CARD[:-1] + "4", CARD[:-3] + "354", "3100501234564"


@pytest.fixture
def hamlet(app):
    return Hamlet()


def somebody(hamlet, local_id=BUNMA, **about):
    entry = hamlet.visit(form(bunma(id=local_id)), **about)
    return resemblances.person(submissions.of(entry), local_id)


def test_the_same_person_in_two_waiting_houses_is_found(hamlet):
    here, there = somebody(hamlet), somebody(hamlet, str(uuid.uuid4()), hours=1)
    [candidate] = resemblances.alike(here, resemblances.waiting([here, there]))
    assert candidate.other["entry"] == there["entry"]


def test_two_entries_about_one_house_do_not_count(hamlet):
    home = uuid.uuid4()
    here, again = somebody(hamlet, subject=home), somebody(hamlet, str(uuid.uuid4()), subject=home, hours=1)
    assert resemblances.alike(here, resemblances.waiting([here, again])) == []


def test_the_register_is_asked_by_what_people_share(hamlet):
    hamlet.approved(form(bunma()))
    here = somebody(hamlet, str(uuid.uuid4()), hours=2)
    pool = resemblances.registered(here["keys"])
    [candidate] = resemblances.alike(here, pool)
    assert candidate.other["first_name"] == "บุญมา" and resemblances.registered(set()) == {}


def met(hamlet, card):
    """How Bunma, registered anew in another house with this ID number, resembles the one of the register; None: not at all."""
    own = str(uuid.uuid4())
    entry = hamlet.visit(form(bunma(id=own, id_number=card), number="81/9"), hours=2)
    here = resemblances.person(submissions.of(entry), own)
    return next(iter(resemblances.alike(here, resemblances.registered(here["keys"]))), None)


@pytest.mark.parametrize("card", [ONE_OFF, TWO_OFF])
def test_an_id_number_one_or_two_digits_off_speaks_for_a_likeness_and_names_the_pair(hamlet, card):
    hamlet.approved(form(bunma()))
    bare, close = met(hamlet, ""), met(hamlet, card)
    assert close.other["first_name"] == "บุญมา" and close.other["card"] == CARD
    assert close.score == bare.score + duplicates.FOR["id_near"][0]
    assert duplicates.FOR["id_near"][1] in [reason for reason, _ in close.reasons]


def test_an_id_number_far_off_is_a_strangers(hamlet):
    hamlet.approved(form(bunma()))
    bare, far = met(hamlet, ""), met(hamlet, FAR)
    assert far.score == bare.score - duplicates.AGAINST["id"]
