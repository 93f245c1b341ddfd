"""What a network reads beside the figures themselves: how members moved, where a report contradicts the one before, a month side by side.

Read from what accepted reports told (told_months); whole figures that go up by the month, no person.
"""

from typing import NamedTuple

from peewee import Case

from db.models import ToldFigure, ToldMonth
from pwa.domain.network import month_members

CARRIED = {"members_before": "members", "cash_before": "cash_and_bank", "held_before": "held", "owed_before": "owed"}
"""{a stock brought forward: the figure of the month before that it must be}."""


MOST = 20
"""So many contradictions are shown: who has more looks at the first ones."""


class Contradiction(NamedTuple):
    """A unit begins a month with another number than it ended the one before with."""

    unit: str
    figure: str
    ended: int
    begins: int


def year_before(period: str) -> str:
    """The same month a year earlier ("2026-10" → "2025-10")."""
    return f"{int(period[:4]) - 1:04d}{period[4:]}"


def month(parent: str, period: str) -> list[tuple[str, str, dict[str, int | None]]]:
    """[(unit, its name, {figure: n})] of who told a month, by name."""
    names = ToldMonth.select(ToldMonth.unit, ToldMonth.name).where(
        ToldMonth.parent == parent, ToldMonth.period == period
    )
    told = _told(parent, [period])
    return sorted(
        ((unit, name, told.get((unit, period), {})) for unit, name in names.tuples()), key=lambda row: row[1:2]
    )


def moved(parent: str, period: str, figure: str = "members") -> dict[str, tuple[int | None, int | None]]:
    """{unit: (by how many more than last month, than the same month of last year)}; None where either month does not tell it."""
    before, last_year = month_members.month_before(period), year_before(period)
    told = _told(parent, [period, before, last_year], [figure])

    def since(unit: str, other: str) -> int | None:
        now, then = (told.get((unit, one), {}).get(figure) for one in (period, other))
        return None if now is None or then is None else now - then

    return {unit: (since(unit, before), since(unit, last_year)) for unit, one in told if one == period}


def contradictions(parent: str, period: str) -> list[Contradiction]:
    """Where a month does not begin with what the month before ended with, by unit and figure, at most 20. A month that is put right by a later
    number changes both; what the register found later stands in `restated`, and is no contradiction.
    """
    now, then = ToldFigure.alias(), ToldFigure.alias()
    carried = Case(now.figure, tuple(CARRIED.items()))
    same = (then.parent == now.parent) & (then.unit == now.unit) & (then.figure == carried)
    query = now.select(now.unit, now.figure, then.n, now.n).join(then, on=same)
    query = query.where(now.parent == parent, now.period == period, now.figure.in_(list(CARRIED)), now.n != then.n)
    query = query.where(then.period == month_members.month_before(period))
    return [Contradiction(*row) for row in query.order_by(now.unit, now.figure).limit(MOST).tuples()]


def _told(
    parent: str, periods: list[str], figures: list[str] | None = None
) -> dict[tuple[str, str], dict[str, int | None]]:
    """{(unit, month): {figure: n}}."""
    query = ToldFigure.select(ToldFigure.unit, ToldFigure.period, ToldFigure.figure, ToldFigure.n)
    query = query.where(ToldFigure.parent == parent, ToldFigure.period.in_(periods))
    if figures:
        query = query.where(ToldFigure.figure.in_(figures))
    found: dict[tuple[str, str], dict[str, int | None]] = {}
    for unit, period, figure, n in query.tuples():
        found.setdefault((unit, period), {})[figure] = n
    return found
