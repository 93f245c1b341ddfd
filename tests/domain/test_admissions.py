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
from tests.villages import BUNMA, MALI, MORNING, Village, applies, bunma, form, holds, mali, open_access

LATER = MORNING + timedelta(days=10)
SITTING = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 28)}


@pytest.fixture
def village(app):
    return Village()


@pytest.fixture
def applicants(village):
    """บุญมา applies, มาลี only lives there."""
    village.home = uuid.uuid4()
    village.approved(form(bunma(**applies()), mali()), subject=village.home)
    return admissions.waiting(village.fund)


def resolve(village, applications, accepted=True, **more):
    admissions.resolve(
        village.fund, applications, accepted=accepted, by=village.registrar, at=LATER, **(SITTING | more)
    )


def test_it_lists_only_who_applies(village, applicants):
    [application] = applicants
    assert (application.who.first_name, application.who.household.number) == ("บุญมา", "45/2")
    assert application.entry.recorder.handle == "v-volunteer"


def test_it_makes_a_member_with_the_funds_number(village, applicants):
    resolve(village, applicants)
    member = Membership.get(Membership.person == tables.person_id(village.home, BUNMA))
    assert (member.number, member.joined_on, member.tenure_from) == ("VF-0001", date(2026, 11, 28), date(2026, 11, 28))
    assert admissions.waiting(village.fund) == []
    assert Membership.get_or_none(Membership.person == tables.person_id(village.home, MALI)) is None


@pytest.mark.parametrize(
    ("begins", "tenure"),
    [("application", date(2026, 11, 20)), ("resolution", date(2026, 11, 28)), ("first_payment", None)],
)
def test_it_begins_tenure_as_the_fund_says(village, applicants, begins, tenure):
    village.fund.tenure_starts_on = begins
    village.fund.save()
    resolve(village, applicants)
    assert Membership.get(Membership.fund == village.fund).tenure_from == tenure


def test_it_resolves_about_many_at_once(village, applicants):
    village.approved(form(mali(no_last_name=False, birth_date="1990", **applies())), hours=2)
    resolve(village, admissions.waiting(village.fund))
    numbers = [m.number for m in Membership.select().where(Membership.fund == village.fund).order_by(Membership.number)]
    assert numbers == ["VF-0001", "VF-0002"]


def test_it_does_not_admit_without_a_reason_and_keeps_it(village, applicants):
    with pytest.raises(Refusal) as refused:
        resolve(village, applicants, accepted=False)
    assert refused.value.field == "reason"
    resolve(village, applicants, accepted=False, reason="อยู่นอกเขต")
    assert Admission.get(Admission.person == applicants[0].person).reason == "อยู่นอกเขต"
    assert Membership.select().where(Membership.fund == village.fund).count() == 0
    assert admissions.waiting(village.fund) == []


def test_it_hears_somebody_who_applies_again(village, applicants):
    resolve(village, applicants, accepted=False, reason="อยู่นอกเขต")
    again = form(bunma(**applies(applied_on="2026-12-01")), mali())
    village.approved(again, subject=village.home, base=1, hours=24 * 12)
    [application] = admissions.waiting(village.fund)
    sitting = {"meeting": "9/2569", "resolved_on": date(2026, 12, 5)}
    at = MORNING + timedelta(days=20)
    admissions.resolve(village.fund, [application], accepted=True, by=village.registrar, at=at, **(SITTING | sitting))
    assert Membership.get(Membership.fund == village.fund).joined_on == date(2026, 12, 5)


def test_twice_changes_nothing(village, applicants):
    resolve(village, applicants)
    resolve(village, applicants)
    assert Membership.select().where(Membership.fund == village.fund).count() == 1
    assert Admission.select().where(Admission.fund == village.fund).count() == 1


def test_it_refuses_the_contrary_afterwards(village, applicants):
    resolve(village, applicants)
    with pytest.raises(Refusal):
        resolve(village, applicants, accepted=False, reason="เปลี่ยนใจ")


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
def test_it_refuses_bad_input(village, applicants, wrong, field):
    with pytest.raises(Refusal) as refused:
        resolve(village, applicants, **wrong)
    assert refused.value.field == field
    assert Membership.select().where(Membership.fund == village.fund).count() == 0


def test_it_refuses_an_empty_choice(village):
    with pytest.raises(Refusal):
        resolve(village, [])


