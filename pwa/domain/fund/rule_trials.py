"""What a benefit of a draft gives an invented member at the boundary days and values that it names itself, beside the version of before.

Each length of membership on the very day and one day short of it, each age likewise, each limit of units reached and passed by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pwa.domain import N_
from pwa.domain.fund import benefits, plainly
from pwa.domain.fund.answers import Answer
from pwa.domain.fund.case import Case, Fact, Period
from pwa.domain.fund.membership import complete
from pwa.domain.fund.outlook import tests_of
from pwa.domain.fund.sentences import Sentence, Span
from pwa.domain.fund.terms import Benefit, Rule, Version
from pwa.domain.text.dates import complete_on

DAY = timedelta(days=1)
LONG = 190
"""Months of membership of who is asked about anything but the membership's length."""
MOST = 24
ON_DAY = N_("a member for %(span)s on that day")
SHORT = N_("a member for %(span)s less one day")
AGED = N_("%(n)s years old on that day")
YOUNGER = N_("%(n)s years old on the next day")
PLAIN = N_("a member for many years")


@dataclass(frozen=True, slots=True)
class Trial:
    """One invented case; `before` is None where the version of before has no such benefit, or there is none."""

    says: Sentence
    case: Case
    before: Answer | None
    now: Answer | None


def of(version: Version, code: str, before: Version | None) -> list[Trial]:
    """The trials of one benefit; those of both versions' boundaries where both have it."""
    told = [(one, one.benefits[code]) for one in (version, before) if one and code in one.benefits]
    seen: dict[Sentence, Case] = {}
    base = plainly.invented(*told[0], LONG)
    for one, benefit in told:
        for says, case in _cases(one, benefit, base):
            if not any(str(says) == str(known) for known in seen):
                seen[says] = case
    return [
        Trial(says, case, answered(before, code, case), answered(version, code, case))
        for says, case in list(seen.items())[:MOST]
    ]


def answered(version: Version | None, code: str, case: Case) -> Answer | None:
    """What a version answers; None where it has no such benefit."""
    return benefits.answer(version, code, case) if version and code in version.benefits else None


def _cases(version: Version, benefit: Benefit, base: Case) -> Iterator[tuple[Sentence, Case]]:
    yield from ((_hashable(says, case)) for says, case in _by_time(version, benefit, base))
    units = sorted(set(_units(benefit)))
    part = next((one for clause in benefit.clauses for one in clause.parts if one.kind == "per_unit"), None)
    for n in units if part and part.unit else ():
        yield Sentence(plainly.COUNTED[part.unit], _Values(n=n)), _of_units(benefit, base, n)
    if not units:
        yield Sentence(PLAIN, _Values()), base
    for n in sorted(set(_ages(benefit))):
        born = _years_before(base.event_on, n)
        yield Sentence(AGED, _Values(n=n)), replace(base, born=Fact(born.isoformat(), plainly.INVENTED))
        yield Sentence(YOUNGER, _Values(n=n)), replace(base, born=Fact((born + DAY).isoformat(), plainly.INVENTED))


class _Values(dict[str, object]):
    """Values of a sentence that can be a key."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


def _hashable(says: Sentence, case: Case) -> tuple[Sentence, Case]:
    return Sentence(says.msgid, _Values(says.values)), case


def _by_time(version: Version, benefit: Benefit, base: Case) -> Iterator[tuple[Sentence, Case]]:
    judged = base.admit_on if benefit.judged.get("tenure") == "admit" and base.admit_on else base.event_on
    for span in dict.fromkeys(_spans(version, benefit)):
        start = begun(span, judged)
        yield Sentence(SHORT, {"span": span}), _since(base, start + DAY)
        yield Sentence(ON_DAY, {"span": span}), _since(base, start)


def begun(span: Span, on: date) -> date:
    """The last day from which so long is complete on a day."""
    days = span.n * {"day": 1, "month": 31, "year": 366}[span.unit]
    start = on - timedelta(days=min(days + 40, (on - date(1700, 1, 1)).days))
    while complete(start + DAY, span) <= on:
        start += DAY
    return start


def _since(case: Case, start: date) -> Case:
    return replace(case, periods=Fact((Period(start),), plainly.INVENTED))


def _spans(version: Version, benefit: Benefit) -> Iterator[Span]:
    if isinstance(benefit.waiting, Rule):
        yield benefit.waiting.span
    nodes = [*benefit.conditions, *(node for clause in benefit.clauses for node in clause.when)]
    yield from (test.value for test in tests_of(nodes) if test.fact == "tenure" and test.published)
    for part in (part for clause in benefit.clauses for part in clause.parts):
        yield from (row.span for row in part.rows)
        if part.then and part.then.after.unit == part.then.every.unit:
            yield Span(part.then.after.n + part.then.every.n, part.then.every.unit)


def _units(benefit: Benefit) -> Iterator[int]:
    for part in (part for clause in benefit.clauses for part in clause.parts if part.kind == "per_unit"):
        limits = [cap.units for cap in benefit.caps if cap.units] + ([part.max_units] if part.max_units else [])
        if part.satang:
            limits += [cap.satang // part.satang for cap in benefit.caps if cap.satang and cap.satang > 0]
        yield from (1, 3)
        yield from (n for limit in limits for n in (limit, limit + 1) if 0 < n <= 60)


def _of_units(benefit: Benefit, base: Case, n: int) -> Case:
    made = replace(base, quantity=Fact(n, plainly.INVENTED))
    if benefit.event == "stay" or base.admit_on:
        return replace(made, admit_on=base.event_on - n * DAY, discharge_on=base.event_on)
    return made


def _ages(benefit: Benefit) -> Iterator[int]:
    nodes = [*benefit.conditions, *(node for clause in benefit.clauses for node in clause.when)]
    for test in tests_of(nodes):
        if test.fact == "age" and test.published and test.op != "one_of":
            yield test.value
    yield from (row.age for clause in benefit.clauses for part in clause.parts for row in part.rows if row.age)


def _years_before(on: date, n: int) -> date:
    """The last birthday by which somebody is n years old on a day."""
    start = date(on.year - n, on.month, 1)
    while complete_on(start + DAY, n, "year") <= on:
        start += DAY
    return start
