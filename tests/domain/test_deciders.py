"""Who may decide is the same answer for one entry and for many."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain import NotFound, Refusal
from pwa.domain.field.phones import Phone
from pwa.domain.people import accounts, sessions
from pwa.domain.registry import deciders, register, review, submissions
from tests.villages import BUNMA, MORNING, Village, bunma, form, mali

LATER = MORNING + timedelta(hours=5)


@pytest.fixture
def village(app):
    return Village()


def approve(village, entry, by=None, at=LATER):
    review.approve(entry, by=by or village.leader, at=at)


def test_it_answers_for_many_as_for_one(village):
    plain = village.visit(form(bunma()))
    own = Phone(village.leader, at=MORNING).record(
        "household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A"
    )
    ones = [submissions.of(plain), submissions.of(own)]
    together = deciders.Deciders(ones, at=MORNING)
    assert [together.objection(one, village.leader) for one in ones] == [None, deciders.OWN_WORK]
    assert [together.objection(one, village.second) for one in ones] == [None, None]
    assert [deciders.Deciders([one], at=MORNING).objection(one, village.leader) for one in ones] == [
        None,
        deciders.OWN_WORK,
    ]


def test_a_role_above_in_either_tree_reaches_down(village):
    for unit in (village.town, village.net):
        above = accounts.add(f"v-{unit.code.lower()}", name="x", unit=unit, role="zone_leader", at=MORNING)
        one = submissions.of(village.visit(form(bunma())))
        assert deciders.Deciders([one], at=MORNING).sees(one, above)


def test_an_ended_role_decides_nothing(village):
    from db.models import RoleEnd, RoleGrant

    one = submissions.of(village.visit(form(bunma())))
    grant = RoleGrant.get(RoleGrant.account == village.leader)
    RoleEnd.create(grant=grant, account=village.second, at=MORNING, reason="ลาออก")
    assert not deciders.Deciders([one], at=MORNING).sees(one, village.leader)
    late = MORNING + timedelta(days=5)
    assert not deciders.Deciders([one], at=late).is_escalated(one)


def test_nobody_decides_on_their_own_work(village):
    phone = Phone(village.leader, at=MORNING)
    entry = phone.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    with pytest.raises(Refusal):
        approve(village, entry)
    approve(village, entry, by=village.second)


def test_nobody_decides_on_what_came_from_a_phone_they_used(village):
    entry = village.visit(form(bunma()))
    sessions.use(village.leader, village.phone.device, at=LATER)
    for decide in (
        lambda: approve(village, entry),
        lambda: review.reject(entry, by=village.leader, at=LATER, reason="ไม่ใช่"),
        lambda: review.send_back(entry, by=village.leader, at=LATER, reason="ดู"),
    ):
        with pytest.raises(Refusal):
            decide()


def test_nobody_decides_on_what_they_carried_or_imported(village):
    line = village.phone.line("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    carrier = Phone(village.leader, at=MORNING)
    [receipt] = carrier.send([line], at=LATER)
    entry = review.entries.find(uuid.UUID(receipt["id"]))
    assert entry.transport == "carried"
    with pytest.raises(Refusal):
        approve(village, entry)
    imported = village.phone.line("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    [receipt] = review.entries.receive([imported], sender=None, at=LATER, imported_by=village.second.id)
    with pytest.raises(Refusal):
        approve(village, review.entries.find(uuid.UUID(receipt["id"])), by=village.second)


def test_nobody_decides_about_their_own_household(village):
    home = uuid.uuid4()
    village.approved(form(bunma(), mali()), subject=home)
    village.leader.person = register.person_id(home, BUNMA)
    village.leader.save()
    entry = village.visit(form(bunma(nickname="มา"), mali()), subject=home, base=1, hours=2)
    with pytest.raises(Refusal):
        approve(village, entry)
    approve(village, entry, by=village.second)


def test_another_zones_entry_is_not_found(village):
    entry = village.visit(form(bunma()))
    for stranger in (village.other, village.volunteer, village.registrar):
        with pytest.raises(NotFound):
            review.get(entry.entry_id, seen_by=stranger, at=LATER)
        with pytest.raises(Refusal):
            approve(village, entry, by=stranger)
    with pytest.raises(NotFound):
        review.get(uuid.uuid4(), seen_by=village.leader, at=LATER)
    assert review.get(entry.entry_id, seen_by=village.leader, at=LATER) == entry


def test_a_house_of_another_zone_needs_somebody_over_both(village):
    home = uuid.uuid4()
    village.approved(form(bunma()), subject=home)
    hop = accounts.add("v-hop", name="hop", unit=village.zones["V2"], role="volunteer", at=MORNING)
    entry = Phone(hop, at=MORNING).record("household", form(bunma()), at=LATER, subject=home, place="V2A", base=1)
    for leader in (village.other, village.leader):
        with pytest.raises(NotFound):
            review.get(entry.entry_id, seen_by=leader, at=LATER)
    late = LATER + timedelta(days=2)
    assert review.get(entry.entry_id, seen_by=village.registrar, at=late) == entry
    approve(village, entry, by=village.network, at=late)


def test_it_goes_up_after_two_days_when_nobody_there_may_decide(village):
    phone = Phone(village.other, at=MORNING)
    entry = phone.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V2A")
    soon, late = MORNING + timedelta(hours=47), MORNING + timedelta(hours=48)
    with pytest.raises(NotFound):
        review.get(entry.entry_id, seen_by=village.registrar, at=soon)
    with pytest.raises(Refusal):
        approve(village, entry, by=village.registrar, at=soon)
    assert review.get(entry.entry_id, seen_by=village.registrar, at=late) == entry
    approve(village, entry, by=village.registrar, at=late)


def test_it_does_not_go_up_while_somebody_there_may_decide(village):
    entry = village.visit(form(bunma()))
    with pytest.raises(NotFound):
        review.get(entry.entry_id, seen_by=village.registrar, at=MORNING + timedelta(days=9))
