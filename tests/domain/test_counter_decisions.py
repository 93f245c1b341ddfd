"""A decision is undone by somebody else, with a reason, and both stay; the register is as if it had never been approved."""

import uuid
from datetime import timedelta

import pytest

from db.models import Application, CounterDecision, Fact, Household, Membership, Person
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import own, states
from pwa.domain.people import accounts
from pwa.domain.register import register, tables
from pwa.domain.review import admissions, counter_decisions, decisions, queues, review
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form, mali

LATER = MORNING + timedelta(hours=50)
PHONE = f"people.{BUNMA}.phone"


@pytest.fixture
def hamlet(app):
    return Hamlet()


def undo(hamlet, entry, by=None, at=LATER, reason="กดผิด", **more):
    counter_decisions.undo(entry, by=by or hamlet.second, at=at, reason=reason, **more)


def approve(hamlet, entry, by=None, **choices):
    review.approve(entry, by=by or hamlet.leader, at=LATER, choices=choices)


def kept(home):
    """What the register holds of a house, without the version that counts on."""
    household = Household.select().where(Household.id == home).dicts().get_or_none()
    people = {row["id"]: row for row in Person.select().where(Person.household == home).dicts()}
    return {**(household or {}), "version": None}, people, register.values(home, health=True)


def test_an_approval_is_undone_and_the_entry_waits_again(hamlet):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma()), subject=home)
    undo(hamlet, entry)
    assert states.of(entry) == "received"
    assert (register.version(home), Person.select().where(Person.household == home).count()) == (0, 0)
    assert Fact.select().where(Fact.subject == home).count() == 0
    assert [item.row.id for item in queues.of(hamlet.leader, at=LATER).items] == [entry.id]
    steps = [(step.kind, step.account.handle, step.reason) for step in decisions.history(entry)]
    assert steps == [("approved", "v-leader", ""), ("undone", "v-second", "กดผิด")]


def test_approved_again_it_gives_the_same_register(hamlet):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma(phone="0811111111"), mali()), subject=home)
    once = kept(home)
    for _ in range(2):
        undo(hamlet, entry)
        assert kept(home)[1] == {}
        approve(hamlet, entry)
        assert kept(home) == once
    assert [step.turn for step in decisions.history(entry)] == [0, 0, 1, 1, 2]
    assert register.version(home) == 5


