"""Dates in Buddhist era: taken, asked about or refused, never guessed. The golden file is the phone's too."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.text import dates

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "dates.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(GOLDEN["today"])
typed = st.one_of(st.none(), st.integers(-9, 9999), st.text(max_size=5), st.from_regex("[0-9๐-๙]{1,4}", fullmatch=True))


def outcome(reading):
    if reading.iso:
        return {"iso": reading.iso} | ({"values": reading.values} if reading.values else {})
    kind = "question" if reading.question else "problem"
    return {kind: getattr(reading, kind), "values": reading.values}


@pytest.mark.parametrize(("day", "month", "year", "expected"), GOLDEN["readings"])
def test_it_reads_a_date_like_the_phone(day, month, year, expected):
    assert outcome(dates.from_buddhist(day, month, year, today=TODAY)) == expected


@pytest.mark.parametrize(("day", "month", "year", "expected"), GOLDEN["ahead"])
def test_it_takes_a_coming_date_where_one_is_meant(day, month, year, expected):
    assert outcome(dates.from_buddhist(day, month, year, today=TODAY, may_be_ahead=True)) == expected


@pytest.mark.slow
@given(typed, typed, typed)
def test_it_answers_every_input_with_one_thing(day, month, year):
    reading = dates.from_buddhist(day, month, year, today=TODAY)
    assert sum(map(bool, (reading.iso, reading.question, reading.problem))) == 1
    assert (reading.message is None) == bool(reading.iso)
    if reading.message:
        assert reading.message % reading.values


@given(st.dates(date(1857, 1, 1), TODAY), st.sampled_from([4, 7, 10]))
def test_it_gives_back_what_it_took(born, precision):
    partial = born.isoformat()[:precision]
    shown = dates.parts(partial)
    assert dates.from_buddhist(*shown, today=TODAY).iso == partial
    assert dates.age(partial, TODAY).years <= dates.age(born.isoformat(), TODAY).years


def test_it_asks_and_understands_the_answer():
    asked = dates.from_buddhist(12, 8, 1968, today=TODAY)
    assert asked.message % asked.values == "1968 looks like a Christian year. Do you mean B.E. 2511?"
    assert dates.from_buddhist(12, 8, asked.values["buddhist_year"], today=TODAY).iso == "1968-08-12"


@pytest.mark.parametrize(("partial", "day", "month", "year"), GOLDEN["parts"])
def test_it_shows_a_partial_date_in_parts(partial, day, month, year):
    assert dates.parts(partial) == (day, month, year)


@pytest.mark.parametrize(("partial", "on", "years", "approximate"), GOLDEN["ages"])
def test_it_counts_years_that_are_certainly_completed(partial, on, years, approximate):
    assert dates.age(partial, date.fromisoformat(on)) == (years, approximate)


@pytest.mark.parametrize(("partial", "uncertain"), GOLDEN["uncertain"])
def test_it_doubts_years_that_began_in_april(partial, uncertain):
    assert dates.uncertain_year(partial) is uncertain


@pytest.mark.parametrize("wrong", ["", "58", "1958-8", "1958-13", "1958-02-30", "1958-08-12T00:00", "๑๙๕๘", "1958-"])
def test_it_refuses_what_is_no_partial_date(wrong):
    with pytest.raises(ValueError):
        dates.parts(wrong)


def test_it_names_twelve_months():
    assert len(dates.MONTHS) == len(dates.MONTHS_SHORT) == 12


@pytest.mark.parametrize(("partial", "later"), GOLDEN["later"])
def test_it_takes_the_next_year_for_as_good(partial, later):
    assert dates.later_year(partial) == later


@pytest.mark.parametrize(("partial", "latest"), GOLDEN["latest"])
def test_it_takes_the_last_day_that_a_birth_can_have_been(partial, latest):
    assert dates.latest_birth(partial).isoformat() == latest


@pytest.mark.parametrize(
    ("start", "n", "unit", "expected"),
    [
        (date(2020, 1, 1), 180, "day", date(2020, 6, 29)),
        (date(2020, 1, 1), 1, "year", date(2021, 1, 1)),
        (date(2020, 2, 29), 1, "year", date(2021, 3, 1)),
        (date(2020, 2, 29), 4, "year", date(2024, 2, 29)),
        (date(2025, 8, 31), 6, "month", date(2026, 3, 1)),
        (date(2025, 3, 31), 1, "month", date(2025, 5, 1)),
        (date(2025, 1, 30), 1, "month", date(2025, 3, 1)),
        (date(2024, 1, 30), 1, "month", date(2024, 3, 1)),
        (date(2024, 1, 29), 1, "month", date(2024, 2, 29)),
        (date(2025, 12, 15), 1, "month", date(2026, 1, 15)),
        (date(2025, 10, 31), 2, "month", date(2025, 12, 31)),
        (date(2025, 5, 31), 0, "month", date(2025, 5, 31)),
    ],
)
def test_whole_units_are_complete_as_the_civil_code_counts(start, n, unit, expected):
    assert dates.complete_on(start, n, unit) == expected


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(0, 240), st.sampled_from(["day", "month", "year"]))
def test_a_unit_is_never_complete_before_it_begins(start, n, unit):
    assert dates.complete_on(start, min(n, 50) if unit == "year" else n, unit) >= start


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_months_complete_are_the_most_that_are_complete(start, on):
    n = dates.months_complete(start, on)
    assert on < dates.complete_on(start, n + 1, "month")
    assert n == 0 or dates.complete_on(start, n, "month") <= on