def test_it_reads_thai_digits(village, applicants):
    resolve(village, applicants, board="๓", meeting="๘/๒๕๖๙")
    assert Admission.get(Admission.fund == village.fund).resolution.meeting == "8/2569"


def test_it_keeps_number_and_tenure_of_an_old_member(village):
    home = uuid.uuid4()
    village.approved(form(bunma(**holds())), subject=home)
    [application] = admissions.waiting(village.fund)
    admissions.confirm(application, accepted=True, by=village.registrar, at=LATER)
    admissions.confirm(application, accepted=True, by=village.registrar, at=LATER)
    member = Membership.get(Membership.person == tables.person_id(home, BUNMA))
    assert (member.number, member.joined_on, member.tenure_from) == ("02-0147", date(2021, 1, 5), date(2021, 1, 5))
    assert member.paid_through == date(2026, 11, 30)


def test_it_refuses_a_number_that_somebody_holds(village):
    village.approved(form(bunma(**holds())))
    village.approved(form(mali(**holds())), hours=2)
    first, second = admissions.waiting(village.fund)
    admissions.confirm(first, accepted=True, by=village.registrar, at=LATER)
    with pytest.raises(Refusal) as refused:
        admissions.confirm(second, accepted=True, by=village.registrar, at=LATER)
    assert refused.value.values["number"] == "02-0147"
    assert [row.id for row in admissions.waiting(village.fund)] == [second.id]


def test_new_numbers_step_over_old_ones(village, applicants):
    village.approved(form(mali(**holds("VF-0001"))), hours=2)
    existing = next(row for row in admissions.waiting(village.fund) if row.kind == "existing")
    admissions.confirm(existing, accepted=True, by=village.registrar, at=LATER)
    resolve(village, applicants)
    person = tables.person_id(village.home, BUNMA)
    assert Membership.get(Membership.person == person).number == "VF-0002"


def test_a_registrar_confirms_nobody_of_their_own_house(village):
    home = uuid.uuid4()
    village.approved(form(bunma(**holds()), mali()), subject=home)
    village.registrar.person = tables.person_id(home, MALI)
    village.registrar.save()
    with pytest.raises(Refusal):
        admissions.confirm(admissions.waiting(village.fund)[0], accepted=True, by=village.registrar, at=LATER)


def test_it_refuses_the_wrong_kind_of_decision(village, applicants):
    with pytest.raises(NotFound):
        admissions.confirm(applicants[0], accepted=True, by=village.registrar, at=LATER)


def test_only_the_funds_registrar_sees_it(village, applicants):
    assert [fund.code for fund in admissions.funds(village.registrar)] == ["VF"]
    assert admissions.funds(village.leader) == []
    with pytest.raises(NotFound):
        admissions.fund("VF", seen_by=village.leader)
    with pytest.raises(NotFound):
        admissions.get(applicants[0].id, seen_by=village.leader)
    with pytest.raises(NotFound):
        applications.chosen(village.fund, [str(applicants[0].id), str(10**9)])


def test_it_knows_the_members_of_a_place(village, applicants):
    resolve(village, applicants)
    assert [person.first_name for person in memberships.of(units.get("V1A"))] == ["บุญมา"]


def test_nobody_resolves_about_what_they_recorded(village):
    own = Phone(village.registrar, at=MORNING)
    entry = own.record("household", form(bunma(**applies())), at=MORNING, subject=uuid.uuid4(), place="V1A")
    review.approve(entry, by=village.leader, at=MORNING)
    with pytest.raises(Refusal, match="recorded the entry"):
        resolve(village, admissions.waiting(village.fund))
    assert not Admission.select().where(Admission.fund == village.fund).exists()


def test_nobody_resolves_about_the_work_of_an_access_that_they_opened(village, applicants):
    passkey = open_access(village.volunteer, by=village.registrar)
    with pytest.raises(Refusal, match="access"):
        resolve(village, applicants)
    accesses.confirm(passkey.id, by=village.leader, at=LATER, how="face")
    resolve(village, applicants)


def test_nobody_confirms_an_old_member_whose_recorder_they_opened(village):
    village.approved(form(bunma(**holds())))
    [application] = admissions.waiting(village.fund)
    open_access(village.volunteer, by=village.registrar)
    with pytest.raises(Refusal, match="access"):
        admissions.confirm(application, accepted=True, by=village.registrar, at=LATER)
