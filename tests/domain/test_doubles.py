"""A verdict about an entry stands while it meets the same people, and falls when one of them changes."""

import uuid

import pytest

from pwa.domain.registry import doubles, encounters, queues
from tests.villages import BUNMA, MORNING, Village, bunma, form


@pytest.fixture
def village(app):
    return Village()


def named(village):
    return [item.row.entry_id for item in queues.of(village.leader, at=MORNING, view="doubles").items]


def test_the_register_is_met_by_what_waits(village):
    entry = village.visit(form(bunma(id=str(uuid.uuid4()))))
    encounters.note()
    assert named(village) == []
    village.approved(form(bunma()), hours=1)
    assert named(village) == [entry.entry_id]


def test_who_left_the_register_is_met_no_more(village):
    home, entry = uuid.uuid4(), None
    village.approved(form(bunma()), subject=home)
    entry = village.visit(form(bunma(id=str(uuid.uuid4()))), hours=2)
    assert named(village) == [entry.entry_id]
    gone = form(bunma(gone="mistake"))
    village.approved(gone, subject=home, hours=3, base={"version": 1, "entry": None})
    assert named(village) == []


def test_it_compares_once(village, monkeypatch):
    village.approved(form(bunma(id=BUNMA)))
    village.visit(form(bunma(id=str(uuid.uuid4()))), hours=2)
    first = named(village)
    monkeypatch.setattr(doubles, "_compared", lambda *asked: pytest.fail("compared again"))
    assert named(village) == first != []
