"""A draft's body out of the rows behind each cell: what is told, what is hidden, and which cuts cannot be told at all.

`kept`: {"figure" or "figure|cut|value": [[id, how much]]}, None for money of a month that is not closed; `small`: the cells that tell
of somebody, as (figure, cut, value).
"""

from datetime import datetime, timedelta

from pwa.domain.network import attacking, declared_sums, figures, hiding, report_files

INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def is_same(body, header, cells):
    """Whether a draft's body tells what was computed now; when it was made, and how far was read, is no difference."""
    same = {name: _header(body)[name] for name in ("made_at", "position")}
    return report_files.body(header | same, cells) == body


def after(body, header):
    """The header of a draft that takes the place of this body, made a second later than it at least.

    So no two drafts of a month are the same bytes, and the newest is the one to look at, even where figures change and change back at once.
    """
    least = datetime.strptime(_header(body)["made_at"], INSTANT) + timedelta(seconds=1)
    return header | {"made_at": max(header["made_at"], least.strftime(INSTANT))}


def _header(body):
    return report_files.read(report_files.whole(body, [])).header


def named(month, due, size):
    """{"figure", "figure|cut|value": rows} of every cell that may be told."""
    found = {figure: month.cells[figure, "", ""].rows for figure in due}
    for figure, cuts in due.items():
        for cut in cuts:
            for value in figures.groups_of(cut, size):
                counted = month.cells.get((figure, cut, value))
                found[f"{figure}|{cut}|{value}"] = counted.rows if counted else []
    return found


def cells(header, kept, small):
    """The cells that a header announces, out of the rows that were kept: told, zero, hidden or not known yet."""
    found = []
    for figure, cuts in header["cuts"].items():
        if kept[figure] is None:
            found.append(report_files.untold(figure, "not_closed"))
            continue
        found.append(report_files.told(figure, _sum(kept[figure])))
        for cut in cuts:
            numbers, hidden = _numbers(header, kept, figure, cut), _hidden(header, kept, small, figure, cut)
            for value, n in numbers.items():
                is_hidden = value in hidden
                cell = {"by": {cut: value}, "figure": figure, "s": "hidden"}
                found.append(cell if is_hidden else report_files.told(figure, n, cut, value))
    return found


def _sum(rows):
    return sum(row[1] for row in rows)


def _numbers(header, kept, figure, cut):
    return {value: _sum(kept[f"{figure}|{cut}|{value}"]) for value in header["groups"][cut]}


def _hidden(header, kept, small, figure, cut):
    """Which values of a cut are hidden; None where the cut cannot be told at all."""
    numbers = _numbers(header, kept, figure, cut)
    few = [value for value in numbers if (figure, cut, value) in small]
    if cut in figures.OPEN or not few:
        return set()
    if min(numbers.values()) < 0:
        return None
    return hiding.hidden(numbers, few) if declared_sums.adds_up(figure, cut) else set(few)


def without_leaks(header, kept, small, earlier):
    """The header without the cuts that would tell of somebody, alone or beside the earlier reports."""
    cuts = {
        figure: [
            cut for cut in cuts if kept[figure] is not None and _hidden(header, kept, small, figure, cut) is not None
        ]
        for figure, cuts in header["cuts"].items()
    }
    while True:
        named = sorted({cut for found in cuts.values() for cut in found})
        header = header | {"cuts": cuts, "groups": {cut: header["groups"][cut] for cut in named}}
        made = report_files.read(report_files.whole(report_files.body(header, cells(header, kept, small)), []))
        leaks = {(one.cell[0], one.cell[1][0][0]) for one in attacking.attack([made], earlier) if one.is_leak}
        if not leaks:
            return header
        cuts = {figure: [cut for cut in found if (figure, cut) not in leaks] for figure, found in cuts.items()}
