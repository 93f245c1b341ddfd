"""Standing by hand: terms, ends, arrears and waiting in their order, and against somebody slow."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pwa.domain.fund import benefits, coverage, standing, tenure
from pwa.domain.fund.case import Fact, Step
from pwa.domain.fund.coverage import Brought, Plan
from pwa.domain.fund.standing import Rules, Suspension
from pwa.domain.fund.tenure import End, Term
from tests import rules_at_hand, slow_cover

ONE = timedelta(days=1)
PLANS = [(date.min, Plan(3000, 1, "month"))]
RULES = Rules(waiting=(180, "day"), lapse=(90, "day"))


def day(text):
    return date.fromisoformat(text)


def paid(through, start="2026-01-15"):
    return coverage.cover(due_from=day(start), plans=PLANS, brought=Brought(day(through), "passbook"), on=date.max)


def told(on, *, through="2030-12-31", ends=(), rules=RULES, start="2026-01-15", **more):
    term = Term(day(start), day(start), tuple(ends))
    covered = paid(through, start) if through else None
    return standing.of([term], rules=rules, on=day(on), covered=covered, plans=PLANS, **more)


@pytest.mark.parametrize(
    ("on", "through", "expected"),
    [
        ("2026-01-15", "2026-02-14", "waiting"),
        ("2026-07-13", "2026-12-31", "waiting"),
        ("2026-07-14", "2026-12-31", "active"),
        ("2026-07-14", "2026-07-13", "arrears"),
        ("2026-02-15", "2026-02-14", "arrears"),
        ("2026-02-14", "2026-02-14", "waiting"),
        ("2026-07-13", None, "waiting"),
        ("2026-07-14", None, "active"),
    ],
)
def test_it_waits_owes_or_has_rights(on, through, expected):
    assert told(on, through=through).standing == expected


def test_without_a_waiting_time_nobody_waits_and_without_a_first_payment_everybody():
    assert told("2026-01-15", rules=Rules()).standing == "active"
    unpaid = Term(day("2026-01-15"), None)
    found = standing.of([unpaid], rules=Rules(), on=day("2029-01-01"), covered=None)
    assert (found.standing, found.tenure_from, found.joined_on) == ("waiting", None, day("2026-01-15"))


def test_the_lapse_is_told_and_the_standing_stays_arrears():
    """Unpaid for more than 90 days: paid through 14 February, so the 91st unpaid day is 16 May."""
    for on, days, owed in (("2026-05-15", 90, 12000), ("2026-05-16", 91, 12000), ("2027-01-01", 321, 33000)):
        found = told(on, through="2026-02-14")
        assert (found.standing, found.lapse_due_on) == ("arrears", day("2026-05-16"))
        assert (found.arrears_days, found.arrears_satang) == (days, owed)
    assert told("2026-05-16", through="2026-02-14", rules=Rules()).lapse_due_on is None
    assert told("2026-05-16", through=None).lapse_due_on is None
    months = Rules(lapse=(3, "month"))
    assert told("2026-05-16", through="2026-02-14", rules=months).lapse_due_on == day("2026-05-15")


def test_the_weightiest_end_is_told_from_its_day():
    ends = [End(day("2026-03-01"), "resigned"), End(day("2026-09-01"), "deceased")]
    assert told("2026-02-28", ends=ends).standing == "waiting"
    for on, expected in (("2026-03-01", "resigned"), ("2026-08-31", "resigned"), ("2026-09-01", "deceased")):
        found = told(on, ends=ends)
        assert (found.standing, found.periods[0].left, found.periods[0].why) == (
            expected,
            day("2026-03-01"),
            "resigned",
        )


@pytest.mark.parametrize("why", tenure.ENDS)
def test_what_is_owed_does_not_grow_after_the_end(why):
    found = told("2029-01-01", through="2026-02-14", ends=[End(day("2026-03-15"), why)])
    assert (found.standing, found.arrears_days, found.arrears_satang) == (why, 28, 3000)
    assert found.lapse_due_on is None


def test_a_suspension_stands_before_arrears():
    there = [Suspension(day("2026-03-01"), day("2026-03-31"))]
    for on, expected in (("2026-02-28", "arrears"), ("2026-03-01", "suspended"), ("2026-04-01", "arrears")):
        assert told(on, through="2026-02-14", suspensions=there).standing == expected
    assert told("2029-01-01", suspensions=[Suspension(day("2026-03-01"))]).standing == "suspended"
    died = [End(day("2026-03-05"), "deceased")]
    assert told("2026-03-05", suspensions=there, ends=died).standing == "deceased"


@given(st.dates(day("2024-01-01"), day("2028-12-31")), st.integers(1, 120), st.sampled_from(["day", "month", "year"]))
def test_the_day_of_the_lapse_is_the_engines(through, n, unit):
    """On the day before, the engine's condition holds; on the day itself it does not."""
    n = min(n, 5) if unit == "year" else n
    version = rules_at_hand.version(settings={"lapse": rules_at_hand.rule(n, unit)})
    due = standing.lapse_due_on(through, (n, unit))
    for on, holds in ((due - ONE, True), (due, False)):
        case = rules_at_hand.case(on.isoformat(), coverage=Fact((Step(date.min, through),)))
        told = {one.code: one.passed for one in benefits.outcome(version, "gift", case).conditions}
        assert told["lapse"] is holds


