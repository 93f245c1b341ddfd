"""One decision a version, by somebody else, with reasons; what nobody there may decide goes up after two days."""

import threading
import uuid
from datetime import timedelta

import pytest

import db
from db.models import Approval, Comment, Rejection, Return
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import states
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.register import register, submissions, tables
from pwa.domain.review import decisions, review
from tests.hamlets import BUNMA, MORNING, Hamlet, bunma, form

LATER = MORNING + timedelta(hours=5)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def approve(hamlet, entry, by=None, at=LATER, **choices):
    review.approve(entry, by=by or hamlet.leader, at=at, choices=choices)


def test_it_approves_and_the_register_knows(hamlet):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    approve(hamlet, entry)
    assert (states.of(entry), register.version(home)) == ("approved", 1)
    assert decisions.decision(entry).account == hamlet.leader


def test_twice_changes_nothing(hamlet):
    for decide, model in (
        (lambda e: approve(hamlet, e), Approval),
        (lambda e: review.send_back(e, by=hamlet.leader, at=LATER, reason="ดูอีกครั้ง"), Return),
        (lambda e: review.reject(e, by=hamlet.leader, at=LATER, reason="ไม่ใช่"), Rejection),
    ):
        entry = hamlet.visit(form(bunma()))
        decide(entry)
        decide(entry)
        assert model.select().where(model.entry == entry).count() == 1


def test_it_says_who_decided_already(hamlet):
    entry = hamlet.visit(form(bunma()))
    review.send_back(entry, by=hamlet.second, at=LATER, reason="ดูอีกครั้ง")
    for decide in (
        lambda: approve(hamlet, entry),
        lambda: review.reject(entry, by=hamlet.leader, at=LATER, reason="ไม่ใช่"),
        lambda: review.send_back(entry, by=hamlet.leader, at=LATER, reason="ดูอีกครั้ง"),
        lambda: approve(hamlet, entry, by=hamlet.second),
    ):
        with pytest.raises(Refusal) as refused:
            decide()
        assert refused.value.values == {"name": "v-second"}


