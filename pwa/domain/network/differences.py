"""What differs between two reports, in words that tell of nobody: a number under 5 of a group is not said. Pure."""

from pwa.domain import N_
from pwa.domain.fund.sentences import Satang, Sentence, Value
from pwa.domain.network import figures
from pwa.domain.network.hiding import is_small
from pwa.domain.network.report_files import Name, Report, called, number
from pwa.domain.network.report_shapes import Cell

SAME = N_("Both tell the same figures.")
MOVED = N_("%(figure)s: %(before)s → %(after)s (%(change)s)")
LITTLE = N_("%(figure)s: %(change)s")
STATE = N_("%(figure)s: told otherwise (%(before)s → %(after)s)")
ONLY = N_("%(figure)s stands only in the report of %(period)s.")
OF_A_GROUP = N_("%(figure)s, %(group)s")
FEW = N_("a few more or fewer")


def words(before: Report, after: Report) -> list[Sentence]:
    """A Sentence for each cell that differs, in the order of the file."""
    found: list[Sentence] = []
    for name in sorted(before.cells.keys() | after.cells.keys()):
        then, now = before.cells.get(name), after.cells.get(name)
        if then is None or now is None:
            period = (before if now is None else after).period
            found.append(Sentence(ONLY, {"figure": spoken(name), "period": period}))
        elif then != now:
            found.append(_changed(name, then, now))
    return found or [Sentence(SAME)]


def _changed(name: Name, then: Cell, now: Cell) -> Sentence:
    n, m = number(then), number(now)
    about: dict[str, Value | list[Value]] = {"figure": spoken(name)}
    if n is None or m is None:
        return Sentence(STATE, about | {"before": then["s"], "after": now["s"]})
    is_money = figures.FIGURES[name[0]].unit == "satang" if name[0] in figures.FIGURES else False
    if not is_money and name[1] and any(is_small(abs(one)) for one in (n, m, n - m)):
        return Sentence(LITTLE, about | {"change": Sentence(FEW)})
    change = Satang(m - n) if is_money else f"{m - n:+,}"
    ends = {"before": Satang(n), "after": Satang(m)} if is_money else {"before": f"{n:,}", "after": f"{m:,}"}
    return Sentence(MOVED, about | ends | {"change": change})


def spoken(name: Name) -> Sentence | str:
    """A cell by the name of its figure."""
    figure = figures.FIGURES.get(name[0])
    if figure is None:
        return called(name)
    if not name[1]:
        return Sentence(figure.name)
    [(cut, value)] = name[1]
    known = figures.CUTS[cut].values.get(value) if cut in figures.CUTS else None
    return Sentence(OF_A_GROUP, {"figure": Sentence(figure.name), "group": Sentence(known) if known else value})
