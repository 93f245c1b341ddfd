"""What a list shows of an entry without the register: house, names, what is odd in itself. An entry never changes, so what was
read once is kept in memory, under the first bytes of its sealed payload; an erased entry shows nothing."""

from dataclasses import dataclass

from db.memory import Recent
from db.models import Entry
from pwa.domain.register import submissions
from pwa.domain.review import effects

MARK = 24


@dataclass(frozen=True)
class Glance:
    """`signs` are names of machine checks and "applies"; `people` as they are compared; `funds` the codes that joiners name."""

    number: str = ""
    name: str = "—"
    signs: frozenset = frozenset()
    people: tuple = ()
    funds: frozenset = frozenset()
    about: str = ""


NOTHING = Glance()
_kept = Recent(1000)


def of(rows):
    """{row id: Glance} of entry rows that carry `.mark`: the first bytes of the sealed payload, None once it is erased."""
    found = {row.id: _kept.get(row.mark) if row.mark is not None else NOTHING for row in rows}
    missing = [row for row, shown in found.items() if shown is None]
    if missing:
        found |= dict.fromkeys(missing, NOTHING)
        for one in submissions.opened(submissions.rows().where(Entry.id.in_(missing))):
            found[one.row.id] = _kept.keep(bytes(one.opening.plaintext)[:MARK], glance(one))
    return found


def glance(one):
    """What an opened entry shows."""
    return Glance(**effects.of(one.opening.kind).glance(one)) if one.says.payload is not None else NOTHING