def test_one_of_two_leaders_wins(hamlet):
    entry = hamlet.visit(form(bunma()))
    start, told = threading.Barrier(2), []

    def decide(leader):
        with db.database.connection_context():
            start.wait()
            try:
                approve(hamlet, entry, by=leader)
                told.append("approved")
            except Refusal as refusal:
                told.append(refusal.values["name"])

    threads = [threading.Thread(target=decide, args=(leader,)) for leader in (hamlet.leader, hamlet.second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "approved" in told and set(told) & {"v-leader", "v-second"}
    assert Approval.select().where(Approval.entry == entry).count() == 1


def test_it_refuses_a_decision_on_a_replaced_one_and_names_the_newer(hamlet):
    home = uuid.uuid4()
    entry = hamlet.visit(form(bunma()), subject=home)
    newer = hamlet.visit(form(bunma(nickname="มา")), subject=home, hours=1, replaces=entry.entry_id)
    with pytest.raises(Refusal) as refused:
        approve(hamlet, entry)
    assert refused.value.link == f"/review/{newer.entry_id}"
    approve(hamlet, newer)


def test_it_asks_only_where_the_register_moved(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    late = hamlet.visit(form(bunma(phone="0833333333", nickname="มา")), subject=home, base=1, hours=3)
    path = f"people.{BUNMA}.phone"
    for choices in ({}, {path: "nonsense"}, {path: ""}):
        with pytest.raises(Refusal) as refused:
            approve(hamlet, late, **choices)
        assert refused.value.field == f"choice.{path}"
    assert register.version(home) == 2
    approve(hamlet, late, **{path: "register", "house.number": "base"})
    assert register.values(home)[path].value == "0822222222"
    assert register.values(home)[f"people.{BUNMA}.nickname"].value == "มา"


def test_it_waits_for_the_earlier_entry_of_a_new_house(hamlet):
    home = uuid.uuid4()
    first = hamlet.visit(form(bunma()), subject=home)
    second = hamlet.visit(form(bunma(nickname="มา")), subject=home, base=0, hours=1)
    with pytest.raises(Refusal) as refused:
        approve(hamlet, second)
    assert refused.value.link == f"/review/{first.entry_id}"
    approve(hamlet, first)
    approve(hamlet, second)
    assert register.version(home) == 2


def test_a_first_visit_with_base_zero_needs_nothing_before_it(hamlet):
    entry = hamlet.visit(form(bunma()), base=0)
    approve(hamlet, entry)


def test_it_returns_with_a_word_at_each_field(hamlet):
    entry = hamlet.visit(form(bunma()))
    comments = {f"people.{BUNMA}.birth_date": "ดูจากบัตร", "house.number": "  ", "visit.reason": "๑"}
    review.send_back(entry, by=hamlet.leader, at=LATER, reason="", comments=comments)
    kept = {row.path: row.text for row in Comment.select() if row.returned.entry == entry}
    assert kept == {f"people.{BUNMA}.birth_date": "ดูจากบัตร", "visit.reason": "๑"}


@pytest.mark.parametrize(
    ("reason", "comments", "field"),
    [
        ("", {}, "reason"),
        ("\u200b ", {"house.number": ""}, "reason"),
        ("x" * 1001, {}, "reason"),
        ("", {"house.number": "x" * 1001}, "comment.house.number"),
        ("", {"house.nothing": "แก้"}, "comment.house.nothing"),
    ],
)
def test_it_refuses_a_return_that_says_nothing_usable(hamlet, reason, comments, field):
    entry = hamlet.visit(form(bunma()))
    with pytest.raises(Refusal) as refused:
        review.send_back(entry, by=hamlet.leader, at=LATER, reason=reason, comments=comments)
    assert (refused.value.field, states.of(entry)) == (field, "received")


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "x" * 1001])
def test_it_rejects_only_with_a_reason(hamlet, reason):
    entry = hamlet.visit(form(bunma()))
    with pytest.raises(Refusal):
        review.reject(entry, by=hamlet.leader, at=LATER, reason=reason)
    assert states.of(entry) == "received"


def corrected(hamlet, home, **payload):
    person = tables.person_id(home, BUNMA)
    member = accounts.add("v-member", name="บุญมา", unit=hamlet.town, at=MORNING, person=person)
    said = {"path": f"people.{BUNMA}.birth_date", "person": BUNMA, "statement": "เกิดวันที่ 21"} | payload
    return Phone(member, at=MORNING).record("correction", said, subject=home, at=LATER)


def test_a_correction_is_in_the_zones_queue_and_takes_effect(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    entry = corrected(hamlet, home, proposed="1958-08-21")
    assert review.get(entry.entry_id, seen_by=hamlet.leader, at=LATER) == entry
    with pytest.raises(NotFound):
        review.get(entry.entry_id, seen_by=hamlet.other, at=LATER)
    approve(hamlet, entry)
    assert register.values(home)[f"people.{BUNMA}.birth_date"].value == "1958-08-21"


def test_a_correction_without_a_value_changes_nothing(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    entry = corrected(hamlet, home)
    approve(hamlet, entry)
    assert (states.of(entry), register.version(home)) == ("approved", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"proposed": "3100-01-01"},
        {"proposed": "ไม่รู้"},
        {"path": f"people.{BUNMA}.membership", "proposed": "member"},
        {"path": "house", "proposed": "x"},
        {"path": "nothing.here", "proposed": "x"},
        {"path": f"people.{BUNMA}.sex", "proposed": "cat"},
    ],
)
def test_a_correction_cannot_set_what_the_form_would_not_take(hamlet, wrong):
    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    entry = corrected(hamlet, home, **wrong)
    with pytest.raises(Refusal):
        approve(hamlet, entry)
    assert register.version(home) == 1


def test_it_refuses_an_entry_that_was_erased(hamlet):
    from db.models import EntryKey, Erasure

    entry = hamlet.visit(form(bunma()))
    EntryKey.delete().where(EntryKey.entry == entry).execute()
    Erasure.create(entry=entry, account=hamlet.leader.id, at=LATER, reason="ขอลบ", legal_ground="ม.33")
    with pytest.raises(Refusal):
        approve(hamlet, entry)
    assert submissions.of(entry).says.payload is None
