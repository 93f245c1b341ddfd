"""The time of a report: months, fiscal years named for the year in which they end, calendar years; never one to come."""

from datetime import date

import pytest

from pwa.domain.fund import report_periods

ON = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("key", "first", "last", "to"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 29)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), ON),
        ("f2026", date(2025, 10, 1), date(2026, 9, 30), date(2026, 9, 30)),
        ("f2027", date(2026, 10, 1), date(2027, 9, 30), ON),
        ("c2026", date(2026, 1, 1), date(2026, 12, 31), ON),
    ],
)
def test_a_key_names_its_days_and_is_named_by_them(key, first, last, to):
    found = report_periods.asked(key, on=ON)
    assert (found.first, found.last, found.to, found.key) == (first, last, to, key)


@pytest.mark.parametrize("key", ["", "x", "f", "f0", "2026-00", "2026-12", "f2028", "c2027", "f99999", "-1"])
def test_what_is_no_time_or_still_to_come_is_now(key):
    assert report_periods.asked(key, on=ON).key == "2026-11"
    assert report_periods.asked(key, on=ON, kind="fiscal").key == "f2027"


def test_a_year_has_its_months_as_far_as_it_is_told():
    assert len(report_periods.asked("f2026", on=ON).months) == 12
    assert report_periods.asked("f2027", on=ON).months == [date(2026, 10, 1), date(2026, 11, 1)]
