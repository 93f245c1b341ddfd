"""Coverage by hand, and against somebody slow who walks day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pwa.domain.fund import coverage
from pwa.domain.fund.coverage import Brought, Grant, Line, Plan
from pwa.domain.fund.runs import Runs
from tests import slow_cover

MONTH, YEAR, BAHT = Plan(3000, 1, "month"), Plan(36500, 1, "year"), Plan(100, 1, "day")
QUARTER, WHOLE = Plan(9000, 3, "month"), Plan(3000, 1, "month", True)
START = date(2026, 1, 15)


def day(text):
    return date.fromisoformat(text)


def through(plan, *money, start=START, on="2030-01-01", **more):
    lines = [Line(day(paid), baht * 100, f"M1-{n}") for n, (paid, baht) in enumerate(money, 1)]
    plans = plan if isinstance(plan, list) else [(date.min, plan)]
    return coverage.cover(due_from=start, plans=plans, lines=lines, on=day(on), **more)


@pytest.mark.parametrize(
    ("plan", "start", "baht", "expected", "rest"),
    [
        (MONTH, "2026-01-15", 0, "2026-01-14", 0),
        (MONTH, "2026-01-15", 29, "2026-01-14", 29),
        (MONTH, "2026-01-15", 30, "2026-02-14", 0),
        (MONTH, "2026-01-15", 95, "2026-04-14", 5),
        (MONTH, "2026-01-31", 30, "2026-02-28", 0),
        (MONTH, "2026-01-31", 60, "2026-03-31", 0),
        (YEAR, "2026-01-15", 365, "2027-01-14", 0),
        (YEAR, "2024-01-15", 366, "2025-01-14", 1),
        (YEAR, "2024-02-29", 365, "2025-02-28", 0),
        (Plan(36000, 1, "year"), "2026-01-15", 360, "2027-01-14", 0),
        (BAHT, "2026-01-15", 360, "2027-01-09", 0),
        (BAHT, "2024-01-15", 366, "2025-01-14", 0),
        (QUARTER, "2026-11-30", 90, "2027-02-28", 0),
        (WHOLE, "2026-01-15", 30, "2026-01-31", 0),
        (WHOLE, "2026-01-15", 60, "2026-02-28", 0),
        (Plan(9000, 3, "month", True), "2026-01-15", 90, "2026-03-31", 0),
        (Plan(36000, 1, "year", True), "2026-01-15", 360, "2026-12-31", 0),
    ],
)
def test_it_buys_what_the_plan_says(plan, start, baht, expected, rest):
    covered = through(plan, ("2026-01-15", baht), start=day(start))
    assert (covered.paid_through, covered.rest_satang) == (day(expected), rest * 100)


def test_a_period_is_paid_on_the_day_of_its_last_satang():
    covered = through(MONTH, ("2026-01-15", 15), ("2026-03-02", 15), ("2026-03-09", 45))
    [first, second] = covered.stretches
    assert (first.first, first.last, first.paid_on) == (day("2026-01-15"), day("2026-02-14"), day("2026-03-02"))
    assert (second.last, second.paid_on, covered.rest_satang) == (day("2026-03-14"), day("2026-03-09"), 1500)


def test_only_what_was_paid_by_the_day_counts():
    money = ("2026-01-15", 30), ("2026-06-01", 300)
    assert through(MONTH, *money, on="2026-05-31").paid_through == day("2026-02-14")
    assert through(MONTH, *money, on="2026-06-01").paid_through == day("2026-12-14")


def test_days_begun_under_one_plan_end_under_it():
    plans = [(date.min, MONTH), (day("2026-02-01"), Plan(5000, 1, "month"))]
    assert through(plans, ("2026-01-15", 30)).paid_through == day("2026-02-14")
    assert through(plans, ("2026-01-15", 79)).paid_through == day("2026-02-14")
    assert through(plans, ("2026-01-15", 80)).paid_through == day("2026-03-14")
    daily = [(date.min, BAHT), (day("2026-01-20"), MONTH)]
    assert through(daily, ("2026-01-15", 34)).paid_through == day("2026-01-19")
    assert through(daily, ("2026-01-15", 35)).paid_through == day("2026-02-19")


def test_an_old_book_counts_to_the_day_before_the_cut_over():
    old = Brought(day("2026-12-31"), "passbook")
    assert through(MONTH, brought=old).paid_through == day("2026-12-31")
    covered = through(MONTH, ("2026-07-02", 30), brought=old, cut_over=day("2026-07-01"))
    assert [(one.kind, one.first, one.last) for one in covered.stretches] == [
        ("brought", START, day("2026-06-30")),
        ("receipt", day("2026-07-01"), day("2026-07-31")),
    ]
    assert through(MONTH, brought=Brought(day("2026-01-14"), "passbook")).paid_through == day("2026-01-14")


def test_an_overlap_shortens_the_old_book_and_never_the_receipt():
    old = Brought(day("2026-06-14"), "passbook")
    said = Line(day("2026-06-01"), 9000, "M1-1", covers_from=day("2026-05-15"))
    covered = through(MONTH, brought=old)
    assert covered.paid_through == day("2026-06-14")
    covered = coverage.cover(due_from=START, plans=[(date.min, MONTH)], lines=[said], brought=old, on=day("2026-12-01"))
    assert [(one.kind, one.first, one.last) for one in covered.stretches] == [
        ("brought", START, day("2026-05-14")),
        ("receipt", day("2026-05-15"), day("2026-06-14")),
        ("receipt", day("2026-06-15"), day("2026-07-14")),
        ("receipt", day("2026-07-15"), day("2026-08-14")),
    ]


def test_a_receipt_of_days_in_the_middle_of_the_old_book_moves_nothing():
    old = Brought(day("2026-06-14"), "passbook")
    said = Line(day("2026-03-01"), 3000, "M1-1", covers_from=day("2026-03-15"))
    covered = coverage.cover(due_from=START, plans=[(date.min, MONTH)], lines=[said, said], brought=old, on=date.max)
    assert covered.paid_through == day("2026-06-14")
    assert [one.kind for one in covered.stretches] == ["brought", "receipt", "receipt", "brought"]


def test_exempt_days_are_nobodys_debt_and_no_money_is_spent_on_them():
    free = Grant(day("2026-02-15"), day("2026-03-14"), "exempt", "resolution 3/1/2569")
    covered = through(MONTH, ("2026-01-15", 60), grants=[free])
    assert covered.paid_through == day("2026-04-14")
    later = Grant(day("2026-03-15"), day("2026-04-14"), "exempt", "resolution 3/2/2569", day("2026-03-20"))
    plans = [(date.min, MONTH)]
    for on, days, owed in (("2026-03-19", 33, 6000), ("2026-03-20", 34, 3000), ("2026-05-01", 76, 6000)):
        covered = through(MONTH, ("2026-01-15", 30), grants=[later], on=on)
        assert coverage.arrears_days(covered.paid_through, day(on)) == days
        assert coverage.arrears_satang(covered, plans, day(on)) == owed


@pytest.mark.parametrize(
    ("on", "days", "owed"),
    [("2026-02-13", 0, 0), ("2026-02-14", 0, 0), ("2026-02-15", 1, 30), ("2026-03-14", 28, 30), ("2026-03-15", 29, 60)],
)
def test_what_is_owed_are_whole_periods_that_began(on, days, owed):
    covered = through(MONTH, ("2026-01-15", 30))
    assert coverage.arrears_days(covered.paid_through, day(on)) == days
    assert coverage.arrears_satang(covered, [(date.min, MONTH)], day(on)) == owed * 100


def test_without_a_plan_money_buys_nothing_and_the_old_book_counts():
    """A regulation that was published without its plans is put in force as it is."""
    about = dict(due_from=date(2026, 1, 1), plans=(), on=date(2026, 9, 1))
    lines = [Line(date(2026, 6, 1), 30_00, "M1/1")]
    held = coverage.cover(brought=Brought(date(2026, 5, 31), "สมุด"), lines=lines, **about)
    assert (held.paid_through, held.rest_satang) == (date(2026, 5, 31), 30_00)


def test_a_hundred_million_days_end_with_the_calendar():
    covered = through(BAHT, ("2026-01-15", 10**9))
    assert covered.paid_through == date(9999, 12, 30)
    assert covered.rest_satang > 0


@pytest.mark.parametrize("plan", [Plan(0, 1, "month"), Plan(3000, 0, "month"), Plan(-1, 1, "day")])
def test_a_plan_asks_for_money_and_for_a_time(plan):
    with pytest.raises(ValueError):
        through(plan, ("2026-01-15", 30))


PLANS = st.sampled_from([MONTH, YEAR, BAHT, QUARTER, WHOLE, Plan(700, 7, "day"), Plan(36000, 1, "year", True)])
DAYS = st.dates(day("2025-12-01"), day("2028-12-31"))
MONEY = st.lists(st.tuples(DAYS, st.sampled_from([500, 1500, 3000, 9000, 36500])), max_size=6)
GRANTS = st.lists(st.tuples(DAYS, st.integers(-3, 200)), max_size=2)


@settings(max_examples=120, deadline=None)
@given(DAYS, st.lists(st.tuples(DAYS, PLANS), min_size=1, max_size=3), MONEY, GRANTS, st.none() | DAYS, DAYS)
def test_it_agrees_with_somebody_who_walks_day_by_day(start, dated, money, free, old, on):
    plans = sorted({first: plan for first, plan in dated}.items())
    lines = [Line(paid, amount, f"M1-{n:02d}") for n, (paid, amount) in enumerate(money)]
    grants = [Grant(first, first + timedelta(length), "exempt", f"r{n}") for n, (first, length) in enumerate(free)]
    brought = Brought(old, "passbook") if old else None
    covered = coverage.cover(due_from=start, plans=plans, lines=lines, grants=grants, brought=brought, on=on)
    told = [(line.counts_on, line.amount_satang, line.source) for line in lines]
    told.sort(key=lambda line: (line[0], line[2]))
    days, rest = slow_cover.days_paid(start, plans, told, [grant[:2] for grant in grants], old, on)
    assert covered.rest_satang == rest
    assert covered.paid_through == slow_cover.paid_through(start, days)
    assert {one: (run.kind, run.paid_on) for run in covered.stretches for one in every(run)} == days
    assert sum((run.last - run.first).days + 1 for run in covered.stretches) == len(days), "a day is covered once"
    assert coverage.arrears_satang(covered, plans, on) == slow_cover.owed(start, plans, days, on)


def every(run):
    return [run.first + timedelta(n) for n in range((run.last - run.first).days + 1)]


@settings(deadline=None)
@given(PLANS, MONEY, st.randoms(use_true_random=False))
def test_the_order_of_recording_changes_nothing(plan, money, chance):
    lines = [Line(paid, amount, f"M1-{n:02d}") for n, (paid, amount) in enumerate(money)]
    mixed = chance.sample(lines, len(lines))
    once, again = [
        coverage.cover(due_from=START, plans=[(date.min, plan)], lines=some, on=date.max) for some in (lines, mixed)
    ]
    assert once == again


@settings(deadline=None)
@given(PLANS, MONEY, DAYS, st.integers(1, 90))
def test_more_money_and_a_later_day_never_cover_less(plan, money, on, later):
    lines = [Line(paid, amount, f"M1-{n:02d}") for n, (paid, amount) in enumerate(money)]
    plans = [(date.min, plan)]
    less = coverage.cover(due_from=START, plans=plans, lines=lines[1:], on=on).paid_through
    more = coverage.cover(due_from=START, plans=plans, lines=lines, on=on).paid_through
    assert (
        less <= more <= coverage.cover(due_from=START, plans=plans, lines=lines, on=on + timedelta(later)).paid_through
    )


@given(st.lists(st.tuples(DAYS, st.integers(-2, 60)), max_size=8), DAYS)
def test_runs_are_the_days_that_were_added(added, asked):
    runs, days = Runs(), set()
    for first, length in added:
        runs.add(first, first + timedelta(length))
        days |= {first + timedelta(n) for n in range(length + 1)}
    held = list(runs)
    assert {first + timedelta(n) for first, last in held for n in range((last - first).days + 1)} == days
    assert all(last + timedelta(1) < first for (_, last), (first, _) in pairwise(held))
    free = next(asked + timedelta(n) for n in range(2000) if asked + timedelta(n) not in days)
    taken = next((asked + timedelta(n) for n in range(2000) if asked + timedelta(n) in days), None)
    assert (runs.next_free(asked), runs.next_taken(asked)) == (free, taken)
    missing = runs.missing(asked, asked + timedelta(50))
    gaps = {first + timedelta(n) for first, last in missing for n in range((last - first).days + 1)}
    assert gaps == {asked + timedelta(n) for n in range(51)} - days
