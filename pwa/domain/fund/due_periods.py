"""The periods of what falls due by the calendar: months, or the fund's years; each is named by its first day."""

from datetime import date, timedelta

from pwa.domain.fund.periods import Year, year_of
from pwa.domain.fund.terms import Benefit
from pwa.domain.text.dates import complete_on, months_complete

SHOWN = 3
"""So many periods back a list may still be written."""
DAY = timedelta(days=1)


def period_of(benefit: Benefit, day: date) -> Year:
    """The period that a day lies in. Membership years begin on each member's own day of a calendar year."""
    if benefit.recurs == "month":
        return Year(day.replace(day=1), complete_on(day.replace(day=1), 1, "month"))
    return year_of("fiscal" if benefit.period == "fiscal" else "calendar", day, None)


def begun(benefit: Benefit, *, on: date) -> list[date]:
    """The first days of the periods that have begun, the newest first."""
    found = [period_of(benefit, on).first]
    while len(found) < SHOWN:
        found.append(period_of(benefit, found[-1] - DAY).first)
    return found


def own_first(benefit: Benefit, first: date, tenure_from: date | None) -> date:
    """The first day that counts for a member: that of the period, or the day in it on which their own year of membership begins."""
    if benefit.recurs == "month" or benefit.period != "membership" or tenure_from is None:
        return first
    until = period_of(benefit, first).until
    if tenure_from >= until:
        return first
    return complete_on(tenure_from, months_complete(tenure_from, until - DAY) // 12, "year")
