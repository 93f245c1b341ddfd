"""Why a version cannot be published: what it says contradicts itself, or can never happen. Nothing here needs a member.

Judged on the boundary days and values of the document itself: each constant, one below it and one above.
"""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from pwa.domain import N_
from pwa.domain.fund.claiming import LEVEL
from pwa.domain.fund.conditions import holds, shown
from pwa.domain.fund.documents import Path_
from pwa.domain.fund.membership import complete
from pwa.domain.fund.sentences import Said, Sentence, Span
from pwa.domain.fund.terms import Benefit, Compared, Group, Node, Part, Row, Version

WHOLE = 10_000
STARTS = [date(2023, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]
"""A day of each kind that a membership can begin on, through a leap year."""
ON = (date(2027, 3, 1), date(2028, 3, 1))
"""With a 29 February behind it, and without: tenures of days and of years part there."""
WAYS = 256
"""So many ways at most in which an "any of" of a clause is looked at; `Many` is told beyond."""
Way = list[Compared]
SPLIT = N_("Income “%(income)s”: its shares make %(sum)s, not 10,000 hundredths of a percent.")
NO_CLAUSE = N_("Benefit “%(benefit)s”: say which clause of the regulation it is.")
TIERS = N_(
    "Benefit “%(benefit)s”: the row %(later)s can be complete before the row %(earlier)s above it, for example from %(day)s on."
)
MATRIX = N_("Benefit “%(benefit)s”: the row of age %(age)s and %(later)s asks less than a row above it.")
THEN = N_("Benefit “%(benefit)s”: what is added after %(after)s begins before the last row, or counts in other units.")
BOTH = N_("Benefit “%(benefit)s”: “%(one)s” and “%(two)s” both give where %(case)s. Say which goes first (order).")
ALWAYS = N_("that case is every case")
NEVER = N_("Benefit “%(benefit)s”: nobody can meet “%(clause)s”; its conditions contradict each other.")
HIDDEN = N_("Benefit “%(benefit)s”: “%(clause)s” is never reached, the ones before it take every case.")
MANY = N_("Benefit “%(benefit)s”: too many “any of” in each other to be looked through.")
NO_LEVEL = N_("Benefit “%(benefit)s”: once for a school level needs a fact “level” with its choices.")
URGENT = N_("Urgent payment: there is no benefit “%(benefit)s”.")


def faults(version: Version) -> Iterator[Sentence]:
    """Each reason as a sentence, in the order of the document."""
    return (told for _, told in located(version))


def located(version: Version) -> Iterator[tuple[Path_, Sentence]]:
    """The same, each with the path in the document of what has to be mended."""
    for told in _of_settings(version):
        yield ("settings", "urgent", "benefits"), told
    for at, split in enumerate(version.splits):
        total = sum(share for _, share in split.shares)
        if total != WHOLE:
            yield ("splits", at, "pots"), Sentence(SPLIT, {"income": split.income, "sum": total})
    for at, benefit in enumerate(version.benefits.values()):
        yield from _of_benefit(version, benefit, ("benefits", at))


def _of_benefit(version: Version, benefit: Benefit, path: Path_) -> Iterator[tuple[Path_, Sentence]]:
    if not any(letter.isalnum() for letter in benefit.clause):
        yield (*path, "clause"), Sentence(NO_CLAUSE, {"benefit": benefit.code})
    if benefit.once == "level" and (LEVEL not in version.facts or version.facts[LEVEL].kind != "choice"):
        yield (*path, "once"), Sentence(NO_LEVEL, {"benefit": benefit.code})
    for at, clause in enumerate(benefit.clauses):
        for part_at, part in enumerate(clause.parts):
            here = (*path, "clauses", at, "amounts", part_at, "rows")
            yield from ((here, told) for told in _of_rows(benefit, part))
    yield from (((*path, "clauses"), told) for told in _of_clauses(version, benefit))


def _of_settings(version: Version) -> Iterator[Sentence]:
    settings = version.settings
    for code in settings.urgent.benefits if settings.urgent else ():
        if code not in version.benefits:
            yield Sentence(URGENT, {"benefit": code})


def _of_rows(benefit: Benefit, part: Part) -> Iterator[Sentence]:
    """Rows go in their order: a later one must never be complete before one above it."""
    for above, row in itertools.pairwise(part.rows):
        if part.kind == "matrix":
            if (row.age or 0) < (above.age or 0) or earlier_start(row.span, above.span) or _same(row, above):
                yield Sentence(MATRIX, {"benefit": benefit.code, "age": row.age or 0, "later": row.span})
        elif (start := earlier_start(row.span, above.span)) or _same(row, above):
            told = {"later": row.span, "earlier": above.span, "day": start or STARTS[0]}
            yield Sentence(TIERS, {"benefit": benefit.code, **told})
    if part.then and part.rows:
        months = {span.unit != "day" for span in (part.then.after, part.then.every)}
        if len(months) > 1 or part.then.every.n == 0 or earlier_start(part.then.after, part.rows[-1].span):
            yield Sentence(THEN, {"benefit": benefit.code, "after": part.then.after})


def _same(row: Row, above: Row) -> bool:
    return (row.span, row.age) == (above.span, above.age)


def earlier_start(later: Span, earlier: Span) -> date | None:
    """A day from which `later` is complete before `earlier`; None when there is none."""
    if later.unit == earlier.unit:
        return STARTS[0] if later.n < earlier.n else None
    return next((start for start in STARTS if complete(start, later) < complete(start, earlier)), None)


def _of_clauses(version: Version, benefit: Benefit) -> Iterator[Sentence]:
    always = _ways(benefit.conditions)
    ways = [_ways((*benefit.conditions, *clause.when)) for clause in benefit.clauses]
    if always is None or any(one is None for one in ways):
        yield Sentence(MANY, {"benefit": benefit.code})
        return
    for clause, mine in zip(benefit.clauses, ways, strict=True):
        if not any(_met(version, way, strict=False) is not None for way in mine or ()):
            yield Sentence(NEVER, {"benefit": benefit.code, "clause": clause.clause})
    for at, clause in enumerate(benefit.clauses[1:] if benefit.ordered else (), 1):
        if any(not before.when for before in benefit.clauses[:at]) or _hidden(version, benefit, at):
            yield Sentence(HIDDEN, {"benefit": benefit.code, "clause": clause.clause})
    if not benefit.ordered:
        for one, two in itertools.combinations(range(len(ways)), 2):
            yield from _overlap(version, benefit, (one, two), ways[one] or [], ways[two] or [])


def _overlap(
    version: Version, benefit: Benefit, pair: tuple[int, int], ones: list[Way], twos: list[Way]
) -> Iterator[Sentence]:
    for one, two in itertools.product(ones, twos):
        case = _met(version, [*one, *two], strict=True)
        if case is not None:
            named = [benefit.clauses[at].clause for at in pair]
            shown_case = case or [Sentence(ALWAYS)]
            yield Sentence(BOTH, {"benefit": benefit.code, "one": named[0], "two": named[1], "case": shown_case})
            return


def _hidden(version: Version, benefit: Benefit, at: int) -> bool:
    """Whether no case of the document's own values reaches an ordered clause past those before it."""
    clauses = benefit.clauses[: at + 1]
    ways = [_ways(clause.when) or [] for clause in clauses]
    named: dict[str, list[Compared]] = {}
    for way in itertools.chain.from_iterable(ways):
        for test in way:
            named.setdefault(test.fact, []).append(test)
    cases = itertools.product(*(list(_values(version, tests)) for tests in named.values()))
    for values in itertools.islice(cases, 20_000):
        case = dict(zip(named, values, strict=True))
        met = [any(all(_holds(test, case[test.fact]) for test in way) for way in mine) for mine in ways]
        if met[-1] and not any(met[:-1]):
            return False
    return True


def _ways(nodes: Iterable[Node]) -> list[Way] | None:
    """Each way in which all of these hold; None when there are too many."""
    ways: list[Way] = [[]]
    for node in nodes:
        more: list[Way] | None
        if isinstance(node, Compared):
            more = [[node]]
        elif isinstance(node, Group) and node.any:
            inner = [_ways([part]) for part in node.parts]
            more = None if None in inner else [way for some in inner for way in some or ()]
        else:
            more = _ways(node.parts)
        if more is None or len(ways) * len(more) > WAYS:
            return None
        ways = [[*one, *two] for one in ways for two in more]
    return ways


def _met(version: Version, way: Way, *, strict: bool) -> list[Said] | None:
    """A case that meets all tests, fact by fact; None where there is none. A number that is not given may be anything; not where `strict`."""
    found: list[Said] = []
    for name in dict.fromkeys(test.fact for test in way):
        tests = [test for test in way if test.fact == name]
        if any(not test.published for test in tests):
            if strict:
                return None
            tests = [test for test in tests if test.published]
        fits = [value for value in _values(version, tests) if all(_holds(test, value) for test in tests)]
        if tests and not fits:
            return None
        found += [_told(version, name, fits[0])] if tests else []
    return found


def _holds(test: Compared, value: Any) -> bool:
    if not test.published:
        return False
    if test.fact == "tenure":
        start, on = value
        return (complete(start, test.value) <= on) is (test.op == "at_least")
    return holds(test.op, value, test.value)


def _values(version: Version, tests: list[Compared]) -> Iterator[Any]:
    """The values at which these tests can change their mind."""
    name = tests[0].fact if tests else ""
    constants = [
        one for test in tests if test.published for one in (test.value if test.op == "one_of" else [test.value])
    ]
    kind = version.facts.get(name)
    if name == "tenure":
        for span, on in itertools.product(constants, ON):
            days = min({"day": span.n, "month": span.n * 30, "year": span.n * 365}[span.unit], 200 * 365)
            about = (on - timedelta(days=days + more) for more in range(-2, days // 60 + 40))
            near = [start for start in about if abs((complete(start, span) - on).days) <= 1]
            yield from ((start, on) for start in {*near[:1], *near[-1:]})
    elif kind and kind.kind == "yes_no":
        yield from (True, False)
    elif kind and kind.kind == "choice":
        yield from kind.choices or ()
    elif name in ("sex", "subject"):
        yield from ("f", "m") if name == "sex" else (*constants, "")
    else:
        yield from sorted({value for one in constants for value in (0, one - 1, one, one + 1) if value >= 0})


def _told(version: Version, name: str, value: Any) -> Said:
    kind = version.facts.get(name)
    title = kind.title if kind else name
    words = value[0] if name == "tenure" else str(value) if name == "age" else shown(value, name, kind)
    return Sentence("%(fact)s: %(value)s", {"fact": title, "value": words})
