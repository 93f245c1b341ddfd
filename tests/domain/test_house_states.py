"""Which houses a fund covers: counted by hand, and again over the whole demo village from what the entries said."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest

from db.models import Fact, Household, Membership, MembershipAct, Person, Unit
from pwa import web
from pwa.domain.fieldwork import assignments, kits
from pwa.domain.fund import house_states, membership_acts
from pwa.domain.people import accounts, takings_back
from pwa.domain.places import units
from pwa.domain.register import tables
from pwa.domain.text.dates import BANGKOK
from tests.hamlets import MORNING, Hamlet, applies, bunma, form, holds, mali
from tests.sent_out import DAY, TODAY

VISITS = {
    "covered": form(bunma(), mali(**holds())),
    "other_fund": form(bunma(other_fund="yes", other_fund_name="กองทุนหมู่บ้าน"), mali(other_fund="no")),
    "not": form(bunma(other_fund="no"), mali(other_fund="unknown"), outcome="not_ready"),
    "unknown": form(outcome="absent"),
}


@pytest.fixture
def hamlet(app):
    return Hamlet()


def counted(*codes, on=TODAY):
    return {one.unit.code: one for one in house_states.counts([units.get(code) for code in codes], on=on)}


def test_each_state_by_what_was_said_at_the_door(hamlet):
    for number, (state, payload) in enumerate(VISITS.items(), start=1):
        subject = uuid.uuid4()
        hamlet.approved(payload | {"house": {"number": str(number)}}, subject=subject)
        assert [house.id for house in house_states.houses(units.get("V1A"), state, on=TODAY)] == [subject]
    one = counted("V1A", "V1B")["V1A"]
    assert one.states == dict.fromkeys(house_states.STATES, 1) and one.whys == {"not_ready": 1}
    assert house_states.uncovered([units.get("V1A")], on=TODAY) == {
        row.id
        for row in Household.select().where(Household.place == units.get("V1A"), Household.number.in_(("3", "4")))
    }


@pytest.mark.parametrize(
    ("payload", "state"),
    [
        (form(bunma(other_fund="yes", gone="moved"), mali(other_fund="no")), "not"),
        (form(bunma(gone="died", **holds()), mali()), "not"),
        (form(bunma(**applies()), mali()), "not"),
        (form(mali(other_fund="yes"), bunma(**holds())), "covered"),
        (form(outcome="refused"), "not"),
    ],
)
def test_who_is_gone_or_only_applies_covers_no_house(hamlet, payload, state):
    hamlet.approved(payload)
    assert counted("V1A")["V1A"].states == dict.fromkeys(house_states.STATES, 0) | {state: 1}


def test_a_later_visit_changes_the_state_and_the_form_of_before_is_still_taken(hamlet):
    subject = uuid.uuid4()
    hamlet.approved(form(bunma(), mali()), subject=subject)
    assert counted("V1A")["V1A"].states["not"] == 1
    hamlet.approved(form(bunma(other_fund="yes"), mali()), subject=subject, base=1, hours=2)
    assert counted("V1A")["V1A"].states["other_fund"] == 1


def test_who_is_in_another_fund_is_counted_where_that_fund_is_known_by_name(hamlet):
    subject = uuid.uuid4()
    people = [
        bunma(other_fund="yes", other_fund_name="กองทุน  ออมบุญบ้านเหนือ"),
        mali(other_fund="yes", other_fund_name="กองทุนต่างจังหวัด"),
        mali(id=str(uuid.uuid4()), first_name="สมชาย", other_fund="yes"),
        mali(id=str(uuid.uuid4()), first_name="สมหมาย", other_fund="no"),
    ]
    hamlet.approved(form(*people), subject=subject)
    here = Person.select(Person.id).where(Person.household == subject)
    assert house_states.joined_elsewhere(here, ["กองทุนออมบุญบ้านเหนือ"]) == 1
    assert house_states.joined_elsewhere(here, ["กองทุนอื่น"]) == 0


def test_a_member_covers_until_the_membership_ends_and_again_after_coming_back(app):
    member = Membership.select().where(takings_back.standing(Membership)).order_by(Membership.number).first()
    home = Household.get_by_id(Person.get_by_id(member.person).household_id)
    by, at = accounts.named("registrar"), web.system_clock()
    on = at.astimezone(BANGKOK).date()
    others = Membership.select().where(
        Membership.person.in_(Person.select(Person.id).where(Person.household == home.id)), Membership.id != member.id
    )
    for other in others:
        membership_acts.end(other, why="deceased", first=on, by=by, at=at)

    def is_covered(day):
        return home.id in {house.id for house in house_states.houses(home.place, "covered", on=day)}

    assert is_covered(on)
    ended = membership_acts.end(member, why="deceased", first=on, by=by, at=at)
    assert not is_covered(on) and is_covered(on - timedelta(days=1))
    membership_acts.undo(ended, reason="ลงผิดคน", by=by, at=at, on=on)
    assert is_covered(on)


def test_the_whole_village_counted_again_by_other_means(app):
    on = web.system_clock().astimezone(BANGKOK).date()
    said = {}
    for row in Fact.select():
        said.setdefault(row.subject, {})[row.path] = tables.unsealed(row)
    ended = {row.membership_id for row in MembershipAct.select().where(MembershipAct.kind == "end")}
    members = {row.person for row in Membership.select() if row.id not in ended and row.admission_id}
    expected = {}
    for home in Household.select():
        facts = said.get(home.id, {})
        here = {path.split(".")[1] for path in facts if path.startswith("people.")}
        here = {one for one in here if not facts.get(f"people.{one}.gone")}
        ids = {tables.person_id(home.id, one) for one in here}
        passbooks = {one for one in here if facts.get(f"people.{one}.membership") == "member"}
        if ids & members or passbooks:
            state = "covered"
        elif any(facts.get(f"people.{one}.other_fund") == "yes" for one in here):
            state = "other_fund"
        else:
            state = "unknown" if facts.get("visit.outcome") in (None, "absent") else "not"
        expected.setdefault(home.place_id, Counter())[state] += 1
    places = list(Unit.select().where(Unit.kind == "community"))
    told = {one.unit.id: {s: n for s, n in one.states.items() if n} for one in house_states.counts(places, on=on)}
    assert told == {place: dict(count) for place, count in expected.items()}


def test_a_round_to_houses_without_a_fund_marks_them_in_the_kit_until_they_are_covered(hamlet):
    for number, payload in enumerate(VISITS.values(), start=1):
        hamlet.approved(payload | {"house": {"number": str(number)}})
    about = dict(starts_on=TODAY, ends_on=TODAY + 6 * DAY, by=hamlet.leader, at=MORNING, on=TODAY)
    assignments.give(hamlet.volunteer, [units.get("V1A")], **about)
    plain = kits.download(hamlet.volunteer, on=TODAY, at=MORNING)
    assert not any("uncovered" in one for one in plain["households"])
    assignments.give(hamlet.volunteer, [units.get("V1A")], **about | {"at": MORNING + DAY}, aim=assignments.UNCOVERED)
    kit = kits.download(hamlet.volunteer, on=TODAY, at=MORNING)
    assert [one["house"]["number"] for one in kit["households"] if one.get("uncovered")] == ["3", "4"]
    third = next(one for one in kit["households"] if one["house"]["number"] == "3")
    hamlet.approved(form(bunma(), mali(**holds())), subject=uuid.UUID(third["id"]), base=1, hours=3)
    later = kits.download(hamlet.volunteer, on=TODAY, at=MORNING, since=kit["cursor"])
    [changed] = [one for one in later["households"] if one["id"] == third["id"]]
    assert "uncovered" not in changed
