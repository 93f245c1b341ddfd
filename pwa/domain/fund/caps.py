"""Caps: what of the pieces may be given. Units first, then baht: of the event, the period, the household, a life.

A night that its year no longer pays does not eat the stay's own cap. What a part counts toward another benefit falls under that
benefit's caps of the period, the household and a life; the event's caps are its own benefit's.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pwa.domain import N_
from pwa.domain.fund.amounts import Piece
from pwa.domain.fund.answers import Condition
from pwa.domain.fund.asking import DAY, Asking
from pwa.domain.fund.case import Used
from pwa.domain.fund.conditions import UNGIVEN
from pwa.domain.fund.membership import NEVER
from pwa.domain.fund.periods import Year, most_used, year_of
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.domain.fund.terms import UNPUBLISHED, Benefit, Cap
from pwa.domain.text.dates import complete_on

ORDER = ("event", "period", "household", "life")
SAYS = {
    "event": N_("At most %(limit)s for one event"),
    "period": N_("At most %(limit)s a year"),
    "household": N_("At most %(limit)s for a household"),
    "life": N_("At most %(limit)s in a life"),
}
LEFT = N_("used %(used)s, left %(left)s")
COUNT = N_("%(n)s times or nights")
BOTH = N_("%(units)s and %(amount)s")


class Budget:
    """What one cap leaves for one event. `satang` or `units` None: it has no such limit. `blurred`: an unknown sum was taken already."""

    __slots__ = ("blurred", "cap", "first_satang", "first_units", "satang", "units", "until")

    def __init__(self, cap: Cap, used: tuple[int, int], until: date | None = None) -> None:
        self.cap, self.until = cap, until
        limit = None if cap.satang == UNPUBLISHED else cap.satang
        self.satang = self.first_satang = None if limit is None else max(limit - used[0], 0)
        self.units = self.first_units = None if cap.units is None else max(cap.units - used[1], 0)
        self.blurred = cap.satang == UNPUBLISHED

    @property
    def empty(self) -> bool:
        return self.first_satang == 0 or self.first_units == 0


class Paid(NamedTuple):
    """Of one segment of a piece. `satang` None: nobody can count it out."""

    piece: Piece
    day: date
    units: int
    satang: int | None
    most: int | None


def applied(asking: Asking, pieces: list[Piece]) -> tuple[list[Paid], list[Condition]]:
    """What is given of each piece, and a condition for each cap that was asked."""
    budgets: dict[tuple[str, int, date | None], Budget] = {}
    paid = []
    for piece in pieces:
        for day, units in piece.segments:
            asked = [_budget(asking, budgets, owner, at, day) for owner, at in _asked(asking, piece)]
            paid.append(_pay(piece, day, units, asked))
    nothing = all(one.units == 0 or (one.satang == 0 and one.piece.part.kind != "in_kind") for one in paid)
    return paid, list(_conditions(asking, budgets, nothing))


def _asked(asking: Asking, piece: Piece) -> Iterator[tuple[Benefit, int]]:
    """(whose cap, its place): the piece's own limit has no place among them (-1)."""
    own = asking.benefit
    toward = asking.version.benefits[piece.part.counts_toward]
    yield from ((own, at) for at, cap in enumerate(own.caps) if cap.scope == "event")
    yield from ((toward, at) for at, cap in enumerate(toward.caps) if cap.scope != "event")


def _pay(piece: Piece, day: date, units: int, budgets: list[Budget]) -> Paid:
    take = min([units, *(one.units for one in budgets if one.units is not None)])
    limits = [one.satang for one in budgets if one.satang is not None]
    if piece.left_units is not None:
        take = min(take, piece.left_units)
        piece.left_units -= take
    if piece.left_satang is not None:
        limits.append(piece.left_satang)
    most = None if piece.most is None else min([piece.most, *limits])
    satang: int | None = None if piece.rate is None else min([piece.rate * take, *limits])
    if take == 0 or 0 in limits:
        satang = 0
    elif satang and (piece.blurred or any(one.blurred for one in budgets)):
        satang = None
    if piece.left_satang is not None:
        piece.left_satang -= satang or 0
    for one in budgets:
        if one.units is not None:
            one.units -= take
        if satang is None:
            one.blurred = True
        elif one.satang is not None:
            one.satang -= satang
    return Paid(piece, day, take, satang, most)


