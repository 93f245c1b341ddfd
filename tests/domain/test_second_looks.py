"""A draw that nobody can choose and everybody can repeat; the second look is somebody else's."""

import hashlib
import uuid
from datetime import timedelta

import pytest

from db import database
from db.models import Draw, Finding, Lot
from pwa.domain import NotFound, Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.operations import promises
from pwa.domain.review import counter_decisions, review, samples, second_looks
from tests.hamlets import MORNING, Hamlet, bunma, form, open_access

LATER = MORNING + timedelta(days=5)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def houses(hamlet, many, start=0):
    people = [form(bunma(id=str(uuid.uuid4())), number=str(n)) for n in range(start, start + many)]
    return [hamlet.approved(payload, hours=n) for n, payload in enumerate(people, start)]


def draw(hamlet, by=None, at=LATER, **more):
    return samples.draw(hamlet.zones["V1"], by=by or hamlet.leader, at=at, **more)


def chosen(made):
    return [lot.approval.entry.entry_id for lot in samples.in_order(samples.lots(made))]


def drawn_lot(hamlet, made, by=None):
    return second_looks.lot(made.id, chosen(made)[0], seen_by=by or hamlet.second)


def test_it_draws_a_share_and_keeps_the_list(hamlet):
    entries = houses(hamlet, 5)
    made = draw(hamlet)
    assert [lot.approval.entry.entry_id for lot in samples.lots(made)] == [entry.entry_id for entry in entries]
    assert (made.size, len(chosen(made)), len(made.seed)) == (3, 3, 64)


def test_anybody_can_repeat_it(hamlet):
    entries = houses(hamlet, 6)
    made = draw(hamlet)
    by_hand = sorted(entries, key=lambda entry: hashlib.sha256(f"{made.seed}|{entry.entry_id}".encode()).hexdigest())
    assert chosen(made) == samples.repeat(made) == [entry.entry_id for entry in by_hand[:3]]


def test_the_seed_is_another_one_each_time(hamlet):
    houses(hamlet, 1)
    first = draw(hamlet)
    houses(hamlet, 1, start=24 * 6)
    assert draw(hamlet, at=LATER + timedelta(days=7)).seed != first.seed


def test_an_entry_is_drawn_from_once_only(hamlet):
    houses(hamlet, 4)
    draw(hamlet)
    with pytest.raises(Refusal, match="since the last draw"):
        draw(hamlet)
    [late] = houses(hamlet, 1, start=24 * 6)
    assert chosen(draw(hamlet, at=LATER + timedelta(days=7))) == [late.entry_id]


def test_it_leaves_out_what_is_not_of_the_zone_or_was_undone(hamlet):
    kept, undone = houses(hamlet, 2)
    counter_decisions.undo(undone, by=hamlet.second, at=LATER, reason="ผิด")
    elsewhere = hamlet.visit(form(bunma(id=str(uuid.uuid4()))), place="V2A", hours=3)
    assert chosen(draw(hamlet)) == [kept.entry_id] and elsewhere.entry_id != kept.entry_id


@pytest.mark.parametrize("who", ["volunteer", "other"])
def test_only_who_checks_there_draws(hamlet, who):
    houses(hamlet, 1)
    with pytest.raises(NotFound):
        draw(hamlet, by=getattr(hamlet, who))


def test_the_second_look_is_somebody_elses(hamlet):
    houses(hamlet, 3)
    lot = drawn_lot(hamlet, draw(hamlet))
    with pytest.raises(Refusal, match="yourself"):
        second_looks.look(lot, by=hamlet.leader, at=LATER, outcome="agrees")
    Phone(hamlet.second, at=MORNING)
    for _ in range(2):
        second_looks.look(lot, by=hamlet.second, at=LATER, outcome="agrees", words="ดีมาก")
    with pytest.raises(Refusal, match="looked at this already"):
        second_looks.look(lot, by=hamlet.registrar, at=LATER, outcome="agrees")
    assert Finding.select().where(Finding.lot == lot).count() == 1


def test_a_difference_is_said_in_words(hamlet):
    houses(hamlet, 1)
    lot = drawn_lot(hamlet, draw(hamlet))
    for outcome, words, field in (("", "", "outcome"), ("differs", " ", "words"), ("agrees", "x" * 1001, "words")):
        with pytest.raises(Refusal) as refused:
            second_looks.look(lot, by=hamlet.second, at=LATER, outcome=outcome, words=words)
        assert refused.value.field == field
    second_looks.look(lot, by=hamlet.second, at=LATER, outcome="differs", words="เบอร์โทรเปลี่ยน")
    [zone] = second_looks.zones(hamlet.leader, at=LATER)
    assert (zone.looked, zone.agreed) == (1, 0)


def test_it_waits_for_those_who_may_look(hamlet):
    houses(hamlet, 3)
    made = draw(hamlet)
    counted = {who: len(second_looks.waiting(getattr(hamlet, who), at=LATER)) for who in ("leader", "second", "other")}
    assert counted == {"leader": 0, "second": 3, "other": 0}
    second_looks.look(drawn_lot(hamlet, made), by=hamlet.second, at=LATER, outcome="agrees")
    first = samples.in_order(samples.lots(made))[1].approval.entry
    counter_decisions.undo(first, by=hamlet.second, at=LATER, reason="ผิด")
    assert len(second_looks.waiting(hamlet.second, at=LATER)) == 1


def test_a_draw_is_due_after_a_week(hamlet):
    assert second_looks.count(hamlet.leader, at=LATER) == 0
    houses(hamlet, 2)
    assert second_looks.count(hamlet.leader, at=LATER) == 1
    draw(hamlet)
    houses(hamlet, 1, start=24 * 5 + 1)
    assert second_looks.count(hamlet.leader, at=LATER + timedelta(days=6)) == 0
    assert second_looks.count(hamlet.leader, at=LATER + timedelta(days=7)) == 1


