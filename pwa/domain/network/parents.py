"""A parent's figures: the sum of its children's reports, cell by cell; what some of them do not tell is a part, never a total. Pure."""

from collections.abc import Sequence
from typing import Any

from pwa.domain.network import figures
from pwa.domain.network.report_files import Report, number, told
from pwa.domain.network.report_shapes import Cell


def named(children: Sequence[Report]) -> list[dict[str, Any]]:
    """How a header lists its children, by their units."""
    return [
        {"seq": one.header["seq"], "sha256": one.sha256, "unit": one.unit}
        for one in sorted(children, key=lambda child: child.unit)
    ]


def summed(children: Sequence[Report], of: int) -> tuple[dict[str, list[str]], dict[str, list[str]], list[Cell]]:
    """(cuts, groups, cells) of a parent with so many children, of which these have reported. A figure that nobody here knows is left
    out; a cut is told where all children that have the figure tell it by the same groups.
    """
    cuts: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    cells: list[Cell] = []
    for figure in figures.FIGURES:
        having = [child for child in children if figure in child.header["cuts"]]
        if not having:
            continue
        cells.append(_cell(figure, having, of))
        cuts[figure] = []
        for cut in figures.FIGURES[figure].cuts:
            values = having[0].header["groups"].get(cut, [])
            if all(_tells(child, figure, cut, values) for child in having) and groups.get(cut, values) == values:
                cuts[figure].append(cut)
                groups[cut] = values
                cells += [_cell(figure, having, of, cut, value) for value in values]
    return cuts, groups, cells


def _tells(child: Report, figure: str, cut: str, values: list[str]) -> bool:
    return cut in child.header["cuts"][figure] and bool(values) and child.header["groups"][cut] == values


def _cell(figure: str, children: Sequence[Report], of: int, cut: str = "", value: str = "") -> Cell:
    """The whole where every child tells its number, else how much some of them come to."""
    known = [n for child in children if (n := number(child.cell(figure, cut, value))) is not None]
    if len(known) == of:
        return told(figure, sum(known), cut, value)
    about: Cell = {"by": {cut: value} if cut else {}, "figure": figure}
    if not known:
        return about | {"s": "missing", "w": "not_counted"}
    return about | {"k": len(known), "n": sum(known), "of": of, "s": "part"}