def _budget(
    asking: Asking, budgets: dict[tuple[str, int, date | None], Budget], owner: Benefit, at: int, day: date
) -> Budget:
    cap = owner.caps[at]
    year = None
    if cap.scope == "period" and owner.period != "rolling":
        year = year_of(owner.period, day, asking.since)
    key = (owner.code, at, year.first if year else None)
    if key not in budgets:
        budgets[key] = Budget(cap, _used(asking, owner, cap, day, year), year.until if year else None)
    return budgets[key]


def _used(asking: Asking, owner: Benefit, cap: Cap, day: date, year: Year | None) -> tuple[int, int]:
    """Satang and units that were used of a cap before; `year`: of a cap that has one."""
    case = asking.case
    if cap.scope == "event":
        return 0, 0
    if cap.scope == "household":
        return case.household_used_satang, 0
    mine: list[Used] = [one for one in case.used if one.benefit in (owner.code, "")]
    told = (case.used_satang, case.used_units) if owner is asking.benefit else (0, 0)
    if cap.scope == "period":
        anchor = case.anchor_on or case.event_on
        if year is None:
            return most_used(mine, day, *(told if anchor == day else (0, 0)))
        mine = [one for one in mine if one.on in year]
        told = told if anchor in year else (0, 0)
    return told[0] + sum(one.satang for one in mine), told[1] + sum(one.units for one in mine)


def _conditions(
    asking: Asking, budgets: dict[tuple[str, int, date | None], Budget], nothing: bool
) -> Iterator[Condition]:
    """One for each cap: of the event's own year where a stay lies in two."""
    by_cap: dict[tuple[str, int], list[Budget]] = {}
    for (owner, at, _), one in budgets.items():
        by_cap.setdefault((owner, at), []).append(one)
    for (owner, _), several in sorted(by_cap.items(), key=lambda item: ORDER.index(item[1][0].cap.scope)):
        shown = several[-1]
        passed: bool | None = not (nothing and all(one.empty for one in several))
        if passed and shown.cap.satang == UNPUBLISHED:
            passed = None
        met_on = _next(asking, asking.version.benefits[owner], shown) if passed is False else None
        from_then = Sentence(N_("from %(day)s on"), {"day": met_on}) if met_on else NEVER
        remedy = UNGIVEN if passed is None else None if passed else from_then
        yield Condition(
            code=f"cap_{shown.cap.scope}",
            passed=passed,
            says=_says(shown.cap.scope, shown.cap.satang, shown.cap.units),
            clause=shown.cap.clause,
            fact=_left(shown.cap.satang, shown.cap.units, shown.first_satang, shown.first_units),
            source=asking.case.used_source,
            met_on=met_on,
            remedy=remedy,
            left_satang=shown.first_satang,
            left_units=shown.first_units,
        )


@lru_cache(maxsize=1024)
def _says(scope: str, satang: int | None, units: int | None) -> Sentence:
    return Sentence(SAYS[scope], {"limit": _limit(satang, units)})


@lru_cache(maxsize=1024)
def _left(cap_satang: int | None, cap_units: int | None, satang: int | None, units: int | None) -> Sentence | None:
    """What was used of a cap and what is left; None where it gives no number. Most answers share these few sentences."""
    if satang is None and units is None:
        return None
    used = (
        None if satang is None or cap_satang is None else cap_satang - satang,
        None if units is None or cap_units is None else cap_units - units,
    )
    return Sentence(LEFT, {"used": _limit(*used), "left": _limit(satang, units)})


def _limit(satang: int | None, units: int | None) -> Sentence:
    amount = UNGIVEN if satang == UNPUBLISHED else Sentence("%(amount)s", {"amount": Satang(satang or 0)})
    if units is None:
        return amount
    count = Sentence(COUNT, {"n": units})
    return count if satang is None else Sentence(BOTH, {"units": count, "amount": amount})


def _next(asking: Asking, owner: Benefit, budget: Budget) -> date | None:
    """The first day on which the cap gives something again; None where it never does.

    A stay that is told apart by night ends on the morning after its first night of the new year.
    """
    if budget.cap.scope != "period":
        return None
    if budget.until:
        return budget.until + DAY if owner.by_night and asking.case.admit_on else budget.until
    ends = {complete_on(one.on, 12, "month") for one in asking.case.used} | {complete_on(asking.on, 12, "month")}
    for day in sorted(end for end in ends if end > asking.on):
        if not Budget(budget.cap, _used(asking, owner, budget.cap, day, None)).empty:
            return day
    return None
