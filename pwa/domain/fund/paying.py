"""How paid_through rose, payment by payment, where somebody tells payments instead of a book (`ombun explain`, "what if").

What is paid while the rights still stand counts from its day; what is paid later counts when the cure days after it are over.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from pwa.domain.fund.case import Step
from pwa.domain.fund.membership import complete
from pwa.domain.fund.runs import Runs
from pwa.domain.fund.sentences import Span
from pwa.domain.fund.terms import Rule, Settings

DAY = timedelta(days=1)


class Payment(NamedTuple):
    """Paid on a day for the days from `first` through `last`."""

    paid_on: date
    first: date
    last: date


def steps(payments: Sequence[Payment], *, due_from: date, kept_for: Span | None, cure: Span | None) -> tuple[Step, ...]:
    """The steps of paid_through, the unbroken run from the first due day. `kept_for`: so long after it the rights still stand."""
    held, through = Runs(), due_from - DAY
    found: dict[date, date] = {}
    cured: list[tuple[date, Payment]] = []
    for one in [*sorted(payments), None]:
        while cured and (one is None or cured[0][0] <= one.paid_on):
            day, paid = heappop(cured)
            held.add(paid.first, paid.last)
            through = found[day] = held.end_of(due_from) or due_from - DAY
        if one is not None:
            late = one.paid_on > complete(through, kept_for or Span(0, "day"))
            heappush(cured, (complete(one.paid_on, cure) if late and cure else one.paid_on, one))
    return tuple(Step(*step) for step in found.items())


def spans(settings: Settings) -> tuple[Span | None, Span | None]:
    """How long rights stand after what is paid, and how long a cure takes: (`kept_for`, `cure`)."""
    held = next((rule.span for rule in (settings.grace, settings.lapse) if isinstance(rule, Rule)), None)
    return held, settings.cure.span if isinstance(settings.cure, Rule) else None