def test_it_asks_three_facts_again_and_nothing_of_health(hamlet):
    health = {"consent": {"health": True, "by": "self"}, "health": {"groups": ["elderly_home_bound"]}}
    hamlet.approved(form(bunma(phone="0811111111", nickname="มา", **health)))
    lot = drawn_lot(hamlet, draw(hamlet))
    asked = [path for path, _, _ in second_looks.facts(lot)]
    assert len(asked) == 3 and asked == [path for path, _, _ in second_looks.facts(lot)]
    assert not any("health" in path or "id_number" in path for path in asked)


def test_strangers_find_no_draw(hamlet):
    houses(hamlet, 1)
    made = draw(hamlet)
    with pytest.raises(NotFound):
        samples.get(made.id, seen_by=hamlet.other)
    with pytest.raises(NotFound):
        second_looks.lot(made.id, chosen(made)[0], seen_by=hamlet.other)
    assert samples.get(made.id, seen_by=hamlet.registrar) == made


def test_the_promise_sees_a_draw_that_does_not_repeat(hamlet):
    houses(hamlet, 4)
    made = draw(hamlet)
    assert promises.check() == []
    wanted = chosen(made)
    with database.atomic() as work:
        bad = Draw.create(**{**made.__data__, "id": uuid.uuid4()})
        for lot in samples.lots(made):
            drawn = None if lot.approval.entry.entry_id == wanted[0] else lot.position
            Lot.create(draw=bad, position=lot.position, approval=lot.approval, drawn=drawn)
        broken = promises.check()
        work.rollback()
    assert broken == [f"The draw {bad.id} does not repeat."]


def test_what_was_found_can_lead_to_a_counter_decision(hamlet):
    [entry] = houses(hamlet, 1)
    lot = drawn_lot(hamlet, draw(hamlet))
    second_looks.look(lot, by=hamlet.second, at=LATER, outcome="differs", words="ไม่มีบ้านนี้")
    counter_decisions.undo(entry, by=hamlet.second, at=LATER, reason="ไม่มีบ้านนี้")
    review.reject(entry, by=hamlet.leader, at=LATER, reason="ไม่มีบ้านนี้")
    assert samples.repeat(lot.draw) == chosen(lot.draw)


def test_a_creature_of_who_approved_takes_no_second_look(hamlet):
    houses(hamlet, 3)
    made = draw(hamlet)
    open_access(hamlet.second, by=hamlet.leader)
    lot = drawn_lot(hamlet, made)
    with pytest.raises(Refusal, match="Somebody else takes the second look"):
        second_looks.look(lot, by=hamlet.second, at=LATER, outcome="agrees")
    assert second_looks.waiting(hamlet.second, at=LATER) == []
    second_looks.look(lot, by=hamlet.registrar, at=LATER, outcome="agrees")


def test_nobody_looks_again_at_the_work_of_an_access_that_they_opened(hamlet):
    houses(hamlet, 3)
    made = draw(hamlet)
    open_access(hamlet.volunteer, by=hamlet.second)
    with pytest.raises(Refusal, match="opened the access"):
        second_looks.look(drawn_lot(hamlet, made), by=hamlet.second, at=LATER, outcome="agrees")
    assert second_looks.waiting(hamlet.second, at=LATER) == []


def test_who_looked_takes_it_back_at_once_and_looks_again(hamlet):
    houses(hamlet, 1)
    lot, soon = drawn_lot(hamlet, draw(hamlet)), LATER + timedelta(minutes=9)
    second_looks.look(lot, by=hamlet.second, at=LATER, outcome="agrees")
    for _ in range(2):
        second_looks.take_back(lot, by=hamlet.second, at=soon, turn=0)
    assert second_looks.finding(lot) is None and lot in second_looks.waiting(hamlet.second, at=soon)
    [row] = [row for row in samples.lots(lot.draw) if row == lot]
    assert getattr(row, "found", None) is None
    second_looks.look(lot, by=hamlet.second, at=soon, outcome="differs", words="เลขบ้านผิด")
    second_looks.take_back(lot, by=hamlet.second, at=soon, turn=0)
    assert (second_looks.finding(lot).outcome, second_looks.finding(lot).turn) == ("differs", 1)
    [zone] = [zone for zone in second_looks.zones(hamlet.leader, at=soon) if zone.unit == lot.draw.unit]
    assert (zone.looked, zone.agreed) == (1, 0)
    assert promises.check() == []


def test_a_finding_stays_later_for_others_and_when_somebody_acted_on_it(hamlet):
    houses(hamlet, 1)
    lot, soon = drawn_lot(hamlet, draw(hamlet)), LATER + timedelta(minutes=9)
    with pytest.raises(NotFound):
        second_looks.take_back(lot, by=hamlet.second, at=LATER, turn=0)
    second_looks.look(lot, by=hamlet.second, at=LATER, outcome="differs", words="เลขบ้านผิด")
    with pytest.raises(Refusal) as refused:
        second_looks.take_back(lot, by=hamlet.leader, at=soon, turn=0)
    assert refused.value.message == second_looks.OTHERS_FINDING
    with pytest.raises(Refusal) as refused:
        second_looks.take_back(lot, by=hamlet.second, at=LATER + timedelta(minutes=11), turn=0)
    assert refused.value.message == second_looks.LATE
    counter_decisions.undo(lot.approval.entry, by=hamlet.second, at=LATER, reason="เลขบ้านผิด")
    with pytest.raises(Refusal) as refused:
        second_looks.take_back(lot, by=hamlet.second, at=soon, turn=0)
    assert refused.value.message == second_looks.RESTS
