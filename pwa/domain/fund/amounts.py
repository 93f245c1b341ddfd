"""How much a clause gives before any cap: pieces of so many units at so much, and the conditions that the counting itself sets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pwa.domain import N_
from pwa.domain.fund import conditions, membership
from pwa.domain.fund.answers import Condition
from pwa.domain.fund.asking import Asking
from pwa.domain.fund.case import NOT_TOLD, Fact
from pwa.domain.fund.membership import ASK, NEVER, complete
from pwa.domain.fund.periods import nights_by_year
from pwa.domain.fund.sentences import Satang, Sentence, Span
from pwa.domain.fund.terms import UNPUBLISHED, Clause, Compared, Part, Reduced, Row, Then
from pwa.domain.text.dates import months_complete

FROM_STAY = Sentence(N_("day of discharge less day of admission"))
TOLD = Sentence(N_("as told"))
ONE_CHILD = Sentence(N_("assumed: one child"))
UNITS = {
    "night": N_("%(n)s nights"),
    "day": N_("%(n)s days"),
    "child": N_("%(n)s children"),
    "item": N_("%(n)s pieces"),
    "month": N_("%(n)s months"),
}
AT_LEAST = N_("At least %(units)s")


@dataclass(slots=True)
class Piece:
    """`rate` None: not published, or left to a meeting (`discretionary`, at most `most`). `segments`: (a day of the year, units)."""

    part: Part
    rate: int | None
    segments: list[tuple[date, int]]
    counted: bool = False
    discretionary: bool = False
    most: int | None = None
    left_units: int | None = field(init=False)
    left_satang: int | None = field(init=False)
    blurred: bool = field(init=False)

    def __post_init__(self) -> None:
        """The part's own limits hold for all its segments together; a limit that is not published makes the sum unknown."""
        limit = None if self.discretionary else self.part.max_satang
        self.blurred = limit == UNPUBLISHED
        self.left_satang = None if self.blurred else limit
        self.left_units = self.part.max_units


def measured(asking: Asking, clause: Clause) -> tuple[list[Piece], list[Condition]]:
    """The pieces of a clause, and their conditions: a tier reached, units there, what a share is a share of."""
    pieces: list[Piece] = []
    told: list[Condition] = []
    alone = all(part.kind == "per_unit" or asking.benefit.per == "child" for part in clause.parts)
    for part in clause.parts:
        piece, new = _MEASURES[part.kind](asking, part, clause.clause)
        told += [
            one._replace(passed=True, remedy=None) if one.code == "units" and one.passed is False and not alone else one
            for one in new
        ]
        pieces.append(piece)
    reduced = asking.benefit.reduced
    if reduced and not asking.outsider:
        told += _reduce(asking, pieces, reduced)
    return pieces, told


