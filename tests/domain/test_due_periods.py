"""Periods of what falls due by the calendar, counted here day by day."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from pwa.domain.fund import due_periods

DAY = timedelta(days=1)


def benefit(recurs="year", period="calendar"):
    return SimpleNamespace(recurs=recurs, period=period)


@pytest.mark.parametrize(
    "one, begins",
    [
        (benefit(), lambda day: (day.month, day.day) == (1, 1)),
        (benefit(period="fiscal"), lambda day: (day.month, day.day) == (10, 1)),
        (benefit(recurs="month"), lambda day: day.day == 1),
    ],
)
def test_each_day_lies_in_the_period_that_began_last(one, begins):
    day = date(2024, 1, 1)
    while day < date(2026, 12, 1):
        first = next(day - n * DAY for n in range(400) if begins(day - n * DAY))
        period = due_periods.period_of(one, day)
        assert period.first == first and begins(period.until) and period.until > day
        day += 5 * DAY


def test_lists_are_written_for_what_has_begun():
    assert due_periods.begun(benefit(), on=date(2026, 11, 28)) == [date(year, 1, 1) for year in (2026, 2025, 2024)]
    assert due_periods.begun(benefit(recurs="month"), on=date(2026, 1, 31))[1] == date(2025, 12, 1)


@pytest.mark.parametrize(
    "joined, first",
    [
        (date(2019, 3, 5), date(2026, 3, 5)),
        (date(2019, 1, 1), date(2026, 1, 1)),
        (date(2020, 2, 29), date(2026, 3, 1)),
        (date(2026, 6, 1), date(2026, 6, 1)),
        (date(2027, 6, 1), date(2026, 1, 1)),
        (None, date(2026, 1, 1)),
    ],
)
def test_a_year_of_membership_begins_on_the_members_own_day(joined, first):
    assert due_periods.own_first(benefit(period="membership"), date(2026, 1, 1), joined) == first
    assert due_periods.own_first(benefit(), date(2026, 1, 1), joined) == date(2026, 1, 1)
