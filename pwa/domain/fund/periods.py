"""The years of a fund: calendar, fiscal (from 1 October), membership year, or the last twelve months. A cap's period holds its event's day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pwa.domain.fund.case import Used
from pwa.domain.text.dates import complete_on, months_complete


class Year(NamedTuple):
    """Days from `first` up to, but without, `until`."""

    first: date
    until: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.until


def year_of(kind: str | None, day: date, member_since: date | None) -> Year:
    """The year of a kind that a day lies in; a membership year begins on the day of the year on which the tenure did.

    Before the tenure began, and for twelve months back, it is the calendar year: the latter never asks.
    """
    if kind == "fiscal":
        start = day.year if day.month >= 10 else day.year - 1
        return Year(date(start, 10, 1), date(start + 1, 10, 1))
    if kind == "membership" and member_since and member_since <= day:
        whole = months_complete(member_since, day) // 12
        return Year(complete_on(member_since, whole, "year"), complete_on(member_since, whole + 1, "year"))
    return Year(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def nights_by_year(kind: str | None, first: date, nights: int, member_since: date | None) -> list[tuple[date, int]]:
    """(a day of the year, nights in it) for a stay that begins on `first`; a night lies in the year of its evening."""
    found, here, left = [], first, nights
    while left > 0:
        until = year_of(kind, here, member_since).until
        inside = min(left, (until - here).days)
        found.append((here, inside))
        here, left = until, left - inside
    return found


def most_used(used: Iterable[Used], day: date, satang: int, units: int) -> tuple[int, int]:
    """The most that any twelve months holding this day have used, so that no order of recording comes above a rolling cap.

    `satang` and `units` are what was used besides, in the event's own twelve months.
    """
    near = [one for one in used if complete_on(one.on, 12, "month") > day and complete_on(day, 12, "month") > one.on]
    ends = {day, *(one.on for one in near if one.on > day)}
    windows = [[one for one in near if one.on <= end and complete_on(one.on, 12, "month") > end] for end in ends]
    return (
        satang + max(sum(one.satang for one in window) for window in windows),
        units + max(sum(one.units for one in window) for window in windows),
    )
