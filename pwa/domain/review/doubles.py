"""Which of the entries that wait may speak of somebody who is known already, in the register or in another of them.

An entry never changes, and what it meets is named with its version: a verdict stands as long as it meets the same.
"""

from db import database
from db.memory import Recent
from pwa.domain.register import resemblances
from pwa.domain.review import encounters, glances

AT_ONCE = 200
_verdicts = Recent(8000)


def of(rows, among=None):
    """Ids of those entry rows (with `.mark`) among all that wait for somebody."""
    among = rows if among is None else among
    beside = {row.id: row for row in among}
    met = encounters.met([row for row in rows if row.mark], among)
    here = str(database.obj.database)
    names = {row.id: (here, row.mark, met[row.id]) for row in rows if row.id in met}
    found = {entry: _verdicts.get(name) for entry, name in names.items()}
    fresh = [entry for entry, verdict in found.items() if verdict is None]
    for start in range(0, len(fresh), AT_ONCE):
        some = {entry: met[entry] for entry in fresh[start : start + AT_ONCE]}
        for entry, verdict in _compared(some, beside):
            found[entry] = _verdicts.keep(names[entry], verdict)
    return {entry for entry, verdict in found.items() if verdict}


def _compared(met, rows):
    """(entry, whether somebody in it may be known) of entries that meet others or the register."""
    wanted = set(met).union(*(one.entries for one in met.values()))
    shown = glances.of([rows[entry] for entry in wanted])
    near = [entry for entry, one in met.items() if one.register != encounters.NOWHERE]
    people = [person for entry in near for person in shown[entry].people]
    register = resemblances.registered(set().union(*(person["keys"] for person in people)))
    for entry, one in met.items():
        others = resemblances.waiting(person for other in one.entries for person in shown[other].people)
        yield entry, any(resemblances.alike(person, register, others) for person in shown[entry].people)