FIRST = Term(day("2020-01-01"), day("2020-01-01"), (End(day("2022-01-01"), "resigned"),))
AGAIN = Term(day("2024-06-01"), day("2024-06-01"))


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("new", "2024-06-01"), (None, "2024-06-01"), ("continue", "2020-01-01"), ("sum", "2022-06-01")],
)
def test_who_came_back_counts_as_the_fund_says(restart, expected):
    """Two years of before are 731 days: 2020 had 366."""
    assert tenure.tenure_from([FIRST, AGAIN], restart) == day(expected)
    found = standing.of([AGAIN, FIRST], rules=Rules(restart=restart), on=day("2025-01-01"), covered=None)
    assert (found.tenure_from, found.joined_on, found.standing) == (day(expected), day("2024-06-01"), "active")
    assert [(one.joined, one.left) for one in found.periods] == [
        (day("2020-01-01"), day("2022-01-01")),
        (day("2024-06-01"), None),
    ]
    before = standing.of([FIRST, AGAIN], rules=Rules(restart=restart), on=day("2023-01-01"), covered=None)
    assert (before.standing, before.tenure_from) == ("resigned", day("2020-01-01"))


def test_no_other_rule_is_guessed():
    with pytest.raises(ValueError):
        tenure.tenure_from([FIRST, AGAIN], "maybe")


DAYS = st.dates(day("2025-12-01"), day("2028-12-31"))


@settings(max_examples=150, deadline=None)
@given(DAYS, st.none() | DAYS, st.lists(st.tuples(DAYS, st.sampled_from(tenure.ENDS)), max_size=3), DAYS)
def test_it_agrees_with_somebody_who_asks_one_by_one(start, through, ends, on):
    on = max(start, on)
    ends = [(max(start, when), why) for when, why in ends]
    found = told(
        on.isoformat(),
        start=start.isoformat(),
        through=through and through.isoformat(),
        ends=[End(when, why) for when, why in ends],
    )
    come = [(when, why) for when, why in ends if when <= on]
    days, _ = slow_cover.days_paid(start, PLANS, [], [], through, on)
    last = slow_cover.paid_through(start, days) if through else None
    expected = "active"
    if on < start + timedelta(180):
        expected = "waiting"
    if last and last < on:
        expected = "arrears"
    for why in reversed("deceased expelled resigned transferred lapsed".split()):
        if why in {reason for _, reason in come}:
            expected = why
    assert found.standing == expected
    until = min([on, *(when - ONE for when, _ in come)])
    assert found.arrears_days == (max((until - last).days, 0) if last else 0)
    assert found.arrears_satang == (slow_cover.owed(start, PLANS, days, until) if last else 0)
