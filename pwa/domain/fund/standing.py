"""How a member stands in a fund on a day: what they are, since when they count, through when they are paid, what is owed.

A pure answer from rows; nothing of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pwa.domain.fund import tenure
from pwa.domain.fund.coverage import Coverage, Plans, arrears_days, arrears_satang
from pwa.domain.fund.runs import DAY
from pwa.domain.fund.tenure import Term
from pwa.domain.text.dates import complete_on

STANDINGS = (*tenure.ENDS, "suspended", "arrears", "waiting", "active")
"""The first that holds."""

Length = tuple[int, str]


class Rules(NamedTuple):
    """What of a regulation standing asks. None: it has no such rule, or does not say."""

    waiting: Length | None = None
    lapse: Length | None = None
    restart: str | None = None


class Suspension(NamedTuple):
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Standing:
    """`paid_through` is None where nobody knows: what is owed is then not known either, and counts as nothing."""

    standing: str
    joined_on: date
    tenure_from: date | None
    paid_through: date | None
    lapse_due_on: date | None
    arrears_days: int
    arrears_satang: int
    periods: tuple[Term, ...]
    covered: tuple[tuple[date, date], ...]


def of(
    terms: Sequence[Term],
    *,
    rules: Rules,
    on: date,
    covered: Coverage | None,
    plans: Plans = (),
    suspensions: Sequence[Suspension] = (),
) -> Standing:
    """How somebody stands on a day, of whom at least one term had begun by then. `covered`: of the last of these, as of the day."""
    there = tenure.begun(terms, on)
    last = there[-1]
    start = tenure.tenure_from(there, rules.restart)
    until = min(on, last.left - DAY) if last.left else on
    through = covered.paid_through if covered else None
    name = _ended(last) or _going_on(through, start, rules.waiting, suspensions, on)
    return Standing(
        standing=name,
        joined_on=last.joined,
        tenure_from=start,
        paid_through=through,
        lapse_due_on=lapse_due_on(through, rules.lapse) if through and not last.left else None,
        arrears_days=arrears_days(through, until) if through else 0,
        arrears_satang=arrears_satang(covered, plans, until) if covered and plans else 0,
        periods=tuple(there),
        covered=covered.runs if covered else (),
    )


def lapse_due_on(paid_through: date, lapse: Length | None) -> date | None:
    """The first day without rights: the day after the lapse time is complete, counted from the last paid day."""
    return complete_on(paid_through, *lapse) + DAY if lapse else None


def _ended(last: Term) -> str | None:
    whys = {end.why for end in last.ends}
    return next((why for why in tenure.ENDS if why in whys), None)


def _going_on(
    through: date | None, start: date | None, waiting: Length | None, suspensions: Sequence[Suspension], on: date
) -> str:
    if any(one.first <= on and (one.last is None or on <= one.last) for one in suspensions):
        return "suspended"
    if through is not None and through < on:
        return "arrears"
    if start is None or (waiting and on < complete_on(start, *waiting)):
        return "waiting"
    return "active"
