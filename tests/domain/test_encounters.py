"""The keys of what waits: kept by the night's care, gone with decision and erasure, and found without them as well."""

import uuid

import pytest

from db.models import WaitingKey
from pwa.domain.privacy import erasure
from pwa.domain.review import encounters, queues, review
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form


@pytest.fixture
def hamlet(app):
    """Beside the demo's, which is seen to already."""
    while encounters.note():
        continue
    return Hamlet()


def kept(*entries):
    return {row.entry_id for row in WaitingKey.select().where(WaitingKey.entry.in_([entry.id for entry in entries]))}


def doubles(hamlet):
    return [item.row.entry_id for item in queues.of(hamlet.leader, at=MORNING, view="doubles").items]


def stranger(n):
    names = {"first_name": f"{'กขคงจฉช'[n % 7]}นก{n}", "last_name": f"วงศ์{n}", "id": str(uuid.UUID(int=900 + n))}
    return {key: value for key, value in bunma(**names).items() if key not in ("birth_date", "id_number")}


@pytest.mark.parametrize("noted", [False, True])
def test_two_that_wait_meet_with_and_without_their_keys(hamlet, noted):
    pair = [hamlet.visit(form(bunma(id=one)), hours=n) for n, one in enumerate((BUNMA, str(uuid.uuid4())))]
    hamlet.visit(form(stranger(1)), hours=2)
    while noted and encounters.note(1):
        continue
    assert doubles(hamlet) == [entry.entry_id for entry in pair]
    assert kept(*pair) == ({entry.id for entry in pair} if noted else set())


def test_it_looks_at_all_that_wait(hamlet, monkeypatch):
    monkeypatch.setattr(queues, "MOST_READ", 2)
    for n in range(4):
        hamlet.visit(form(stranger(n), number=str(n)))
    pair = [hamlet.visit(form(bunma(id=one)), hours=n + 1) for n, one in enumerate((BUNMA, str(uuid.uuid4())))]
    assert set(doubles(hamlet)) == {entry.entry_id for entry in pair}


def test_keys_go_with_the_decision(hamlet):
    entries = [hamlet.visit(form(stranger(n)), hours=n) for n in range(3)]
    assert encounters.note() == 3
    review.approve(entries[0], by=hamlet.leader, at=MORNING)
    review.reject(entries[1], by=hamlet.leader, at=MORNING, reason="ซ้ำ")
    review.send_back(entries[2], by=hamlet.leader, at=MORNING, reason="ดูอีกครั้ง")
    assert not kept(*entries)
    assert encounters.note() == 0


def test_keys_go_with_the_erasure(hamlet):
    entry = hamlet.visit(form(stranger(1)))
    encounters.note()
    review.reject(entry, by=hamlet.leader, at=MORNING, reason="ซ้ำ")
    WaitingKey.create(entry=entry, key=5)
    erasure.erase(entry, by=hamlet.registrar, at=MORNING, reason="ขอให้ลบ", legal_ground="unnecessary")
    assert not kept(entry)


def test_the_sweep_takes_what_waits_no_more(hamlet):
    decided, waiting = hamlet.approved(form(stranger(1))), hamlet.visit(form(stranger(2)), hours=2)
    encounters.note()
    WaitingKey.create(entry=decided, key=5)
    encounters.sweep()
    assert kept(decided, waiting) == {waiting.id}


def test_who_has_no_keys_is_not_read_again(hamlet):
    hamlet.visit(form(number="") | {"house": {"description": "หลังวัด"}})
    assert encounters.note() == 1
    assert encounters.note() == 0


def test_a_house_does_not_meet_itself(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=3)
    encounters.note()
    assert doubles(hamlet) == []
