"""A regulation as a page to read: each benefit with what must hold, what it gives, an example with numbers, and what changed.

Everything said here comes from the document or from the engine asked about an invented member, so that the page and an answer can
never say different things.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pwa.domain import N_
from pwa.domain.fund import benefits, prices, silences
from pwa.domain.fund.answers import NOT_ENTITLED, Answer, Condition
from pwa.domain.fund.case import Answerable, Case, Fact, Period, Step
from pwa.domain.fund.sentences import Said, Satang, Sentence, Span
from pwa.domain.fund.terms import Benefit, Compared, Node, Part, Version

INVENTED = Sentence(N_("an invented member"))
TENURES = (70, 190, 370)
"""Months of membership of the invented member; the first of them that is entitled is told of."""
SOME_DAY = date(2026, 1, 15)
MOST_UNITS = 15
"""An example with more nights would not be read."""


@dataclass(frozen=True, slots=True)
class Told:
    """One benefit of a version. `changes`: (before, now) sentences against the version before it, None where there was none.

    `example`: how an invented member fares, None where no such member comes to a sum.
    """

    benefit: Benefit
    prices: list[Sentence]
    conditions: list[Condition]
    unsaid: list[str]
    example: list[Sentence] | None
    changes: list[tuple[Said | None, Said | None]]
    is_new: bool


def told(version: Version, before: Version | None = None) -> list[Told]:
    """Every benefit of a version: birth, old age, illness and death first."""
    return [_told(version, benefit, before) for benefit in sorted(version.benefits.values(), key=prices.place)]


def dropped(version: Version, before: Version | None) -> list[Benefit]:
    """What the version before gave and this one does not name any more."""
    return [] if before is None else [one for one in before.benefits.values() if one.code not in version.benefits]


def _told(version: Version, benefit: Benefit, before: Version | None) -> Told:
    answer, case = _example(version, benefit)
    earlier = before.benefits.get(benefit.code) if before else None
    return Told(
        benefit=benefit,
        prices=prices.of(benefit),
        conditions=list(answer.conditions),
        unsaid=[silences.SPOKEN[name] for name in answer.unsaid if name in silences.SPOKEN],
        example=_in_words(answer, case, benefit),
        changes=_changes(version, benefit, before, earlier) if before and earlier else [],
        is_new=before is not None and earlier is None,
    )


def _changes(
    version: Version, benefit: Benefit, before: Version, earlier: Benefit
) -> list[tuple[Said | None, Said | None]]:
    """What is said now and was not, and what is not said any more; a sentence of the same kind stands beside the one it replaces."""
    then, now = dict(_lines(before, earlier)), dict(_lines(version, benefit))
    keys = dict.fromkeys((*then, *now))
    return [(then.get(key), now.get(key)) for key in keys if then.get(key) != now.get(key)]


def _lines(version: Version, benefit: Benefit) -> Iterator[tuple[tuple[str, int], Said]]:
    """((kind, how many of the kind before it), sentence) of prices and conditions."""
    counts: dict[str, int] = {}
    answer, _ = _example(version, benefit)
    said = [*(("price", one) for one in prices.of(benefit)), *((one.code, one.says) for one in answer.conditions)]
    for kind, sentence in said:
        counts[kind] = counts.get(kind, -1) + 1
        yield (kind, counts[kind]), sentence


def _example(version: Version, benefit: Benefit) -> tuple[Answer, Case]:
    """An invented member to whom the benefit is given, or who comes nearest; with its answer."""
    cases = [invented(version, benefit, months) for months in TENURES]
    answers = [(benefits.answer(version, benefit.code, case), case) for case in cases]
    return next((pair for pair in answers if pair[0].outcome != NOT_ENTITLED), answers[0])


def invented(version: Version, benefit: Benefit, months: int) -> Case:
    """A member of so many months whose event meets every condition that a choice can meet."""
    on = (version.in_force_from or SOME_DAY) + timedelta(days=200)
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    joined = date(year, month + 1, 1)
    nodes = [*benefit.conditions, *(node for clause in benefit.clauses[:1] for node in clause.when)]
    chosen = dict(_chosen(nodes))
    units = _units(benefit)
    stay = benefit.event == "stay"
    return Case(
        event_on=on,
        periods=Fact((Period(joined),), INVENTED),
        admit_on=on - timedelta(days=units) if stay else None,
        discharge_on=on if stay else None,
        coverage=Fact((Step(joined, on + timedelta(days=30)),), INVENTED),
        born=Fact(str(on.year - _age(nodes, benefit)), INVENTED),
        sex=Fact(str(chosen.pop("sex", "f")), INVENTED),
        subject=Fact(str(chosen.pop("subject", (benefit.subjects or ("member",))[0])), INVENTED),
        quantity=Fact(units, INVENTED),
        facts={name: Fact(value, INVENTED) for name, value in chosen.items()},
    )


def _chosen(nodes: list[Node] | tuple[Node, ...]) -> Iterator[tuple[str, Answerable]]:
    """A value for each fact that the conditions name, by which they hold; of several ways the first."""
    for node in nodes:
        if not isinstance(node, Compared):
            yield from _chosen(node.parts[:1] if node.any else node.parts)
        elif node.published and node.fact not in ("age", "tenure"):
            yield node.fact, node.value[0] if node.op == "one_of" else node.value


def _age(nodes: list[Node], benefit: Benefit) -> int:
    """Old enough for what asks for an age, young enough for what sets a limit, else forty."""
    ages = [one for one in nodes if isinstance(one, Compared) and one.fact == "age" and one.published]
    least = [one.value for one in ages if one.op != "at_most"]
    least += [row.age for clause in benefit.clauses for part in clause.parts for row in part.rows[:1] if row.age]
    most = [one.value for one in ages if one.op == "at_most"]
    return max(least) + 5 if least else min([40, *most])


def _units(benefit: Benefit) -> int:
    """As many as show what a limit does: one more than it allows, where that is few enough to be read."""
    part = _counted(benefit)
    if part is None:
        return 1
    limits = [cap.units + 2 for cap in benefit.caps if cap.units and cap.scope == "event"]
    limits += [part.max_units + 2] if part.max_units else []
    if part.satang:
        limits += [cap.satang // part.satang + 1 for cap in benefit.caps if cap.satang and cap.satang > 0]
    return min((one for one in limits if one <= MOST_UNITS), default=3)


def _counted(benefit: Benefit) -> Part | None:
    return next((part for clause in benefit.clauses for part in clause.parts if part.kind == "per_unit"), None)


def _in_words(answer: Answer, case: Case, benefit: Benefit) -> list[Sentence] | None:
    if answer.outcome == NOT_ENTITLED or not case.periods.value:
        return None
    months = (case.event_on.year - case.periods.value[0].joined.year) * 12
    months += case.event_on.month - case.periods.value[0].joined.month
    words = [Sentence(N_("a member for %(span)s"), {"span": Span(months // 12, "year")})]
    part = _counted(benefit)
    if part and part.unit:
        n = case.quantity.value or 0
        words.append(Sentence(COUNTED[part.unit], {"n": n}))
        if part.satang and answer.amount_satang is not None and part.satang * n > answer.amount_satang:
            words.append(
                Sentence(N_("it would be %(amount)s, but there is a limit"), {"amount": Satang(part.satang * n)})
            )
    if answer.amount_satang:
        words.append(Sentence(N_("gets %(amount)s"), {"amount": Satang(answer.amount_satang)}))
    elif answer.max_satang:
        words.append(
            Sentence(N_("gets up to %(amount)s, as the committee decides"), {"amount": Satang(answer.max_satang)})
        )
    elif not answer.in_kind:
        words.append(Sentence(N_("how much, the regulation does not say")))
    words += [Sentence(N_("gets %(item)s, %(count)s pieces"), {"item": item, "count": n}) for item, n in answer.in_kind]
    return words


COUNTED = {
    "night": N_("in hospital for %(n)s nights"),
    "day": N_("for %(n)s days"),
    "child": N_("%(n)s children"),
    "item": N_("%(n)s pieces"),
    "month": N_("for %(n)s months"),
}
