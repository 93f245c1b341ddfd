"""Who may decide is the same answer for one entry and for many."""

import uuid
from datetime import timedelta

import pytest

from db.models import Entry
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import entries
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accesses, accounts, devices, numbering, passkeys, sessions
from pwa.domain.register import submissions, tables
from pwa.domain.review import counter_decisions, deciders, review
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form, mali, open_access

LATER = MORNING + timedelta(hours=5)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def approve(hamlet, entry, by=None, at=LATER):
    review.approve(entry, by=by or hamlet.leader, at=at)


def test_it_answers_for_many_as_for_one(hamlet):
    plain = hamlet.visit(form(bunma()))
    own = Phone(hamlet.leader, at=MORNING).record(
        "household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A"
    )
    ones = [submissions.of(plain), submissions.of(own)]
    together = deciders.Deciders(ones, at=MORNING)
    assert [together.objection(one, hamlet.leader) for one in ones] == [None, deciders.OWN_WORK]
    assert [together.objection(one, hamlet.second) for one in ones] == [None, None]
    assert [deciders.Deciders([one], at=MORNING).objection(one, hamlet.leader) for one in ones] == [
        None,
        deciders.OWN_WORK,
    ]


def test_a_role_above_in_either_tree_reaches_down(hamlet):
    for unit in (hamlet.town, hamlet.net):
        above = accounts.add(f"v-{unit.code.lower()}", name="x", unit=unit, role="zone_leader", at=MORNING)
        one = submissions.of(hamlet.visit(form(bunma())))
        assert deciders.Deciders([one], at=MORNING).sees(one, above)


def test_an_ended_role_decides_nothing(hamlet):
    from db.models import RoleEnd, RoleGrant

    one = submissions.of(hamlet.visit(form(bunma())))
    grant = RoleGrant.get(RoleGrant.account == hamlet.leader)
    RoleEnd.create(grant=grant, account=hamlet.second, at=MORNING, reason="ลาออก")
    assert not deciders.Deciders([one], at=MORNING).sees(one, hamlet.leader)
    late = MORNING + timedelta(days=5)
    assert not deciders.Deciders([one], at=late).is_escalated(one)


def test_nobody_decides_on_their_own_work(hamlet):
    phone = Phone(hamlet.leader, at=MORNING)
    entry = phone.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    with pytest.raises(Refusal):
        approve(hamlet, entry)
    approve(hamlet, entry, by=hamlet.second)


def test_nobody_decides_on_what_came_from_a_phone_they_used(hamlet):
    entry = hamlet.visit(form(bunma()))
    sessions.use(hamlet.leader, hamlet.phone.device, at=LATER)
    for decide in (
        lambda: approve(hamlet, entry),
        lambda: review.reject(entry, by=hamlet.leader, at=LATER, reason="ไม่ใช่"),
        lambda: review.send_back(entry, by=hamlet.leader, at=LATER, reason="ดู"),
    ):
        with pytest.raises(Refusal):
            decide()


def test_a_further_number_of_the_phone_does_not_hide_who_used_it(hamlet):
    """Whoever signed in on a phone under an earlier number has used it all the same."""
    first = devices.register(at=MORNING)
    sessions.use(hamlet.leader, first, at=MORNING)
    again = numbering.renumber(devices.claims(first.id), account=None, at=MORNING)
    phone = Phone(hamlet.phone.account, at=MORNING, device=again)
    one = submissions.of(phone.record("household", form(bunma()), at=MORNING, place="V1A"))
    assert deciders.Deciders([one], at=MORNING).interest(one, hamlet.leader) == deciders.OWN_PHONE


