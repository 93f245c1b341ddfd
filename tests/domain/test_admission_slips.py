"""A registrar takes an own resolution back within ten minutes, while nothing rests on it: who was admitted so never was a member."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Admission, Application, Fund, Membership, Person, TakingBack
from pwa.domain import NotFound, Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import members, memberships, tables
from pwa.domain.review import admission_slips, admissions, counter_decisions, review
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form, holds

LATER = MORNING + timedelta(hours=50)
SOON, NEXT = LATER + timedelta(minutes=9), LATER + timedelta(minutes=11)
SITTING = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 21)}
ON = date(2026, 11, 22)


@pytest.fixture
def hamlet(app):
    return Hamlet()


@pytest.fixture
def homes(hamlet):
    """Three houses, in each of them one บุญมา who applies."""
    found = [uuid.uuid4() for _ in range(3)]
    for n, home in enumerate(found):
        hamlet.approved(form(bunma(first_name=f"บุญมา{n}", **applies()), number=str(n)), subject=home, hours=n)
    return found


def resolve(hamlet, asked=None, accepted=True, at=LATER, by=None, **more):
    asked = admissions.waiting(hamlet.fund) if asked is None else asked
    admissions.resolve(hamlet.fund, asked, accepted=accepted, by=by or hamlet.registrar, at=at, **(SITTING | more))
    return Admission.select().where(Admission.fund == hamlet.fund).order_by(Admission.id.desc()).first()


def take_back(hamlet, made, by=None, at=SOON, **about):
    about = about or {"fund": hamlet.fund}
    admission_slips.take_back(made.id, by=by or hamlet.registrar, at=at, **about)


def standing(home, on=ON):
    [one] = members.standings(Person.get(Person.household == home), on=on)
    return one.state, one.membership and one.membership.number


def numbers(hamlet):
    joined = Membership.select(Membership.number).where(Membership.fund == hamlet.fund).order_by(Membership.number)
    return [number for (number,) in joined.tuples()]


def test_all_that_were_admitted_in_one_go_never_were_members(hamlet, homes):
    made = resolve(hamlet)
    assert [standing(home) for home in homes] == [("waiting", f"VF-000{n}") for n in (1, 2, 3)]
    take_back(hamlet, made)
    assert [standing(home) for home in homes] == [("applicant", None)] * 3
    assert len(admissions.waiting(hamlet.fund)) == admissions.count(hamlet.fund) == 3
    assert memberships.of(units.get("V1A")) == []
    found = members.standings_of(Person.select(Person.id).where(Person.household.in_(homes)), on=ON)
    assert {one.state for held in found.values() for one in held} == {"applicant"}
    assert TakingBack.select().where(TakingBack.kind == "admission").count() == 3
    assert promises.check() == []


def test_they_are_admitted_anew_with_other_numbers(hamlet, homes):
    take_back(hamlet, resolve(hamlet))
    resolve(hamlet, at=SOON, meeting="9/2569")
    assert numbers(hamlet) == [f"VF-000{n}" for n in range(1, 7)]
    assert [standing(home) for home in homes] == [("waiting", f"VF-000{n}") for n in (4, 5, 6)]
    assert {row.turn for row in Membership.select().where(Membership.number.in_(["VF-0004", "VF-0005"]))} == {1}
    assert promises.check() == []


def test_it_may_be_recorded_again_just_so(hamlet, homes):
    for n in range(3):
        at = LATER + timedelta(minutes=n)
        take_back(hamlet, resolve(hamlet, at=at), at=at)
    resolve(hamlet, at=SOON)
    assert [standing(home)[0] for home in homes] == ["waiting"] * 3
    assert promises.check() == []


def test_one_of_many_is_taken_back_alone_and_then_the_others(hamlet, homes):
    made = resolve(hamlet)
    one = admissions.get(Application.get(Application.person == made.person).id, seen_by=hamlet.registrar)
    take_back(hamlet, made, application=one)
    assert sorted(standing(home)[0] for home in homes) == ["applicant", "waiting", "waiting"]
    said = admission_slips.last(hamlet.registrar, at=SOON)
    assert len(said.people) == 2
    take_back(hamlet, made, at=SOON)
    assert [standing(home)[0] for home in homes] == ["applicant"] * 3
    [kept] = admission_slips.history(one)
    assert (kept.id, kept.back.account, kept.back.at) == (made.id, hamlet.registrar.id, SOON)


def test_who_was_not_admitted_waits_again(hamlet, homes):
    take_back(hamlet, resolve(hamlet, accepted=False, reason="อยู่นอกเขต"))
    assert [standing(home) for home in homes] == [("applicant", None)] * 3
    resolve(hamlet, at=SOON)
    assert [standing(home)[0] for home in homes] == ["waiting"] * 3


def test_an_old_member_is_confirmed_by_mistake_and_the_right_one_gets_the_number(hamlet):
    first, second = uuid.uuid4(), uuid.uuid4()
    hamlet.approved(form(bunma(**holds())), subject=first)
    hamlet.approved(form(bunma(first_name="มาลัย", **holds()), number="7"), subject=second, hours=2)
    wrong, right = admissions.waiting(hamlet.fund)
    admissions.confirm(wrong, accepted=True, by=hamlet.registrar, at=LATER)
    take_back(hamlet, Admission.get(Admission.person == wrong.person), application=wrong)
    admissions.confirm(right, accepted=True, by=hamlet.registrar, at=SOON)
    assert (standing(first), standing(second)) == (("claimed", None), ("entitled", "02-0147"))
    assert {row.number_turn for row in Membership.select().where(Membership.number == "02-0147")} == {0, 1}
    with pytest.raises(Refusal, match="already"):
        admissions.confirm(wrong, accepted=True, by=hamlet.registrar, at=SOON)


def test_twice_changes_nothing_and_an_old_page_undoes_nothing_new(hamlet, homes):
    made = resolve(hamlet)
    take_back(hamlet, made)
    take_back(hamlet, made)
    assert TakingBack.select().where(TakingBack.kind == "admission").count() == 3
    resolve(hamlet, at=SOON, meeting="9/2569")
    take_back(hamlet, made)
    assert [standing(home)[0] for home in homes] == ["waiting"] * 3


def test_it_is_nobody_elses_and_not_later(hamlet, homes):
    made = resolve(hamlet)
    second = accounts.add("v-registrar-2", name="สอง", unit=units.get("VN"), role="registrar", at=MORNING)
    for refused, about in (
        (admission_slips.OTHERS, dict(by=second)),
        (admission_slips.LATE, dict(at=LATER + timedelta(minutes=10, seconds=1))),
    ):
        with pytest.raises(Refusal) as said:
            take_back(hamlet, made, **about)
        assert said.value.message == refused
    take_back(hamlet, made)
    with pytest.raises(Refusal):
        take_back(hamlet, made, by=second)


def test_it_is_of_this_fund_and_this_person(hamlet, homes):
    made = resolve(hamlet)
    other = Application.get(Application.person == tables.person_id(homes[0], BUNMA))
    another = other if made.person != other.person else Application.get(Application.person != made.person)
    for about in ({"application": another}, {"fund": Fund.get(code="F1")}):
        with pytest.raises(NotFound):
            take_back(hamlet, made, **about)
    with pytest.raises(NotFound):
        admission_slips.take_back(10**9, by=hamlet.registrar, at=SOON, fund=hamlet.fund)


def rests_a_visit(hamlet, home):
    hamlet.visit(form(bunma(nickname="มา", **applies())), subject=home, base=1, hours=50.1)


def rests_a_correction(hamlet, home):
    person = tables.person_id(home, BUNMA)
    member = accounts.add("v-member", name="บุญมา", unit=hamlet.town, at=MORNING, person=person)
    said = {"path": f"people.{BUNMA}.birth_date", "person": BUNMA, "statement": "เกิดวันที่ 21"}
    Phone(member, at=MORNING).record("correction", said, subject=home, at=LATER + timedelta(minutes=1))


def rests_an_approval(hamlet, home):
    review.approve(hamlet.early, by=hamlet.leader, at=LATER + timedelta(minutes=1))


def rests_a_counter_decision(hamlet, home):
    review.approve(hamlet.early, by=hamlet.leader, at=LATER - timedelta(minutes=2))
    counter_decisions.undo(hamlet.early, by=hamlet.second, at=LATER + timedelta(minutes=1), reason="กดผิด")


def rests_paper(hamlet, home):
    members.view(Person.get(Person.household == home), by=hamlet.leader, at=LATER, purpose="print")


RESTS = {
    rests_a_visit: admission_slips.VISITED,
    rests_a_correction: admission_slips.VISITED,
    rests_an_approval: admission_slips.VISITED,
    rests_a_counter_decision: admission_slips.VISITED,
    rests_paper: admission_slips.PRINTED,
}


@pytest.mark.parametrize("rest", RESTS)
def test_what_something_rests_on_stays_and_its_name_is_said(hamlet, homes, rest):
    hamlet.early = hamlet.visit(
        form(bunma(first_name="บุญมา1", nickname="มา", **applies()), number="1"), subject=homes[1], base=1, hours=9
    )
    made = resolve(hamlet)
    rest(hamlet, homes[1])
    with pytest.raises(Refusal) as refused:
        take_back(hamlet, made)
    assert (refused.value.message, refused.value.values["name"]) == (RESTS[rest], "นางบุญมา1 ใจงาม")
    assert [standing(home)[0] for home in homes] == ["waiting"] * 3
    said = admission_slips.last(hamlet.registrar, at=SOON)
    assert said.objection.message == RESTS[rest]
    rest_free = Application.get(Application.person == tables.person_id(homes[0], BUNMA))
    made = Admission.get(Admission.person == rest_free.person)
    take_back(hamlet, made, application=rest_free)
    assert standing(homes[0]) == ("applicant", None)


def test_a_further_word_on_the_same_person_keeps_the_one_before(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**applies())), subject=home)
    [application] = admissions.waiting(hamlet.fund)
    refusal = resolve(hamlet, accepted=False, reason="ยังไม่ครบ")
    hamlet.approved(form(bunma(**holds())), subject=home, base=1, hours=1)
    claim = next(one for one in admissions.waiting(hamlet.fund) if one.kind == "existing")
    admissions.confirm(claim, accepted=True, by=hamlet.registrar, at=LATER + timedelta(minutes=1))
    with pytest.raises(Refusal) as refused:
        take_back(hamlet, refusal)
    assert refused.value.message == admission_slips.AGAIN
    assert application.person == claim.person


def test_what_merely_looks_at_it_does_not_hold_it(hamlet, homes):
    made, person = resolve(hamlet), Person.get(Person.household == homes[0])
    members.view(person, by=hamlet.leader, at=LATER, purpose="show")
    accounts.of_member(person, by=hamlet.registrar, at=LATER)
    take_back(hamlet, made)


def test_what_was_recorded_last_and_what_was_taken_back_is_known_for_ten_minutes(hamlet, homes):
    asked = admissions.waiting(hamlet.fund)
    assert admission_slips.last(hamlet.registrar, at=LATER) is None
    resolve(hamlet, asked[:1], accepted=False, reason="ยังไม่ครบ")
    made = resolve(hamlet, asked[1:], at=LATER + timedelta(minutes=1))
    said = admission_slips.last(hamlet.registrar, at=LATER + timedelta(minutes=11))
    assert (said.made.accepted, [name for name, _ in said.people]) == (True, ["นางบุญมา1 ใจงาม", "นางบุญมา2 ใจงาม"])
    assert [application for _, application in said.people] == [one.id for one in asked[1:]]
    assert said.until == LATER + timedelta(minutes=11) and said.objection is None
    assert admission_slips.last(hamlet.registrar, at=LATER + timedelta(minutes=12)) is None
    assert admission_slips.last(hamlet.leader, at=LATER) is None
    assert admission_slips.taken(hamlet.registrar, at=SOON) is None
    take_back(hamlet, made)
    assert len(admission_slips.taken(hamlet.registrar, at=SOON).people) == 2
    assert admission_slips.taken(hamlet.registrar, at=SOON + timedelta(minutes=11)) is None
    assert admission_slips.last(hamlet.registrar, at=SOON).made.accepted is False
    resolve(hamlet, asked[1:], at=SOON + timedelta(seconds=1), meeting="9/2569")
    assert admission_slips.taken(hamlet.registrar, at=SOON + timedelta(minutes=1)) is None
