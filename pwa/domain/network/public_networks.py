"""What a network tells everybody: its funds together by the quarter, from the reports that it accepted, each known by its hash.

Monthly figures are told by the quarter (network.md §2). A fund's number takes part only where it may stand in public (§3): members and
what they put in from 10 members on. To how many people benefits went, and how much one of them had, no month's report says, so what was paid
out is told only as a sum of three funds or more that paid any. Where not every fund takes part, the sum says of how many it is.
"""

from typing import NamedTuple

from db.models import ReceivedReport, ToldFigure, ToldMonth, Unit
from pwa.domain import NotFound

FEWEST = 10
PAYING = 3
"""So many funds that paid benefits stand behind a sum of them at least."""
QUARTERS = 8
SHOWN = ("members", "contributed", "paid_out")
STOCKS = ("members",)
KINDS = ("network", "province")


class Quarter(NamedTuple):
    """`last` is its last month; `sums` {figure: (n, of how many funds)}; `of` how many funds told all three months."""

    last: str
    sums: dict[str, tuple[int, int]]
    of: int


def unit(code):
    """The network or province with this code that has accepted a report. Raises NotFound."""
    found = Unit.get_or_none(Unit.code == code, Unit.kind.in_(KINDS))
    if found is None or not ToldMonth.select().where(ToldMonth.parent == code).exists():
        raise NotFound
    return found


def quarters(code):
    """[Quarter] of which any fund told all three months, the newest first, at most eight."""
    told: dict[str, dict[str, dict[str, dict[str, int | None]]]] = {}
    query = ToldFigure.select(ToldFigure.unit, ToldFigure.period, ToldFigure.figure, ToldFigure.n)
    query = query.where(ToldFigure.parent == code, ToldFigure.figure.in_(SHOWN))
    for one, period, figure, n in query.tuples():
        told.setdefault(quarter_of(period), {}).setdefault(one, {}).setdefault(period, {})[figure] = n
    whole = {last: {one: rows for one, rows in units.items() if len(rows) == 3} for last, units in told.items()}
    found = sorted(((last, units) for last, units in whole.items() if units), reverse=True)[:QUARTERS]
    return [Quarter(last, {figure: _sum(figure, last, units) for figure in SHOWN}, len(units)) for last, units in found]


def quarter_of(period: str) -> str:
    """The last month of the quarter of a month ("2026-10" → "2026-12")."""
    return f"{period[:4]}-{(int(period[5:]) + 2) // 3 * 3:02d}"


def reports(code):
    """[(name, month, hash)] of the last accepted report of each unit below, by name."""
    query = ToldMonth.select(ToldMonth.name, ToldMonth.period, ReceivedReport.sha256).join(ReceivedReport)
    last: dict[str, tuple[str, str]] = {}
    for name, period, sha256 in query.where(ToldMonth.parent == code).order_by(ToldMonth.period).tuples():
        last[name] = (period, sha256)
    return [(name, *about) for name, about in sorted(last.items())]


def _sum(figure, last, units):
    values = [_public(figure, last, months) for months in units.values()]
    known = [value for value in values if value is not None]
    if figure == "paid_out" and sum(value != 0 for value in known) < PAYING and any(known):
        return 0, 0
    return sum(known), len(known)


def _public(figure, last, months):
    """What a fund lets everybody know of a figure; None where it is withheld or not told."""
    told = [months[period].get(figure) for period in sorted(months)]
    if any(n is None for n in told) or any((month.get("members") or 0) < FEWEST for month in months.values()):
        return None
    return months[last][figure] if figure in STOCKS else sum(told)
