"""What an outsider finds out of reports: the values that each hidden cell may have, under every sum that the files tell together. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from pwa.domain.network import declared_sums
from pwa.domain.network.hiding import POSSIBLE
from pwa.domain.network.report_files import Name, Report, number

Where = tuple[str, str, Name]
"""A cell of all reports: (unit, period, its name)."""


class Range(NamedTuple):
    """A hidden cell, and the least and the most that it may be; `most` None: nothing bounds it."""

    unit: str
    period: str
    cell: Name
    least: int
    most: int | None

    @property
    def is_leak(self) -> bool:
        """Whether fewer values are left than a hidden cell must keep."""
        return self.most is not None and self.most - self.least + 1 < POSSIBLE


Sum = tuple[frozenset[Where], int]
"""Hidden cells, and what they come to together."""


def attack(reports: Sequence[Report], beside: Sequence[Report] = ()) -> list[Range]:
    """The Range of every hidden cell of these reports, by what they and the ones beside them tell."""
    known, everywhere = {}, [*reports, *beside]
    for report in everywhere:
        for name, cell in report.cells.items():
            if (n := number(cell)) is not None:
                known[report.unit, report.period, name] = n
    bounds = _bounded(_sums(everywhere, known))
    found = []
    for report in reports:
        for name, cell in report.cells.items():
            if cell["s"] == "hidden":
                where = report.unit, report.period, name
                seen = known.get(where)
                whole = report.number(name[0])
                least, most = bounds.get(where, (1, whole)) if seen is None else (seen, seen)
                found.append(Range(*where, least, most))
    return sorted(found, key=lambda one: (one.unit, one.period, one.cell))


def _sums(reports: Sequence[Report], known: dict[Where, int]) -> list[Sum]:
    """Every sum over hidden cells: a group and its whole, a parent's cell and its children's."""
    found: list[Sum] = []
    by_hash = {report.sha256: report for report in reports}
    for report in reports:
        for figure, cuts in report.header["cuts"].items():
            whole = report.number(figure)
            names = {cut: [(figure, ((cut, value),)) for value in report.header["groups"][cut]] for cut in cuts}
            for cut in cuts if whole is not None else ():
                if declared_sums.adds_up(figure, cut):
                    found += _sum([(report, name) for name in names[cut]], whole or 0, known)
        children = [by_hash.get(one["sha256"]) for one in report.header["children"]]
        if children and None not in children:
            for name in report.cells:
                n = number(report.cells[name])
                if n is not None:
                    found += _sum([(child, name) for child in children if child], n, known)
    return found


def _sum(cells: Sequence[tuple[Report, Name]], whole: int, known: dict[Where, int]) -> list[Sum]:
    rest, unknown = whole, set()
    for report, name in cells:
        where, cell = (report.unit, report.period, name), report.cells.get(name)
        if where in known:
            rest -= known[where]
        elif cell is not None and cell["s"] == "hidden":
            unknown.add(where)
        else:
            return []
    return [(frozenset(unknown), rest)] if unknown else []


def _bounded(sums: list[Sum]) -> dict[Where, tuple[int, int]]:
    """{cell: (least, most)}: sums that lie in others are taken out of them, then each bounds its cells until nothing moves."""
    sums = _apart(sums)
    bounds: dict[Where, tuple[int, int]] = {}
    for cells, rest in sums:
        for cell in cells:
            low, high = bounds.get(cell, (1, rest))
            bounds[cell] = low, min(high, rest - len(cells) + 1)
    moved = True
    while moved:
        moved = False
        for cells, rest in sums:
            lows, highs = (sum(bounds[cell][end] for cell in cells) for end in (0, 1))
            for cell in cells:
                low, high = bounds[cell]
                tight = max(low, rest - (highs - high)), min(high, rest - (lows - low))
                if tight != (low, high) and tight[0] <= tight[1]:
                    bounds[cell], moved = tight, True
                    lows, highs = lows + tight[0] - low, highs + tight[1] - high
    return bounds


def _apart(sums: list[Sum]) -> list[Sum]:
    found = set(sums)
    while True:
        smaller = {
            (other - cells, whole - rest)
            for cells, rest in found
            for other, whole in found
            if cells < other and (other - cells, whole - rest) not in found
        }
        if not smaller:
            return sorted(found, key=lambda one: (sorted(one[0]), one[1]))
        found |= smaller
