"""The time of a report: a month, the fiscal year (1 October to 30 September, named for the year in which it ends) or a calendar year.

A time that lasts still goes to the day on which it is asked for. It is closed where each of its months is that the books know, and
says so with the hash of each close; every other report is a draft.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.models import CloseSignature, MonthClose
from pwa.domain.fund import account_books, periods

DAY = timedelta(days=1)
MONTH, FISCAL, CALENDAR = "month", "fiscal", "calendar"
LETTERS = {"f": FISCAL, "c": CALENDAR}


@dataclass(frozen=True)
class Period:
    """From `first` through `last`; `to` is the last day that is told. `year` is that by which people call it."""

    kind: str
    first: date
    last: date
    to: date

    @property
    def key(self):
        """How an address names it: 2026-10, f2027, c2026."""
        return f"{self.first:%Y-%m}" if self.kind == MONTH else f"{self.kind[0]}{self.last.year}"

    @property
    def year(self):
        return self.last.year

    @property
    def months(self):
        """The first days of its months as far as it is told."""
        found, month = [], self.first
        while month <= self.to:
            found.append(month)
            month = account_books.last_day(month) + DAY
        return found


@dataclass(frozen=True)
class Closing:
    """`closes` are [MonthClose] that both have signed, the first month first; `is_done`: no month of the time is open."""

    closes: list[MonthClose]
    is_done: bool


def month_of(day, on):
    last = account_books.last_day(day)
    return Period(MONTH, day.replace(day=1), last, min(last, on))


def ended(on):
    """The last month that has ended on a day."""
    return month_of(on.replace(day=1) - DAY, on)


def year_of(kind, day, on):
    first, until = periods.year_of(kind, day, None)
    return Period(kind, first, until - DAY, min(until - DAY, on))


def asked(key, *, on, kind=MONTH):
    """The time that an address names; that of this kind that holds today where it names none, or one to come."""
    found = _read(key, on)
    if found is not None and found.first <= on:
        return found
    return month_of(on, on) if kind == MONTH else year_of(kind, on, on)


def choices(fund, on):
    """{kind: [Period]} of all that the fund's books know, the latest first."""
    months = [month_of(one, on) for one in account_books.months(fund, on)]
    found = {MONTH: months}
    for kind in (FISCAL, CALENDAR):
        years = {one.first: one for one in (year_of(kind, month.first, on) for month in months)}
        found[kind] = list(years.values())
    return found


def closing(fund, period):
    """The Closing of a time. Months before the first of the books are not asked."""
    done = CloseSignature.select(CloseSignature.close).where(CloseSignature.turn == "auditor")
    within = MonthClose.through.between(period.first, period.last)
    found = list(
        MonthClose.select().where(MonthClose.fund == fund, within, MonthClose.id.in_(done)).order_by(MonthClose.through)
    )
    begun = max(period.first, account_books.months(fund, period.to)[-1])
    months = [one for one in period.months if one >= begun]
    is_over = period.to == period.last
    return Closing(found, is_over and {one.through.replace(day=1) for one in found} >= {*months})


def _read(key, on):
    try:
        kind = LETTERS.get(key[:1])
        if kind == FISCAL:
            return year_of(FISCAL, date(int(key[1:]), 1, 1), on)
        if kind == CALENDAR:
            return year_of(CALENDAR, date(int(key[1:]), 1, 1), on)
        return month_of(date.fromisoformat(f"{key}-01"), on)
    except (ValueError, OverflowError):
        return None
