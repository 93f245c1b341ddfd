"""How paid_through rose, payment by payment, where somebody tells payments instead of a book (`ombun explain`, "what if").

What is paid while the rights still stand counts from its day; what is paid later counts when the cure days after it are over.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pwa.domain.fund.case import Step
from pwa.domain.fund.membership import complete
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
    counted: list[tuple[date, Payment]] = []
    for one in sorted(payments):
        before = _through([paid for counts_on, paid in counted if counts_on <= one.paid_on], due_from)
        late = one.paid_on > complete(before, kept_for or Span(0, "day"))
        counted.append((complete(one.paid_on, cure) if late and cure else one.paid_on, one))
    days = sorted({counts_on for counts_on, _ in counted})
    return tuple(
        Step(day, _through([paid for counts_on, paid in counted if counts_on <= day], due_from)) for day in days
    )


def spans(settings: Settings) -> tuple[Span | None, Span | None]:
    """How long rights stand after what is paid, and how long a cure takes: (`kept_for`, `cure`)."""
    held = next((rule.span for rule in (settings.grace, settings.lapse) if isinstance(rule, Rule)), None)
    return held, settings.cure.span if isinstance(settings.cure, Rule) else None


def _through(payments: Sequence[Payment], due_from: date) -> date:
    through = due_from - DAY
    for one in sorted(payments, key=lambda paid: paid.first):
        if one.first <= through + DAY:
            through = max(through, one.last)
    return through