def test_nobody_decides_on_what_they_carried_or_imported(hamlet):
    line = hamlet.phone.line("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    carrier = Phone(hamlet.leader, at=MORNING)
    [receipt] = carrier.send([line], at=LATER)
    entry = review.entries.find(uuid.UUID(receipt["id"]))
    assert entry.transport == "carried"
    with pytest.raises(Refusal):
        approve(hamlet, entry)
    imported = hamlet.phone.line("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    [receipt] = review.entries.receive([imported], sender=None, at=LATER, imported_by=hamlet.second.id)
    with pytest.raises(Refusal):
        approve(hamlet, review.entries.find(uuid.UUID(receipt["id"])), by=hamlet.second)


def test_nobody_decides_about_their_own_household(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(), mali()), subject=home)
    hamlet.leader.person = tables.person_id(home, BUNMA)
    hamlet.leader.save()
    entry = hamlet.visit(form(bunma(nickname="มา"), mali()), subject=home, base=1, hours=2)
    with pytest.raises(Refusal):
        approve(hamlet, entry)
    approve(hamlet, entry, by=hamlet.second)


def test_another_zones_entry_is_not_found(hamlet):
    entry = hamlet.visit(form(bunma()))
    for stranger in (hamlet.other, hamlet.volunteer, hamlet.registrar):
        with pytest.raises(NotFound):
            review.get(entry.entry_id, seen_by=stranger, at=LATER)
        with pytest.raises(Refusal):
            approve(hamlet, entry, by=stranger)
    with pytest.raises(NotFound):
        review.get(uuid.uuid4(), seen_by=hamlet.leader, at=LATER)
    assert review.get(entry.entry_id, seen_by=hamlet.leader, at=LATER) == entry


def test_a_house_of_another_zone_needs_somebody_over_both(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    hop = accounts.add("v-hop", name="hop", unit=hamlet.zones["V2"], role="volunteer", at=MORNING)
    entry = Phone(hop, at=MORNING).record("household", form(bunma()), at=LATER, subject=home, place="V2A", base=1)
    for leader in (hamlet.other, hamlet.leader):
        with pytest.raises(NotFound):
            review.get(entry.entry_id, seen_by=leader, at=LATER)
    late = LATER + timedelta(days=2)
    assert review.get(entry.entry_id, seen_by=hamlet.registrar, at=late) == entry
    approve(hamlet, entry, by=hamlet.registrar, at=late)


def test_it_goes_up_after_two_days_when_nobody_there_may_decide(hamlet):
    phone = Phone(hamlet.other, at=MORNING)
    entry = phone.record("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V2A")
    soon, late = MORNING + timedelta(hours=47), MORNING + timedelta(hours=48)
    with pytest.raises(NotFound):
        review.get(entry.entry_id, seen_by=hamlet.registrar, at=soon)
    with pytest.raises(Refusal):
        approve(hamlet, entry, by=hamlet.registrar, at=soon)
    assert review.get(entry.entry_id, seen_by=hamlet.registrar, at=late) == entry
    approve(hamlet, entry, by=hamlet.registrar, at=late)


def test_it_does_not_go_up_while_somebody_there_may_decide(hamlet):
    entry = hamlet.visit(form(bunma()))
    with pytest.raises(NotFound):
        review.get(entry.entry_id, seen_by=hamlet.registrar, at=MORNING + timedelta(days=9))


def test_it_never_goes_up_to_a_network(hamlet):
    entry = Phone(hamlet.other, at=MORNING).record(
        "household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V2A"
    )
    for days in (2, 30):
        with pytest.raises(NotFound):
            review.get(entry.entry_id, seen_by=hamlet.network, at=MORNING + timedelta(days=days))
        with pytest.raises(Refusal):
            approve(hamlet, entry, by=hamlet.network, at=MORNING + timedelta(days=days))


def test_it_goes_to_the_nearest_registrar_then_to_the_next_unit_up(hamlet):
    near = accounts.add("v-near", name="x", unit=hamlet.zones["V2"], role="registrar", at=MORNING)
    entry = Phone(hamlet.other, at=MORNING).record(
        "household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V2A"
    )
    one = submissions.of(entry)

    def seeing(days):
        found = deciders.Deciders([one], at=MORNING + timedelta(days=days))
        return {account.handle for account in (near, hamlet.registrar) if found.sees(one, account)}

    assert [seeing(days) for days in (1, 2, 4)] == [set(), {"v-near"}, {"v-near", "v-registrar"}]
    open_access(hamlet.other, by=near)
    assert seeing(2) == {"v-near", "v-registrar"}, "the nearest may not decide, so the next one does"


def test_nobody_decides_on_the_work_of_an_access_that_they_opened(hamlet):
    """Neither who opened it, nor whose own access the author opened; directly or through others, also when revoked."""
    entry = hamlet.visit(form(bunma()))
    passkey = open_access(hamlet.volunteer, by=hamlet.leader)
    with pytest.raises(Refusal, match="opened the access"):
        approve(hamlet, entry)
    passkeys.revoke(passkey, by=hamlet.second, at=LATER, reason="x")
    with pytest.raises(Refusal, match="opened the access"):
        approve(hamlet, entry)
    one = submissions.of(entry)
    found = deciders.Deciders([one], at=LATER)
    assert [found.objection(one, account) for account in (hamlet.leader, hamlet.second)] == [
        deciders.OWN_ACCESS,
        None,
    ]
    accesses.confirm(passkey.id, by=hamlet.second, at=LATER, how="face")
    approve(hamlet, entry)


def test_nobody_decides_on_the_work_of_who_opened_theirs(hamlet):
    entry = hamlet.visit(form(bunma()))
    open_access(hamlet.second, by=hamlet.volunteer)
    open_access(hamlet.leader, by=hamlet.second)
    for by in (hamlet.leader, hamlet.second):
        with pytest.raises(Refusal, match="opened the access"):
            approve(hamlet, entry, by=by)
        with pytest.raises(Refusal, match="opened the access"):
            review.send_back(entry, by=by, at=LATER, reason="ดู")


def test_who_carried_it_counts_as_who_wrote_it(hamlet):
    line = hamlet.phone.line("household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A")
    carrier = accounts.add("v-carrier", name="x", unit=hamlet.zones["V1"], role="volunteer", at=MORNING)
    other = Phone(carrier, at=MORNING)
    entries.receive([line], sender=other.device.id, at=MORNING)
    entry = Entry.select().order_by(Entry.id.desc()).first()
    assert entry.transport == "carried"
    open_access(carrier, by=hamlet.leader)
    with pytest.raises(Refusal, match="opened the access"):
        approve(hamlet, entry)
    approve(hamlet, entry, by=hamlet.second)


def test_undoing_by_a_creature_of_ones_own_is_undoing_alone(hamlet):
    entry = hamlet.approved(form(bunma()))
    open_access(hamlet.second, by=hamlet.leader)
    with pytest.raises(Refusal, match="decided this yourself"):
        counter_decisions.undo(entry, by=hamlet.second, at=LATER, reason="ผิดหลัง")
    counter_decisions.undo(entry, by=hamlet.registrar, at=LATER, reason="ผิดหลัง")
    open_access(hamlet.leader, by=hamlet.registrar)
    with pytest.raises(Refusal, match="Somebody else decides now"):
        approve(hamlet, entry)
