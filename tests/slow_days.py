"""Days, years and unbroken runs, counted one by one for the slow checker."""

from datetime import date, timedelta

DAY = timedelta(days=1)


def after(start, n, unit):
    """The day on which so many days, months or years are complete."""
    if unit == "day":
        return start + n * DAY
    year, month = start.year, start.month
    for _ in range(n * (12 if unit == "year" else 1)):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    try:
        return date(year, month, start.day)
    except ValueError:
        return date(year, month + 1, 1)


def born_at_latest(text):
    if len(text) == 10:
        return date.fromisoformat(text)
    return date(int(text) + 1, 3, 31) if int(text) + 543 <= 2482 else date(int(text), 12, 31)


def year_of(kind, day, since):
    if kind == "fiscal":
        return day.year + (day.month >= 10)
    if kind == "membership" and since and since <= day:
        years = 0
        while after(since, years + 1, "year") <= day:
            years += 1
        return years
    return day.year


def walk(start, spans):
    """The last day paid for without a gap from `start` on."""
    day = start
    while any(first <= day <= last for first, last in spans):
        day += DAY
    return day - DAY
