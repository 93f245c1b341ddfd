"""Applicants become members by a resolution, old members by their passbook; nobody else ever does."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Admission, Membership
from pwa.domain import NotFound, Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accesses
from pwa.domain.places import units
from pwa.domain.register import applications, memberships, tables
from pwa.domain.review import admissions, review
from tests.hamlets import BUNMA, MALI, MORNING, Hamlet, applies, bunma, form, holds, mali, open_access

LATER = MORNING + timedelta(days=10)
SITTING = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 28)}


@pytest.fixture
def hamlet(app):
    return Hamlet()


@pytest.fixture
def applicants(hamlet):
    """บุญมา applies, มาลี only lives there."""
    hamlet.home = uuid.uuid4()
    hamlet.approved(form(bunma(**applies()), mali()), subject=hamlet.home)
    return admissions.waiting(hamlet.fund)


def resolve(hamlet, applications, accepted=True, **more):
    admissions.resolve(hamlet.fund, applications, accepted=accepted, by=hamlet.registrar, at=LATER, **(SITTING | more))


def test_it_lists_only_who_applies(hamlet, applicants):
    [application] = applicants
    assert (application.first_name, application.house) == ("บุญมา", "45/2")
    assert application.recorder == hamlet.volunteer.name


def test_it_makes_a_member_with_the_funds_number(hamlet, applicants):
    resolve(hamlet, applicants)
    member = Membership.get(Membership.person == tables.person_id(hamlet.home, BUNMA))
    assert (member.number, member.joined_on, member.tenure_from) == ("VF-0001", date(2026, 11, 28), date(2026, 11, 28))
    assert admissions.waiting(hamlet.fund) == []
    assert Membership.get_or_none(Membership.person == tables.person_id(hamlet.home, MALI)) is None


@pytest.mark.parametrize(
    ("begins", "tenure"),
    [("application", date(2026, 11, 20)), ("resolution", date(2026, 11, 28)), ("first_payment", None)],
)
def test_it_begins_tenure_as_the_fund_says(hamlet, applicants, begins, tenure):
    hamlet.fund.tenure_starts_on = begins
    hamlet.fund.save()
    resolve(hamlet, applicants)
    assert Membership.get(Membership.fund == hamlet.fund).tenure_from == tenure


def test_it_resolves_about_many_at_once(hamlet, applicants):
    hamlet.approved(form(mali(no_last_name=False, birth_date="1990", **applies())), hours=2)
    resolve(hamlet, admissions.waiting(hamlet.fund))
    numbers = [m.number for m in Membership.select().where(Membership.fund == hamlet.fund).order_by(Membership.number)]
    assert numbers == ["VF-0001", "VF-0002"]


def test_it_does_not_admit_without_a_reason_and_keeps_it(hamlet, applicants):
    with pytest.raises(Refusal) as refused:
        resolve(hamlet, applicants, accepted=False)
    assert refused.value.field == "reason"
    resolve(hamlet, applicants, accepted=False, reason="อยู่นอกเขต")
    assert Admission.get(Admission.person == applicants[0].person).reason == "อยู่นอกเขต"
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 0
    assert admissions.waiting(hamlet.fund) == []


def test_it_hears_somebody_who_applies_again(hamlet, applicants):
    resolve(hamlet, applicants, accepted=False, reason="อยู่นอกเขต")
    again = form(bunma(**applies(applied_on="2026-12-01")), mali())
    hamlet.approved(again, subject=hamlet.home, base=1, hours=24 * 12)
    [application] = admissions.waiting(hamlet.fund)
    sitting = {"meeting": "9/2569", "resolved_on": date(2026, 12, 5)}
    at = MORNING + timedelta(days=20)
    admissions.resolve(hamlet.fund, [application], accepted=True, by=hamlet.registrar, at=at, **(SITTING | sitting))
    assert Membership.get(Membership.fund == hamlet.fund).joined_on == date(2026, 12, 5)


def test_twice_changes_nothing(hamlet, applicants):
    resolve(hamlet, applicants)
    resolve(hamlet, applicants)
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 1
    assert Admission.select().where(Admission.fund == hamlet.fund).count() == 1


def test_it_refuses_the_contrary_afterwards(hamlet, applicants):
    resolve(hamlet, applicants)
    with pytest.raises(Refusal):
        resolve(hamlet, applicants, accepted=False, reason="เปลี่ยนใจ")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"board": ""}, "board"),
        ({"meeting": "\u200b"}, "meeting"),
        ({"meeting": "x" * 301}, "meeting"),
        ({"resolved_on": None}, "resolved_on"),
        ({"resolved_on": date(3100, 1, 1)}, "resolved_on"),
        ({"resolved_on": date(2020, 1, 1)}, "resolved_on"),
    ],
)
def test_it_refuses_bad_input(hamlet, applicants, wrong, field):
    with pytest.raises(Refusal) as refused:
        resolve(hamlet, applicants, **wrong)
    assert refused.value.field == field
    assert Membership.select().where(Membership.fund == hamlet.fund).count() == 0


def test_it_refuses_an_empty_choice(hamlet):
    with pytest.raises(Refusal):
        resolve(hamlet, [])


def test_it_reads_thai_digits(hamlet, applicants):
    resolve(hamlet, applicants, board="๓", meeting="๘/๒๕๖๙")
    assert Admission.get(Admission.fund == hamlet.fund).resolution.meeting == "8/2569"


def test_it_keeps_number_and_tenure_of_an_old_member(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**holds())), subject=home)
    [application] = admissions.waiting(hamlet.fund)
    admissions.confirm(application, accepted=True, by=hamlet.registrar, at=LATER)
    admissions.confirm(application, accepted=True, by=hamlet.registrar, at=LATER)
    member = Membership.get(Membership.person == tables.person_id(home, BUNMA))
    assert (member.number, member.joined_on, member.tenure_from) == ("02-0147", date(2021, 1, 5), date(2021, 1, 5))
    assert member.paid_through == date(2026, 11, 30)


def test_it_refuses_a_number_that_somebody_holds(hamlet):
    hamlet.approved(form(bunma(**holds())))
    hamlet.approved(form(mali(**holds())), hours=2)
    first, second = admissions.waiting(hamlet.fund)
    admissions.confirm(first, accepted=True, by=hamlet.registrar, at=LATER)
    with pytest.raises(Refusal) as refused:
        admissions.confirm(second, accepted=True, by=hamlet.registrar, at=LATER)
    assert refused.value.values["number"] == "02-0147"
    assert [row.id for row in admissions.waiting(hamlet.fund)] == [second.id]


def test_new_numbers_step_over_old_ones(hamlet, applicants):
    hamlet.approved(form(mali(**holds("VF-0001"))), hours=2)
    existing = next(row for row in admissions.waiting(hamlet.fund) if row.kind == "existing")
    admissions.confirm(existing, accepted=True, by=hamlet.registrar, at=LATER)
    resolve(hamlet, applicants)
    person = tables.person_id(hamlet.home, BUNMA)
    assert Membership.get(Membership.person == person).number == "VF-0002"


def test_a_registrar_confirms_nobody_of_their_own_house(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**holds()), mali()), subject=home)
    hamlet.registrar.person = tables.person_id(home, MALI)
    hamlet.registrar.save()
    with pytest.raises(Refusal):
        admissions.confirm(admissions.waiting(hamlet.fund)[0], accepted=True, by=hamlet.registrar, at=LATER)


def test_it_refuses_the_wrong_kind_of_decision(hamlet, applicants):
    with pytest.raises(NotFound):
        admissions.confirm(applicants[0], accepted=True, by=hamlet.registrar, at=LATER)


def test_only_the_funds_registrar_sees_it(hamlet, applicants):
    assert [fund.code for fund in admissions.funds(hamlet.registrar)] == ["VF"]
    assert admissions.funds(hamlet.leader) == []
    with pytest.raises(NotFound):
        admissions.fund("VF", seen_by=hamlet.leader)
    with pytest.raises(NotFound):
        admissions.get(applicants[0].id, seen_by=hamlet.leader)
    with pytest.raises(NotFound):
        applications.chosen(hamlet.fund, [str(applicants[0].id), str(10**9)])


def test_it_knows_the_members_of_a_place(hamlet, applicants):
    resolve(hamlet, applicants)
    assert [person.first_name for person in memberships.of(units.get("V1A"))] == ["บุญมา"]


def test_nobody_resolves_about_what_they_recorded(hamlet):
    own = Phone(hamlet.registrar, at=MORNING)
    entry = own.record("household", form(bunma(**applies())), at=MORNING, subject=uuid.uuid4(), place="V1A")
    review.approve(entry, by=hamlet.leader, at=MORNING)
    with pytest.raises(Refusal, match="recorded the entry"):
        resolve(hamlet, admissions.waiting(hamlet.fund))
    assert not Admission.select().where(Admission.fund == hamlet.fund).exists()


def test_nobody_resolves_about_the_work_of_an_access_that_they_opened(hamlet, applicants):
    passkey = open_access(hamlet.volunteer, by=hamlet.registrar)
    with pytest.raises(Refusal, match="access"):
        resolve(hamlet, applicants)
    accesses.confirm(passkey.id, by=hamlet.leader, at=LATER, how="face")
    resolve(hamlet, applicants)


def test_nobody_confirms_an_old_member_whose_recorder_they_opened(hamlet):
    hamlet.approved(form(bunma(**holds())))
    [application] = admissions.waiting(hamlet.fund)
    open_access(hamlet.volunteer, by=hamlet.registrar)
    with pytest.raises(Refusal, match="access"):
        admissions.confirm(application, accepted=True, by=hamlet.registrar, at=LATER)
