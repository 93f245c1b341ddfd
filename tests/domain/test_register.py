"""The tables are what the approved entries make, value by value, and hold nothing else."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.models import Application, Approval, Fact, HealthFact, Household, Person
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import entries
from pwa.domain.operations import register_promises
from pwa.domain.register import payloads, register, tables
from pwa.domain.review import review
from tests.hamlets import BUNMA, MALI, MORNING, Hamlet, applies, bunma, form, holds, mali


@pytest.fixture
def hamlet(app):
    return Hamlet()


def broken():
    return [*register_promises.register_is_what_was_approved(), *register_promises.nothing_unapproved_is_in_it()]


def test_it_writes_a_household_and_its_people(hamlet):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma(), mali()), subject=home)
    household = Household.get_by_id(home)
    assert (household.number, household.version, household.place.code) == ("45/2", 1, "V1A")
    person = Person.get_by_id(tables.person_id(home, BUNMA))
    assert (person.first_name, person.id_last4, person.present) == ("บุญมา", "3453", True)
    assert register.values(home)[f"people.{BUNMA}.birth_date"].entry == entry.id
    assert register.record(home)["people"][0]["id_number"] == "3900100123453"
    assert (register.version(home), register.place(home)) == (1, "V1A")
    assert broken() == []


def test_it_holds_nothing_before_the_approval(hamlet):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    assert (register.version(home), register.values(home)) == (0, {})
    with pytest.raises(NotFound):
        register.record(home)
    review.send_back(entry, by=hamlet.leader, at=MORNING, reason="ดูอีกครั้ง", comments={})
    assert Fact.select().where(Fact.entry == entry).count() == 0


def test_it_keeps_no_value_readable_in_the_file(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(), number="ลับ-99"), subject=home)
    rows = [bytes(row.value) for row in Fact.select().where(Fact.subject == home)]
    assert rows and not any(b"3900100123453" in row or "ลับ".encode() in row for row in rows)
    assert not Person.select().where(Person.id_index.contains("3900100123453")).exists()


def test_it_binds_values_to_their_place(hamlet):
    from pwa.domain.crypto import sealing

    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    row = Fact.get(Fact.subject == home, Fact.path == "house.number")
    with pytest.raises(sealing.Unsealable):
        sealing.open_value(row.value, f"{home}|house.description")


def test_it_keeps_health_apart_and_removes_it_with_the_consent(hamlet):
    home = uuid.uuid4()
    agreed = bunma(consent={"health": True, "by": "self", "given_on": "2026-11-20"}, health={"groups": ["chronic"]})
    hamlet.approved(form(agreed), subject=home)
    path = f"people.{BUNMA}.health.groups"
    assert path not in register.values(home)
    assert register.values(home, health=True)[path].value == ["chronic"]
    assert Fact.select().where(Fact.path.contains("health")).count() == 0
    hamlet.approved(form(bunma(consent={"health": False})), subject=home, base=1, hours=2)
    assert HealthFact.select().where(HealthFact.subject == home, HealthFact.path == path).count() == 0
    assert broken() == []


def test_it_notes_who_applies_and_who_is_a_member_already(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**applies()), mali(**holds())), subject=home)
    kinds = {row.person: (row.kind, row.fund.code) for row in Application.select()}
    assert kinds[tables.person_id(home, BUNMA)] == ("new", "VF")
    assert kinds[tables.person_id(home, MALI)] == ("existing", "VF")
    hamlet.approved(form(bunma(**applies(), gone="moved")), subject=home, base=1, hours=2)
    assert Application.get_or_none(Application.person == tables.person_id(home, BUNMA)) is None
    assert broken() == []


def test_it_finds_the_only_fund_near_the_place(hamlet):
    home = uuid.uuid4()
    signature = {"pledge": True, "signature": {"blob": "ab" * 32, "kind": "signature"}}
    hamlet.approved(form(bunma(membership="apply", application=signature)), subject=home)
    assert Application.get(Application.person == tables.person_id(home, BUNMA)).fund.code == "VF"


def test_it_puts_a_correction_in_place(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    from pwa.domain.people import accounts

    person = Person.get_by_id(tables.person_id(home, BUNMA))
    member = accounts.add("v-member", name="บุญมา", unit=hamlet.town, at=MORNING, person=person.id)
    from pwa.domain.custody.phones import Phone

    said = {"path": f"people.{BUNMA}.nickname", "person": BUNMA, "statement": "เรียกว่ามา", "proposed": "มา"}
    entry = Phone(member, at=MORNING).record("correction", said, subject=home, at=MORNING)
    review.approve(entry, by=hamlet.second, at=MORNING)
    assert register.values(home)[said["path"]].entry == entry.id
    assert register.version(home) == 2
    assert broken() == []


def test_it_forgets_an_erased_entry(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    late = hamlet.approved(form(bunma(phone="0811111111"), mali()), subject=home, base=1, hours=2)
    from db.models import EntryKey

    EntryKey.delete().where(EntryKey.entry == late).execute()
    register.apply(home)
    assert [row.local_id for row in Person.select().where(Person.household == home)] == [BUNMA]
    assert register.version(home) == 2
    assert broken() == []
    with pytest.raises(entries.Erased):
        entries.plaintext(late)
    from db.models import Erasure

    Erasure.create(entry=late, account=hamlet.leader.id, at=MORNING, reason="ขอลบ", legal_ground="ม.33")


steps = st.lists(
    st.tuples(
        st.sampled_from(["approve", "return", "reject", "leave"]),
        st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
        st.sampled_from(["0811111111", "0822222222", None]),
        st.integers(0, 3),
        st.sampled_from(["base", "register", "entry"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_nothing_unapproved_is_in_it_and_a_rebuild_is_equal(hamlet, plan):
    home = uuid.uuid4()
    for hours, (act, people, phone, base, choice, consent) in enumerate(plan):
        cards = [
            {"id": str(uuid.uuid5(home, name)), "first_name": "ก", "no_last_name": True, "living_here": True}
            | ({"phone": phone} if phone else {})
            | {"consent": {"health": consent, "by": "self"}}
            | ({"health": {"groups": ["chronic"]}} if consent else {})
            for name in people
        ]
        entry = hamlet.visit(form(*cards, number=str(base)), subject=home, base=base, hours=hours)
        try:
            decide(hamlet, entry, act, home, choice)
        except Refusal:
            continue
    approved = {row.entry_id for row in Approval.select()}
    for model in (Fact, HealthFact):
        assert {row.entry_id for row in model.select().where(model.subject == home)} <= approved
    assert broken() == []
    assert register.record_of(home).plain() == {
        path: held.value for path, held in register.values(home, health=True).items()
    }


def decide(hamlet, entry, act, home, choice):
    if act == "approve":
        every = {path: choice for path in payloads.flatten(entries.plaintext(entry)["payload"])} | {
            path: choice for path in register.values(home, health=True)
        }
        review.approve(entry, by=hamlet.leader, at=MORNING, choices=every)
    elif act == "return":
        review.send_back(entry, by=hamlet.leader, at=MORNING, reason="ดูอีกครั้ง", comments={})
    elif act == "reject":
        review.reject(entry, by=hamlet.leader, at=MORNING, reason="ไม่ใช่")