def test_what_was_approved_later_stays(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    wrong = hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    hamlet.approved(form(bunma(phone="0822222222", nickname="มา")), subject=home, base=2, hours=4)
    undo(hamlet, wrong)
    values = register.values(home)
    assert (values[PHONE].value, values[f"people.{BUNMA}.nickname"].value) == ("0811111111", "มา")
    assert register.version(home) == 4


def test_a_later_visit_says_anew_what_only_the_undone_one_had_brought(hamlet):
    home = uuid.uuid4()
    first = hamlet.approved(form(bunma()), subject=home)
    second = hamlet.approved(form(bunma(nickname="มา"), mali()), subject=home, base=1, hours=2)
    undo(hamlet, first)
    values = register.values(home)
    assert values["house.number"].value == "45/2" and values[f"people.{BUNMA}.first_name"].value == "บุญมา"
    assert {held.entry for held in values.values()} == {second.id}


def test_a_waiting_visit_that_began_with_it_says_everything_anew(hamlet):
    home = uuid.uuid4()
    first = hamlet.approved(form(bunma()), subject=home)
    revisit = hamlet.visit(form(bunma(nickname="มา")), subject=home, base=1, hours=2)
    undo(hamlet, first)
    approve(hamlet, revisit)
    assert register.values(home)[f"people.{BUNMA}.first_name"].value == "บุญมา"
    assert register.version(home) == 3


def test_a_version_keeps_its_meaning(hamlet):
    """Who filled in a form from the undone version is asked where the register is different now."""
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    wrong = hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    late = hamlet.visit(form(bunma(phone="0833333333")), subject=home, base=2, hours=4)
    undo(hamlet, wrong)
    with pytest.raises(Refusal) as refused:
        approve(hamlet, late)
    assert refused.value.field == f"choice.{PHONE}"
    approve(hamlet, late, **{PHONE: "entry"})
    assert register.values(home)[PHONE].value == "0833333333"


@pytest.mark.parametrize("decide", ["reject", "send_back"])
def test_a_rejection_or_return_is_undone_too(hamlet, decide):
    entry = hamlet.visit(form(bunma()))
    getattr(review, decide)(entry, by=hamlet.leader, at=LATER, reason="ไม่ใช่")
    undo(hamlet, entry)
    assert states.of(entry) == "received"
    approve(hamlet, entry)
    assert states.of(entry) == "approved"


def test_nobody_undoes_their_own_decision_and_no_stranger_any(hamlet):
    entry = hamlet.approved(form(bunma()))
    for who in (hamlet.leader, hamlet.other, hamlet.volunteer):
        with pytest.raises(Refusal):
            undo(hamlet, entry, by=who)
    assert states.of(entry) == "approved"
    undo(hamlet, entry, by=hamlet.registrar)


def test_who_undid_it_leaves_the_next_decision_to_another(hamlet):
    entry = hamlet.approved(form(bunma()))
    undo(hamlet, entry)
    for decide in (review.approve, review.reject, review.send_back):
        with pytest.raises(Refusal, match="Somebody else decides"):
            decide(entry, by=hamlet.second, at=LATER, reason="x")
    review.reject(entry, by=hamlet.leader, at=LATER, reason="จริงด้วย")
    assert states.of(entry) == "rejected"


def test_twice_by_the_same_person_changes_nothing(hamlet):
    entry = hamlet.approved(form(bunma()))
    undo(hamlet, entry)
    undo(hamlet, entry)
    for other in (dict(by=hamlet.registrar), dict(reason="ไม่ใช่บ้านนี้")):
        with pytest.raises(Refusal) as refused:
            undo(hamlet, entry, **other)
        assert refused.value.values == {"name": "v-second"}
    approve(hamlet, entry)
    undo(hamlet, entry, turn=0)
    made = CounterDecision.select().where(CounterDecision.entry == entry).count()
    assert (made, states.of(entry)) == (1, "approved")


@pytest.mark.parametrize("reason", ["", " ", "x" * 1001])
def test_it_needs_a_reason(hamlet, reason):
    entry = hamlet.approved(form(bunma()))
    with pytest.raises(Refusal) as refused:
        undo(hamlet, entry, reason=reason)
    assert refused.value.field == "reason"


def test_what_nobody_decided_cannot_be_undone(hamlet):
    with pytest.raises(NotFound):
        undo(hamlet, hamlet.visit(form(bunma())))


def test_an_admission_that_stands_on_it_is_not_undone(hamlet):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma(**applies())), subject=home)
    asked = list(Application.select().where(Application.entry == entry))
    about = dict(board="1", meeting="1", resolved_on=LATER.date(), by=hamlet.registrar, at=LATER)
    admissions.resolve(hamlet.fund, asked, accepted=True, **about)
    with pytest.raises(Refusal, match="admission is not undone"):
        undo(hamlet, entry)
    assert states.of(entry) == "approved" and Membership.select().where(Membership.person == asked[0].person).exists()
    later = hamlet.approved(form(bunma(nickname="มา", **applies())), subject=home, base=1, hours=60)
    undo(hamlet, later)
    assert f"people.{BUNMA}.nickname" not in register.values(home)


def test_who_got_access_by_it_is_not_lost(hamlet):
    home = uuid.uuid4()
    entry = hamlet.approved(form(bunma()), subject=home)
    accounts.add("v-member", name="บุญมา", unit=hamlet.town, at=MORNING, person=tables.person_id(home, BUNMA))
    with pytest.raises(Refusal, match="access of their own"):
        undo(hamlet, entry)
    assert register.version(home) == 1


def test_an_application_goes_with_it_and_comes_again(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    entry = hamlet.approved(form(bunma(**applies())), subject=home, base=1, hours=2)
    assert admissions.count(hamlet.fund) == 1
    undo(hamlet, entry)
    assert admissions.count(hamlet.fund) == 0
    approve(hamlet, entry)
    assert admissions.count(hamlet.fund) == 1


def test_a_correction_that_was_sent_meanwhile_takes_its_place(hamlet):
    home = uuid.uuid4()
    first = hamlet.approved(form(bunma()), subject=home)
    newer = hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=2, replaces=first.entry_id)
    undo(hamlet, first)
    assert states.of(first) == "replaced"
    approve(hamlet, newer)
    assert register.values(home)[f"people.{BUNMA}.first_name"].value == "บุญมา"


def test_its_author_reads_why(hamlet):
    entry = hamlet.approved(form(bunma()))
    undo(hamlet, entry, reason="บ้านผิดหลัง")
    [told] = own.status(hamlet.volunteer, at=LATER + timedelta(days=60))
    assert (told["state"], told["reason"]) == ("received", "บ้านผิดหลัง")
    assert own.single(entry.entry_id, hamlet.volunteer)["reason"] == "บ้านผิดหลัง"
