"""Coverage told day by day, by somebody slow who shares nothing with the app: the tests hold pwa/domain/fund to it."""

from datetime import date, timedelta

ONE = timedelta(days=1)


def steps_on(first, n, unit):
    """n days, months or years later, found by walking: the day of the same number, or the first of the month after."""
    if unit == "day":
        return first + n * ONE
    months = n * 12 if unit == "year" else n
    year, month = first.year, first.month
    while months:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        months -= 1
    day = date(year, month, 1)
    while day.day < first.day:
        day += ONE
        if day.month != month:
            break
    return day


def period(plan, first):
    """Every day of the period that begins on `first`."""
    _, n, unit, calendar = plan
    start = date(first.year, first.month, 1) if calendar and unit != "day" else first
    end, day, days = steps_on(start, n, unit), first, []
    while day < end:
        days.append(day)
        day += ONE
    return days


def plan_of(plans, day):
    found = plans[0][1]
    for start, plan in plans:
        if start <= day:
            found = plan
    return found


def days_paid(due_from, plans, lines, grants, through, on):
    """{day: (kind, the day it was paid)}, and the money that is left. No receipt here says days that the old book says too."""
    old, given = set(), set()
    day = due_from
    while through and day <= through:
        old.add(day)
        day += ONE
    for first, last in grants:
        day = max(first, due_from)
        while day <= last:
            given.add(day)
            day += ONE
    bought, purse = {}, 0
    for counts_on, amount, _ in sorted(lines):
        if counts_on > on:
            continue
        purse += amount
        while True:
            day = due_from
            while day in bought or day in old or day in given:
                day += ONE
            price = plan_of(plans, day)[0]
            if purse < price:
                break
            purse -= price
            for one in period(plan_of(plans, day), day):
                bought[one] = counts_on
    told = {one: ("brought", None) for one in old}
    told |= {one: ("exempt", None) for one in given}
    return told | {one: ("receipt", paid) for one, paid in bought.items()}, purse


def paid_through(due_from, days):
    day = due_from
    while day in days:
        day += ONE
    return day - ONE


def owed(due_from, plans, days, on):
    day, money, busy = paid_through(due_from, days) + ONE, 0, set()
    while day <= on:
        if day not in days and day not in busy:
            money += plan_of(plans, day)[0]
            busy |= set(period(plan_of(plans, day), day))
        day += ONE
    return money