def _fixed(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    if asking.benefit.per != "child":
        return Piece(part, part.satang, [(asking.on, 1)]), []
    given = asking.case.quantity
    n = 1 if given.value is None else given.value
    says = _at_least("child", part.min_units)
    fact, source = _units("child", n), ONE_CHILD if given.value is None else given.source
    condition = Condition("units", n >= part.min_units, says, clause, fact, source)
    return Piece(part, part.satang, [(asking.on, n)], counted=True), [condition]


def _per_unit(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    case, unit, least = asking.case, part.unit or "item", max(part.min_units, 1)
    segments = [(asking.on, case.quantity.value or 0)]
    source = case.quantity.source
    known = case.quantity.value is not None
    out = case.discharge_on or (asking.on if asking.benefit.event == "stay" else None)
    if unit == "night" and case.admit_on and out:
        known, source = True, FROM_STAY
        nights = (out - case.admit_on).days
        segments = [(asking.on, nights or asking.settings.same_day_nights or 0)]
        toward = asking.version.benefits[part.counts_toward]
        if toward.by_night and nights > 0:
            segments = nights_by_year(toward.period, case.admit_on, nights, asking.since)
    says = _at_least(unit, least)
    if not known:
        asks = ("discharge",) if unit == "night" and case.admit_on else ("quantity",)
        asked = Condition("units", None, says, clause, source=NOT_TOLD, remedy=ASK, asks=asks)
        return Piece(part, None, [(asking.on, 1)]), [asked]
    n = sum(units for _, units in segments)
    enough = n >= least
    condition = Condition("units", enough, says, clause, _units(unit, n), source, remedy=None if enough else NEVER)
    return Piece(part, part.satang if enough else 0, segments if enough else [(asking.on, 0)], counted=True), [
        condition
    ]


def _tiers(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    if not part.rows:
        return Piece(part, None, [(asking.on, 1)]), []
    condition = membership.tenure(asking, part.rows[0].span, clause)
    if not condition.passed or asking.since is None:
        return Piece(part, 0 if condition.passed is False else None, [(asking.on, 1)]), [condition]
    day, since = asking.day("tenure"), asking.since
    row = [row for row in part.rows if complete(since, row.span) <= day][-1]
    rate = row.satang
    if rate is not None and part.then:
        rate = _more(part.then, since, day, rate)
    return Piece(part, rate, [(asking.on, 1)]), [condition]


def _more(then: Then, since: date, day: date, satang: int) -> int:
    """What the table gives after its last row: so much for each whole further year (or month, or day)."""
    if day < complete(since, then.after):
        return satang
    if then.every.unit == "day":
        times = ((day - since).days - then.after.n) // then.every.n
    else:
        times = (months_complete(since, day) - _months(then.after)) // _months(then.every)
    more = satang + times * then.add_satang
    return more if then.max_satang is None else max(satang, min(more, then.max_satang))


def _months(span: Span) -> int:
    return span.n * 12 if span.unit == "year" else span.n


def _matrix(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    """The last row of which both the age and the tenure are complete; where none is, the row that time completes first."""
    found: tuple[Row, list[Condition]] | None = None
    best: tuple[tuple[bool, bool, date], list[Condition]] | None = None
    for row in part.rows:
        both = [
            conditions.age(asking, Compared("age", "at_least", row.age or 0, clause)),
            membership.tenure(asking, row.span, clause),
        ]
        if all(one.passed for one in both):
            found = row, both
        unknown = any(one.passed is None for one in both)
        never = any(one.passed is False and one.met_on is None for one in both)
        rank = never, unknown, max((one.met_on or asking.on) for one in both)
        if best is None or rank < best[0]:
            best = rank, both
    if found:
        return Piece(part, found[0].satang, [(asking.on, 1)]), found[1]
    if best is None:
        return Piece(part, None, [(asking.on, 1)]), []
    return Piece(part, 0, [(asking.on, 1)]), best[1]


def _percent(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    name = part.of or ""
    given: Fact[int | str | bool] = asking.case.facts.get(name, Fact())
    says = Sentence(N_("What it costs is known: %(fact)s"), {"fact": asking.version.facts[name].title})
    if given.value is None:
        asked = Condition(f"fact:{name}", None, says, clause, source=given.source, remedy=ASK, asks=(name,))
        return Piece(part, None, [(asking.on, 1)]), [asked]
    rate = int(given.value) * part.share // 10_000
    fact = Sentence("%(amount)s", {"amount": Satang(int(given.value))})
    return Piece(part, rate, [(asking.on, 1)]), [Condition(f"fact:{name}", True, says, clause, fact, given.source)]


def _discretionary(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    most = None if part.max_satang == UNPUBLISHED else part.max_satang
    return Piece(part, None, [(asking.on, 1)], discretionary=True, most=most), []


def _in_kind(asking: Asking, part: Part, clause: str) -> tuple[Piece, list[Condition]]:
    return Piece(part, 0, [(asking.on, 1)]), []


def _reduce(asking: Asking, pieces: list[Piece], reduced: Reduced) -> Iterator[Condition]:
    """Take the share off for arrears of more than so many days."""
    coverage, day = asking.case.coverage, asking.day("paid")
    says = Sentence(N_("Less is given where more than %(n)s days are in arrears"), {"n": reduced.after_days})
    if coverage is None:
        return
    if coverage.value is None:
        yield Condition("paid", None, says, reduced.clause, source=coverage.source, remedy=ASK, asks=("paid_through",))
        return
    through = membership.paid_through(asking, day)
    if through is None or (day - through).days <= reduced.after_days:
        return
    for piece in pieces:
        piece.rate = piece.rate and piece.rate * (10_000 - reduced.share) // 10_000
        piece.most = piece.most and piece.most * (10_000 - reduced.share) // 10_000
    fact = Sentence(
        N_("%(n)s days in arrears, so %(share)s percent less"),
        {"n": (day - through).days, "share": reduced.share // 100},
    )
    yield Condition("paid", True, says, reduced.clause, fact, coverage.source)


@lru_cache(maxsize=1024)
def _units(unit: str, n: int) -> Sentence:
    return Sentence(UNITS[unit], {"n": n})


@lru_cache(maxsize=1024)
def _at_least(unit: str, n: int) -> Sentence:
    return Sentence(AT_LEAST, {"units": _units(unit, n)})


_MEASURES = {
    "fixed": _fixed,
    "per_unit": _per_unit,
    "tiers": _tiers,
    "matrix": _matrix,
    "percent": _percent,
    "discretionary": _discretionary,
    "in_kind": _in_kind,
}
