"""What if: a member's own case with another day, another joining, another payment or other nights. Nothing of it is stored.

What somebody types is read here; every field that cannot be read says so in a sentence, and what was typed stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from pwa.domain import N_
from pwa.domain.fund import rights
from pwa.domain.fund.case import Case, Fact, Period, Step
from pwa.domain.fund.coverage import Plan
from pwa.domain.fund.rights import Right
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import Benefit, Version
from pwa.domain.text import dates
from pwa.domain.text.thai import clean, digits

IMAGINED = Sentence(N_("only tried out"))
MOST_UNITS = 400
NO_NUMBER = N_("Enter a whole number, for example 3.")
TOO_MANY = N_("At most %(most)s can be tried out.")
JOINS_AFTER = N_("The event would be before the day of joining.")
LATE_DISCHARGE = N_("The day out of hospital lies before the day into it.")
BORN_AFTER = N_("The event would be before the birth.")
FIELDS = ("event_on", "joined_on", "paid_through")
"""Days that can be tried out, each in three parts: event_on_day, event_on_month, event_on_year (B.E.)."""


class Paying(NamedTuple):
    """What would help: to have paid so much (None where the fund names no plan) through a day, before the event."""

    through: date
    satang: int | None
    right: Right


@dataclass(frozen=True)
class Trial:
    """`case` is None while `problems` {field: (msgid, values)} stand; `typed` is everything as it was typed."""

    typed: Mapping[str, str]
    problems: Mapping[str, tuple[str, Mapping[str, object]]]
    case: Case | None = None
    right: Right | None = None
    step: Paying | None = None


def counts_units(benefit: Benefit) -> str | None:
    """The unit of which the benefit asks how many; None where it asks for none."""
    units = [part.unit for clause in benefit.clauses for part in clause.parts if part.kind == "per_unit"]
    return units[0] if units else None


def first(case: Case, benefit: Benefit) -> dict[str, str]:
    """What the fields say before anybody changed them: the member's own facts, three nights."""
    period = case.periods.value[-1] if case.periods.value else None
    through = case.coverage.value[-1].through if case.coverage and case.coverage.value else None
    days = {"event_on": case.event_on, "joined_on": period and period.joined, "paid_through": through}
    typed = {name: value for field, day in days.items() for name, value in _parts(field, day).items()}
    return typed | {"units": "3" if counts_units(benefit) else ""}


def tried(version: Version, benefit: Benefit, case: Case, typed: Mapping[str, str], plan: Plan | None = None) -> Trial:
    """The answer to what was typed. `case` holds the member's own facts, which stay wherever nothing was typed."""
    problems: dict[str, tuple[str, Mapping[str, object]]] = {}
    days = {field: _day(field, typed, case.event_on, problems) for field in FIELDS}
    units = _number(typed.get("units", ""), problems)
    event_on = days["event_on"] or case.event_on
    if not problems and days["joined_on"] and event_on < days["joined_on"]:
        problems["event_on"] = (JOINS_AFTER, {})
    if not problems and case.born.value and event_on < dates.latest_birth(case.born.value):
        problems["event_on"] = (BORN_AFTER, {})
    if problems:
        return Trial(typed, problems)
    made = _case(case, benefit, event_on, days["joined_on"], days["paid_through"], units)
    found = rights.asked(version, benefit, made)
    return Trial(typed, {}, made, found, _step(version, benefit, made, found, plan))


def _step(version: Version, benefit: Benefit, case: Case, found: Right, plan: Plan | None) -> Paying | None:
    """Paying in time, where that alone would bring the benefit: never where it is too late, which only the event's day can tell."""
    failed = {one.code for one in found.answer.conditions if not one.passed}
    if not failed or not failed <= {"paid", "lapse"} or not case.coverage or not case.coverage.value:
        return None
    through = case.coverage.value[-1].through
    paid = replace(case, coverage=Fact((Step(date.min, case.event_on),), IMAGINED), standing=Fact("active", IMAGINED))
    then = rights.asked(version, benefit, paid)
    return Paying(case.event_on, plan and _owed(plan, through, case.event_on), then) if then.state == "now" else None


def _owed(plan: Plan, through: date, until: date) -> int:
    """What the plan's periods cost that begin after `through` and on or before `until`."""
    start, periods = through + timedelta(days=1), 0
    while dates.complete_on(start, periods * plan.n, plan.unit) <= until:
        periods += 1
    return periods * plan.amount_satang


def _case(case: Case, benefit: Benefit, on: date, joined: date | None, through: date | None, units: int | None) -> Case:
    made = replace(case, event_on=on)
    if joined and joined != (case.periods.value[-1].joined if case.periods.value else None):
        made = replace(made, periods=Fact((Period(joined),), IMAGINED), tenure_from=Fact(joined, IMAGINED))
    if through:
        made = replace(made, coverage=Fact((Step(date.min, through),), IMAGINED), standing=Fact("active", IMAGINED))
    if units is not None:
        made = replace(made, quantity=Fact(units, IMAGINED))
    if benefit.event == "stay" and units is not None:
        made = replace(made, admit_on=on - timedelta(days=units), discharge_on=on)
    return made


def _parts(field: str, day: date | None) -> dict[str, str]:
    values = (str(day.day), str(day.month), str(dates.to_buddhist(day.year))) if day else ("", "", "")
    return dict(zip((f"{field}_day", f"{field}_month", f"{field}_year"), values, strict=True))


def _day(
    field: str, typed: Mapping[str, str], today: date, problems: dict[str, tuple[str, Mapping[str, object]]]
) -> date | None:
    parts = [typed.get(f"{field}_{part}", "") for part in ("day", "month", "year")]
    if not any(clean(part) for part in parts):
        return None
    reading = dates.from_buddhist(*parts, today=today + timedelta(days=50 * 366), may_be_ahead=True)
    if reading.message or not dates.day(reading.iso):
        problems[field] = (reading.message or dates.SENTENCES["unreadable"], dict(reading.values))
        return None
    return dates.day(reading.iso)


def _number(text: str, problems: dict[str, tuple[str, Mapping[str, object]]]) -> int | None:
    text = digits(clean(text))
    if not text:
        return None
    if not text.isascii() or not text.isdigit():
        problems["units"] = (NO_NUMBER, {})
        return None
    if len(text) > len(str(MOST_UNITS)) or int(text) > MOST_UNITS:
        problems["units"] = (TOO_MANY, {"most": MOST_UNITS})
        return None
    return int(text)
