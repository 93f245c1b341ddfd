"""Who resembles whom: across entries that wait and the register, never within one house that is recorded twice."""

import uuid

import pytest

from pwa.domain.registry import resemblances, submissions
from tests.villages import BUNMA, Village, bunma, form


@pytest.fixture
def village(app):
    return Village()


def somebody(village, local_id=BUNMA, **about):
    entry = village.visit(form(bunma(id=local_id)), **about)
    return resemblances.person(submissions.of(entry), local_id)


def test_the_same_person_in_two_waiting_houses_is_found(village):
    here, there = somebody(village), somebody(village, str(uuid.uuid4()), hours=1)
    [candidate] = resemblances.alike(here, resemblances.waiting([here, there]))
    assert candidate.other["entry"] == there["entry"]


def test_two_entries_about_one_house_do_not_count(village):
    home = uuid.uuid4()
    here, again = somebody(village, subject=home), somebody(village, str(uuid.uuid4()), subject=home, hours=1)
    assert resemblances.alike(here, resemblances.waiting([here, again])) == []


def test_the_register_is_asked_by_what_people_share(village):
    village.approved(form(bunma()))
    here = somebody(village, str(uuid.uuid4()), hours=2)
    pool = resemblances.registered(here["keys"])
    [candidate] = resemblances.alike(here, pool)
    assert candidate.other["first_name"] == "บุญมา" and resemblances.registered(set()) == {}
