"""The items of a sitting in their order, and what is said when one changed between being shown and being decided."""

import pytest

from db.models import Postponement
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claims
from pwa.domain.people import accounts
from pwa.domain.review import agenda_items, claim_decisions, counter_decisions
from tests.claiming import AT, TODAY, birth, certified, decided, stay
from tests.sittings import held


def another():
    return stay(admit_on="2026-10-20", event_on="2026-10-25")


def act(resolution, claim, *, by="registrar", seen=None, accepted=True, **about):
    seen = seen or agenda_items.mark(claims.of(claim))
    agenda_items.resolve(resolution, claim, seen=seen, accepted=accepted, by=accounts.named(by), at=AT, **about)


def later(resolution, claim, by="registrar", reason="ขอดูตัวจริง"):
    seen = agenda_items.mark(claims.of(claim))
    agenda_items.postpone(resolution, claim, seen=seen, reason=reason, by=accounts.named(by), at=AT)


def test_they_go_by_the_day_of_the_event_and_stay_where_they_are(app):
    second, third, first = (certified(payload).claim for payload in (stay(), another(), birth()))
    resolution = held()
    for _ in range(2):
        assert [one.id for one in agenda_items.of(resolution)] == [first.id, second.id, third.id]
        place = agenda_items.place(resolution, second.id)
        assert (place.n, place.of, place.before.id, place.after.id) == (2, 3, first.id, third.id)
        act(resolution, first)
    assert [one.stands for one in agenda_items.of(resolution)] == ["typed", "waiting", "waiting"]
    assert agenda_items.next_one(resolution, third.id).id == second.id
    with pytest.raises(NotFound):
        agenda_items.place(resolution, "x")


def test_what_is_put_off_waits_and_may_be_taken_up_after_all(app):
    resolution, claim = held(), certified().claim
    for _ in range(2):
        later(resolution, claim)
    assert Postponement.select().count() == 1
    assert [one.stands for one in agenda_items.of(resolution)] == ["postponed"]
    assert agenda_items.put_off(resolution) == [(claim.id, "ขอดูตัวจริง")]
    assert [one.stands for one in agenda_items.of(held(meeting="13/2569"))] == ["waiting"]
    act(resolution, claim)
    assert ([one.stands for one in agenda_items.of(resolution)], agenda_items.put_off(resolution)) == (["typed"], [])
    with pytest.raises(Refusal):
        later(resolution, claim)


def test_another_sitting_keeps_what_it_took_up(app):
    one = decided()
    resolution = held(meeting="13/2569")
    assert agenda_items.of(resolution) == []
    assert [item.stands for item in agenda_items.of(one.last("grant").resolution)] == ["granted"]


def test_a_later_sitting_ends_the_earlier_one(app):
    claim, old = certified().claim, held(meeting="11/2569", resolved_on=TODAY.replace(day=27))
    held()
    with pytest.raises(Refusal, match="later sitting"):
        act(old, claim)


def test_typed_by_another_meanwhile_is_said_with_the_name(app):
    resolution, claim = held(), certified().claim
    seen = agenda_items.mark(claims.of(claim))
    act(resolution, claim, by="committee")
    with pytest.raises(Refusal) as refused:
        act(resolution, claim, seen=seen, accepted=False, reason="ไม่ครบ")
    assert refused.value.values["name"] == accounts.named("committee").name
    act(resolution, claim, by="committee", seen=seen)
    assert len(claims.of(claim).acts) == 2


def test_decided_by_others_meanwhile_is_said_with_the_name(app):
    resolution, claim = held(), certified().claim
    seen = agenda_items.mark(claims.of(claim))
    act(resolution, claim, by="committee")
    claim_decisions.confirm(claim, agrees=True, seen=2, by=accounts.named("committee-2"), at=AT)
    with pytest.raises(Refusal, match="confirmed a resolution") as refused:
        act(resolution, claim, seen=seen)
    assert refused.value.values["name"] == accounts.named("committee-2").name


def test_taken_back_or_replaced_meanwhile_is_said(app):
    resolution, claim = held(), certified().claim
    seen = agenda_items.mark(claims.of(claim))
    counter_decisions.undo(claims.telling(claim)[0], by=accounts.named("registrar"), at=AT, reason="เห็นผิด")
    with pytest.raises(Refusal, match="taken the certificate back"):
        act(resolution, claim, seen=seen)
    certified(stay(note="แก้แล้ว"))
    with pytest.raises(Refusal, match="taken the place"):
        act(resolution, claim, seen=seen)
    act(resolution, claim)
