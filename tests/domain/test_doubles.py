"""A verdict about an entry stands while it meets the same people, and falls when one of them changes."""

import uuid

import pytest

from db.models import Household, Likeness, Whereabouts
from pwa.domain.register import rekeying, stirring
from pwa.domain.review import doubles, encounters, queues
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def named(hamlet):
    return [item.row.entry_id for item in queues.of(hamlet.leader, at=MORNING, view="doubles").items]


def test_the_register_is_met_by_what_waits(hamlet):
    entry = hamlet.visit(form(bunma(id=str(uuid.uuid4()))))
    encounters.note()
    assert named(hamlet) == []
    hamlet.approved(form(bunma()), hours=1)
    assert named(hamlet) == [entry.entry_id]


@pytest.mark.parametrize("noted", [False, True])
def test_who_left_the_register_is_met_no_more(hamlet, noted):
    """Whether or not the night's care has seen to the keys of what waits."""
    home, entry = uuid.uuid4(), None
    hamlet.approved(form(bunma()), subject=home)
    entry = hamlet.visit(form(bunma(id=str(uuid.uuid4()))), hours=2)
    while noted and encounters.note():
        continue
    assert named(hamlet) == [entry.entry_id]
    gone = form(bunma(gone="mistake"))
    hamlet.approved(gone, subject=home, hours=3, base={"version": 1, "entry": None})
    assert named(hamlet) == []


def test_only_what_waits_near_a_house_is_stirred(hamlet):
    near, far = (
        hamlet.visit(form(bunma(id=str(uuid.uuid4())))),
        hamlet.visit(form(mali(last_name="วงศ์ไทย"), number="8")),
    )
    while encounters.note():
        continue
    hamlet.approved(form(bunma()), subject=(home := uuid.uuid4()), hours=2)
    before = dict(Whereabouts.select(Whereabouts.entry, Whereabouts.stirred).tuples())
    stirring.stir([home])
    after = dict(Whereabouts.select(Whereabouts.entry, Whereabouts.stirred).tuples())
    assert (after[near.id] - before[near.id], after[far.id] - before[far.id]) == (1, 0)


def test_who_is_found_by_other_keys_is_met_anew(hamlet):
    """An older rule made the keys of a household; they are made anew without any decision."""
    hamlet.approved(form(bunma()))
    entry = hamlet.visit(form(bunma(id=str(uuid.uuid4()))), hours=2)
    while encounters.note():
        continue
    Likeness.delete().execute()
    Household.update(keyed=0).execute()
    assert named(hamlet) == []
    while rekeying.rekey():
        continue
    assert named(hamlet) == [entry.entry_id]


@pytest.mark.parametrize("noted", [False, True])
def test_it_compares_once(hamlet, monkeypatch, noted):
    hamlet.approved(form(bunma(id=BUNMA)))
    hamlet.visit(form(bunma(id=str(uuid.uuid4()))), hours=2)
    while noted and encounters.note():
        continue
    first = named(hamlet)
    hamlet.approved(form(mali(first_name="ขวัญใจ", last_name="วงศ์ไทย"), number="999"), hours=3)
    assert named(hamlet) == first
    monkeypatch.setattr(doubles, "_compared", lambda *asked: pytest.fail("compared again"))
    assert named(hamlet) == first != []
