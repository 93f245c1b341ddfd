"""Dates as people say them: พ.ศ., Thai digits, sometimes only the year. Stored as partial ISO dates.

A partial date is "1958-08-12", "1958-08" or "1958": Christian era, as precise as it is long. The phone reads dates the
same way in static/js/lib/dates.js; tests/golden/dates.json holds both to one answer.
"""

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, timezone
from typing import NamedTuple

from pwa.domain import N_
from pwa.domain.text.thai import clean, digits

BANGKOK = timezone(timedelta(hours=7))
"""Thailand has kept one time since 1920, so no zone file is needed."""
ERA = 543
EARLIEST_BUDDHIST_YEAR = 2400
EARLIEST_CHRISTIAN_YEAR = 1900
FIRST_JANUARY_YEAR = 2484
_AGE = re.compile("(?:อายุ)? ?([0-9]{1,3}) ?(?:ปี|ขวบ)(?:กว่า|เศษ)?")

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")

SENTENCES = {
    "christian_year": N_("%(year)s looks like a Christian year. Do you mean B.E. %(buddhist_year)s?"),
    "no_year": N_("Enter the year."),
    "unreadable": N_("Enter day, month and year in digits."),
    "two_digit_year": N_("Enter the year with four digits, for example 2501, or the age, for example 68 ปี."),
    "year_out_of_range": N_("Check the year: no date here can be in %(year)s."),
    "no_month": N_("Choose the month, or leave the day empty."),
    "no_such_month": N_("There are only months 1 to 12."),
    "no_such_day": N_("This month has no day %(day)s."),
    "in_the_future": N_("This date is still to come. Check day, month and year."),
}
"""A sentence for every `Reading.question` and `Reading.problem`."""
LATER = N_(
    "Until B.E. 2483 the year began in April, so today this month counts as B.E. %(buddhist_year)s. "
    "Write the year as the person or the card says it."
)
"""What the form says once beside a birth with a `later_year`."""


@dataclass(frozen=True)
class Reading:
    """What was understood: exactly one of `iso` (partial date), `question` and `problem` (keys of SENTENCES)."""

    iso: str | None = None
    question: str | None = None
    problem: str | None = None
    values: dict[str, int] = field(default_factory=dict)

    @property
    def message(self) -> str | None:
        """The msgid to show with `values`, None when the date is good."""
        return SENTENCES.get(self.question or self.problem or "")


class Age(NamedTuple):
    years: int
    approximate: bool


class Parts(NamedTuple):
    """Day and month (None when not known) and Buddhist year."""

    day: int | None
    month: int | None
    year: int


