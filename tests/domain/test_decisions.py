"""The same decision twice is one; in other words, or with other choices, it is another, and nothing of it is dropped in silence."""

import uuid
from datetime import timedelta

import pytest

from db.models import Admission
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.review import admissions, decisions, review, samples, second_looks
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form, holds

LATER = MORNING + timedelta(hours=5)


@pytest.fixture
def hamlet(app):
    return Hamlet()


@pytest.mark.parametrize(
    ("decision", "first", "others"),
    [
        (review.reject, {"reason": "ซ้ำ"}, [{"reason": "นอกเขต"}]),
        (review.approve, {"reason": "ขอบคุณ"}, [{}, {"reason": "x"}]),
        (
            review.send_back,
            {"reason": "ดูอีกครั้ง", "comments": {"house.number": "45/2 หรือ 45/3"}},
            [{"reason": "ดูอีกครั้ง"}, {"reason": "ดูอีกครั้ง", "comments": {"house.number": "45/4"}}],
        ),
    ],
)
def test_other_words_are_another_decision(hamlet, decision, first, others):
    entry = hamlet.visit(form(bunma()))
    about = {"by": hamlet.leader, "at": LATER}
    for _ in range(2):
        decision(entry, **about, **first)
    for other in others:
        with pytest.raises(Refusal) as refused:
            decision(entry, **about, **other)
        assert refused.value.values == {"name": "v-leader"}
    assert decisions.decision(entry).reason == first["reason"]


def test_other_choices_are_another_approval(hamlet):
    home, path = uuid.uuid4(), f"people.{BUNMA}.phone"
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    late = hamlet.visit(form(bunma(phone="0833333333")), subject=home, base=1, hours=3)
    about = {"by": hamlet.leader, "at": LATER}
    for _ in range(2):
        review.approve(late, choices={path: "entry"}, **about)
    for choices in ({path: "base"}, {}):
        with pytest.raises(Refusal):
            review.approve(late, choices=choices, **about)


def test_so_it_is_at_the_quarantine_desk(hamlet):
    phone = Phone(hamlet.second, at=MORNING)
    phone.account = hamlet.volunteer
    about = {"by": hamlet.leader, "at": LATER}
    for decision in (quarantine.accept, quarantine.send_back, quarantine.set_aside):
        entry = phone.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
        for _ in range(2):
            decision(entry, reason="ถามแล้ว", **about)
        with pytest.raises(Refusal) as refused:
            decision(entry, reason="ไม่แน่ใจ", **about)
        assert refused.value.values == {"name": "v-leader"}


def test_so_it_is_with_a_second_look(hamlet):
    entry = hamlet.approved(form(bunma()))
    lot = second_looks.lot(
        samples.draw(hamlet.zones["V1"], by=hamlet.second, at=LATER).id, entry.entry_id, seen_by=hamlet.second
    )
    about = {"by": hamlet.second, "at": LATER}
    for _ in range(2):
        second_looks.look(lot, outcome="differs", words="เบอร์ผิด", **about)
    for other in ({"outcome": "agrees"}, {"outcome": "differs", "words": "ชื่อผิด"}):
        with pytest.raises(Refusal):
            second_looks.look(lot, **other, **about)
    assert (second_looks.finding(lot).outcome, second_looks.finding(lot).words) == ("differs", "เบอร์ผิด")


def test_so_it_is_with_admissions(hamlet):
    hamlet.approved(form(bunma(**applies())))
    hamlet.approved(form(bunma(**holds()), number="7"), hours=2)
    asked, held = sorted(admissions.waiting(hamlet.fund), key=lambda row: row.kind, reverse=True)
    about = {"by": hamlet.registrar, "at": LATER}
    sitting = {"board": "1", "meeting": "1", "resolved_on": LATER.date()}
    for _ in range(2):
        admissions.resolve(hamlet.fund, [asked], accepted=True, **sitting, **about)
        admissions.confirm(held, accepted=False, reason="ไม่มีในบัญชี", **about)
    with pytest.raises(Refusal):
        admissions.resolve(hamlet.fund, [asked], accepted=True, **sitting | {"meeting": "2"}, **about)
    with pytest.raises(Refusal):
        admissions.confirm(held, accepted=False, reason="เลขผิด", **about)
    assert Admission.select().where(Admission.person.in_([asked.person, held.person])).count() == 2
