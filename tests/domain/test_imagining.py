"""What if: other days and numbers tried out on a member's own case; whatever cannot be read says so and stays as typed."""

from datetime import date

import pytest

from pwa.domain.fund import imagining
from pwa.domain.fund.coverage import Plan
from tests.rights_world import MEMBER, TODAY, VERSIONS

MONTHLY = Plan(3_000, 1, "month", calendar=True)


def tried(code="illness", **typed):
    benefit = VERSIONS[-1].benefits[code]
    return imagining.tried(VERSIONS[-1], benefit, MEMBER, {**imagining.first(MEMBER, benefit), **typed}, MONTHLY)


def test_before_anybody_types_it_is_the_members_own_case():
    """Three nights at 200 baht, paid through 30 Nov 2026."""
    typed = imagining.first(MEMBER, VERSIONS[-1].benefits["illness"])
    assert [typed[f"event_on_{part}"] for part in ("day", "month", "year")] == ["29", "11", "2569"]
    assert [typed[f"paid_through_{part}"] for part in ("day", "month", "year")] == ["30", "11", "2569"]
    assert tried().right.answer.amount_satang == 60_000


def test_thai_digits_and_more_nights_meet_the_limit():
    assert tried(units="๔").right.answer.amount_satang == 60_000
    assert tried(units="2").right.answer.amount_satang == 40_000


def test_the_smallest_step_is_to_pay_before():
    """In hospital until 15 Apr 2027, paid through 30 Nov 2026: beyond 90 days. December to April are five months of 30 baht."""
    trial = tried(event_on_day="15", event_on_month="4", event_on_year="2570")
    assert trial.right.state == "no" and trial.right.answer.amount_satang == 0
    assert (trial.step.satang, trial.step.through) == (15_000, date(2027, 4, 15))
    assert trial.step.right.answer.amount_satang == 60_000


def test_no_step_is_offered_where_paying_does_not_help():
    trial = tried(event_on_day="1", event_on_month="2", event_on_year="2564", joined_on_year="2564")
    assert trial.right.state != "now" and trial.step is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"units": "1e9"}, "units"),
        ({"units": "-1"}, "units"),
        ({"units": "0.005"}, "units"),
        ({"units": "9" * 400}, "units"),
        ({"units": "²"}, "units"),
        ({"event_on_day": "31", "event_on_month": "2"}, "event_on"),
        ({"event_on_day": "29", "event_on_month": "2", "event_on_year": "2569"}, "event_on"),
        ({"event_on_year": "2025"}, "event_on"),
        ({"event_on_year": "1" * 300}, "event_on"),
        ({"paid_through_year": "๒๐๒๖"}, "paid_through"),
        ({"joined_on_year": "abc"}, "joined_on"),
        ({"joined_on_year": "2575"}, "event_on"),
        ({"units": "1,000"}, "units"),
        ({"units": "NaN"}, "units"),
        ({"units": "สาม"}, "units"),
        ({"event_on_day": "๓๑", "event_on_month": "๒"}, "event_on"),
        ({"event_on_day": ""}, "event_on"),
        ({"paid_through_day": "31", "paid_through_month": "4"}, "paid_through"),
        ({"joined_on_day": "0"}, "joined_on"),
        ({"event_on_year": "2500", "joined_on_year": "2490"}, "event_on"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_stays(typed, field):
    trial = tried(**typed)
    assert field in trial.problems and trial.case is None and trial.right is None
    assert {name: trial.typed[name] for name in typed} == typed


@pytest.mark.parametrize("day", ["29", "30"])
def test_the_last_day_of_waiting_and_the_first_of_rights(day):
    """180 days from 2 Jan 2026 are complete on 1 Jul; joined on 1 Jan they are on 30 Jun."""
    joined = {"joined_on_day": "1", "joined_on_month": "1", "joined_on_year": "2569"}
    trial = tried("birth", event_on_day=day, event_on_month="6", event_on_year="2569", **joined)
    assert trial.right.state == ("now" if day == "30" else "later")


def test_an_event_tomorrow_is_answered_and_in_a_leap_year_on_its_day():
    assert tried(event_on_day="30", event_on_month="11", event_on_year="2569").problems == {}
    leap = tried(event_on_day="29", event_on_month="2", event_on_year="2571", paid_through_year="2575")
    assert leap.right.answer is not None and leap.case.event_on == date(2028, 2, 29)


def test_nothing_of_the_members_own_case_changes():
    tried(joined_on_year="2560", units="7")
    assert MEMBER.event_on == TODAY and MEMBER.quantity.value is None