def from_buddhist(
    day: str | int | None, month: str | int | None, year: str | int | None, *, today: date, may_be_ahead: bool = False
) -> Reading:
    """Read a date typed in Buddhist era, as text or numbers; day and month may be empty. → Reading, never an exception.

    Rules: years พ.ศ. 2400 to next year are taken; 1900 to next year is probably ค.ศ., so it is asked about, never
    guessed (answer yes by reading again with `values["buddhist_year"]`); two digits and everything else are refused, as
    are a day without a month, a day that its month does not have in that year, and the future unless `may_be_ahead`.
    An age in place of the year ("83 ปี") is the year that many years ago; `values` then say what was read.
    """
    day, month, year = (digits(clean(str(part or ""))) for part in (day, month, year))
    if told := _AGE.fullmatch(year):
        return _of_age(int(told[1]), day, month, today)
    if not all(re.fullmatch("[0-9]{0,4}", part) for part in (day, month, year)):
        return Reading(problem="unreadable")
    if not year:
        return Reading(problem="no_year")
    if len(year) <= 2:
        return Reading(problem="two_digit_year")
    is_christian = EARLIEST_CHRISTIAN_YEAR <= int(year) <= today.year + 1
    if not is_christian and not EARLIEST_BUDDHIST_YEAR <= int(year) <= today.year + ERA + 1:
        return Reading(problem="year_out_of_range", values={"year": int(year)})
    parts = [int(year) - (0 if is_christian else ERA)] + [int(part) for part in (month, day) if part]
    if problem := _problem(day, month, parts[0]):
        return Reading(problem=problem, values={"day": int(day)} if problem == "no_such_day" else {})
    if not may_be_ahead and tuple(parts) > (today.year, today.month, today.day)[: len(parts)]:
        return Reading(problem="in_the_future")
    if is_christian:
        return Reading(question="christian_year", values={"year": int(year), "buddhist_year": int(year) + ERA})
    return Reading(iso="-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])]))


def _of_age(age: int, day: str, month: str, today: date) -> Reading:
    """The birth of somebody so many years old; who has not had this year's birthday yet was born a year earlier."""
    for year in (today.year + ERA - age, today.year + ERA - age - 1):
        reading = from_buddhist(day, month, year, today=today, may_be_ahead=True)
        if not reading.iso or reading.iso[5:] <= today.isoformat()[5 : len(reading.iso)]:
            break
    return replace(reading, values={"age": age, "buddhist_year": year}) if reading.iso else reading


def day(iso: str | None) -> date | None:
    """The day that an ISO date or instant names; None where it names none, as a partial date does."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def complete_on(start: date, n: int, unit: str) -> date:
    """The day on which n whole days, months or years since `start` are complete. n ≥ 0; unit day, month or year.

    Rule (Civil and Commercial Code 193/5): the day of the same number; a month without that day (31st, 29 February)
    is complete on the 1st of the next. OverflowError or ValueError past the year 9999.
    """
    if unit == "day":
        return start + timedelta(days=n)
    months = start.month - 1 + n * {"month": 1, "year": 12}[unit]
    year, month = start.year + months // 12, months % 12 + 1
    if start.day > 28 and start.day > calendar.monthrange(year, month)[1]:
        return date(year, month + 1, 1)
    return date(year, month, start.day)


def months_complete(start: date, on: date) -> int:
    """How many whole months since `start` are complete on a day, never negative: the largest n of `complete_on`."""
    return max((on.year - start.year) * 12 + on.month - start.month - (on.day < start.day), 0)


def parts(partial: str) -> Parts:
    """Day, month and Buddhist year of a partial date, as the form shows them. → Parts; ValueError for anything else."""
    year, month, day = _read(partial)
    return Parts(day, month, year + ERA)


def to_buddhist(year: int) -> int:
    """พ.ศ. of a Christian year: 543 more."""
    return year + ERA


def age(partial: str, on: date) -> Age:
    """Completed years on a date. → Age(years, approximate); years is never negative. ValueError for no partial date.

    Rule: counted from the latest day on which they can have been born (`latest_birth`); where that is not the day that
    was told, the age is approximate (อายุประมาณ). Somebody born on 29 February is a year older on 1 March.
    """
    born = latest_birth(partial)
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Age(max(years, 0), born.isoformat() != partial)


def latest_birth(partial: str) -> date:
    """The last day on which somebody with this birth date can have been born: nobody gains a right too early.

    Rule: a month's last day; of two years that are as good the later one (`later_year`); of a year alone 31 December,
    to พ.ศ. 2482, whose year ended in March, 31 March of the next Christian year (พ.ศ. 2483 had only April to December).
    """
    year, month, day = _read(partial)
    if month is None:
        return date(year, 12, 31) if year + ERA >= FIRST_JANUARY_YEAR - 1 else date(year + 1, 3, 31)
    year = later_year(partial) or year
    return date(year, month, day or calendar.monthrange(year, month)[1])


def uncertain_year(partial: str) -> bool:
    """Whether the year may be one off, for the checker to see.

    Rule: until พ.ศ. 2483 the Thai year began on 1 April, so "ก.พ. 2480" was February 1938; a birth before พ.ศ. 2484
    that is known by its year alone, or fell in January to March, can belong to the following Christian year.
    """
    year, month, _ = _read(partial)
    return year + ERA < FIRST_JANUARY_YEAR and (month is None or month <= 3)


def later_year(partial: str) -> int | None:
    """The following Christian year, where a birth from January to March is as likely to belong to it; else None.

    What is stored stays what was typed, พ.ศ. − 543, and is read back so. A 29 February can be of a leap year only.
    """
    year, month, day = _read(partial)
    is_leap_day = (month, day) == (2, 29)
    return year + 1 if month and uncertain_year(partial) and not is_leap_day else None


def _read(partial: str) -> tuple[int, int | None, int | None]:
    found = re.fullmatch("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", partial)
    if not found:
        raise ValueError(f"not a partial date: {partial!r}")
    year = int(found[1])
    month, day = (int(part) if part else None for part in found.groups()[1:])
    date(year, month or 1, day or 1)
    return year, month, day


def _problem(day: str, month: str, year: int) -> str | None:
    if day and not month:
        return "no_month"
    if month and not 1 <= int(month) <= 12:
        return "no_such_month"
    if day and not 1 <= int(day) <= calendar.monthrange(year, int(month))[1]:
        return "no_such_day"
    return None
