"""In which order a checker reads: what most needs a human eye first, with the reasons in words and no hidden score.

1. What this checker may not decide now (somebody else's, or an earlier entry about the house comes first) stands last.
2. What has waited a week stands first, the oldest before: nothing starves.
3. Then the weight of what is odd decides: 4 where the register, a person's identity or money's receiver is at stake, 3 for how
   it came and what a membership hangs on, 2 for what should be looked up, 1 for what is only good to know (SIGNS).
4. What weighs the same stands by age, the oldest first, then by number of arrival.

The same entries in the same register at the same time always stand in the same order.
"""

from dataclasses import dataclass
from datetime import timedelta

from db import database
from db.memory import Recent
from db.models import Approval, Entry, Fund
from pwa.domain import N_, kinds
from pwa.domain.register import projection, register, submissions, tables
from pwa.domain.review import doubles, glances

A_WEEK = timedelta(days=7)
NEW_UNTIL = 10
SIGNS = {
    "asked": (4, N_("the register changed meanwhile")),
    "duplicate": (4, N_("possible duplicate")),
    "undone": (4, N_("the decision was undone")),
    "fund": (4, N_("not known which fund")),
    "id": (4, N_("wrong ID number")),
    "id_changed": (4, N_("ID number changed")),
    "place": (4, N_("the house moved")),
    "beneficiaries": (4, N_("beneficiaries changed")),
    "membership": (3, N_("membership changed")),
    "consent": (3, N_("consent by a minor")),
    "clock": (3, N_("the phone's clock was odd")),
    "carried": (3, N_("came by another way")),
    "base": (3, N_("ahead of the register")),
    "correction": (3, ""),
    "title": (2, N_("title and age differ")),
    "age": (2, N_("very old")),
    "form": (2, N_("to be mended")),
    "evidence": (2, N_("evidence is missing")),
    "newcomer": (2, N_("new volunteer")),
    "year": (1, N_("year of birth unsure")),
    "applies": (1, N_("wants to join")),
    "corrected": (1, ""),
}
"""What makes an entry stand further up: its weight, and the words on its row ("" where the row says it already)."""


@dataclass(frozen=True)
class Reading:
    """What there is to know before an entry is opened. `signs` the heaviest first; `changed` and `asked` count fields."""

    glance: glances.Glance
    signs: tuple = ()
    is_known: bool = False
    changed: int = 0
    asked: int = 0

    @property
    def weight(self):
        return sum(SIGNS[sign][0] for sign in self.signs)

    @property
    def words(self):
        """[(sentence, whether it is a warning)] for the row."""
        return [(SIGNS[sign][1], SIGNS[sign][0] > 1) for sign in self.signs if SIGNS[sign][1]]


class Readings:
    """Of a checker's waiting entries (submissions.Opened without content, rows with `.mark`); `among` all that wait, where these
    are not all."""

    def __init__(self, waiting, deciders, among=()):
        self.waiting, self.deciders = waiting, deciders
        self.glances = glances.of([one.row for one in waiting])
        self._doubles = doubles.of([one.row for one in waiting], among=[one.row for one in among or waiting])
        self._beside = _beside(waiting, deciders)
        self._newcomers = _newcomers({one.row.author for one in waiting})
        self._funds = {code for (code,) in Fund.select(Fund.code).tuples()}

    def of(self, one):
        changed, asked, found = self._beside.get(one.row.id, (0, 0, ()))
        glance = self.glances[one.row.id]
        signs = {*glance.signs, *found, *self._of_way(one)}
        if one.row.id in self._doubles:
            signs.add("duplicate")
        if not all(code in self._funds or self._nearest(code, one) for code in glance.funds):
            signs.add("fund")
        ordered = sorted(signs, key=lambda sign: (-SIGNS[sign][0], list(SIGNS).index(sign)))
        return Reading(glance, tuple(ordered), one.opening.subject in self.deciders.versions, changed, asked)

    def ordered(self, is_mine, at):
        """[(entry, Reading)] in reading order. `is_mine(one)`: this checker may decide on it now."""
        read = [(one, self.of(one)) for one in self.waiting]
        return sorted(read, key=lambda pair: _place(*pair, is_mine(pair[0]), at))

    def _of_way(self, one):
        """How it came, and from whom."""
        row, opening = one.row, one.opening
        found = {
            "clock": opening.clock_odd,
            "carried": row.imported_by is not None or row.transport != "proved" or row.signing == "unsigned",
            opening.kind: opening.kind in SIGNS,
            "corrected": opening.replaces is not None,
            "undone": bool(self.deciders.undoers.get(row.id)),
            "newcomer": row.author in self._newcomers and kinds.of(opening.kind).recorders,
        }
        return {sign for sign, is_so in found.items() if is_so}

    def _nearest(self, code, one):
        return tables.Lookups().fund(code, one.opening.place)


def _place(one, reading, is_mine, at):
    overdue = at - one.row.received_at >= A_WEEK
    return (not is_mine, not overdue, 0 if overdue else -reading.weight, one.row.received_at, one.row.id)


def _newcomers(authors):
    """Who has had fewer than ten entries approved. Approvals are never erased, so who has had ten need not be asked about again."""
    here = str(database.obj.database)
    made = Approval.select(Approval.id).join(Entry)
    asked = [author for author in authors if (here, author) not in _practised]
    counted = [(author, made.where(Entry.author == author).limit(NEW_UNTIL).count()) for author in asked]
    _practised.update((here, author) for author, count in counted if count >= NEW_UNTIL)
    return {author for author in authors if (here, author) not in _practised}


_read, _practised = Recent(4000), set()
"""What does not change while its register stays: beside a version of the household; and who is no newcomer any more."""


def _beside(waiting, deciders):
    """{row id: (changed, asked, signs)} of entries about households in the register."""
    versions = deciders.versions
    known = [one for one in waiting if one.opening.subject in versions and one.row.mark]
    here = str(database.obj.database)
    names = {one.row.id: (here, one.row.mark, versions[one.opening.subject]) for one in known}
    found = {row: _read.get(name) for row, name in names.items()}
    fresh = [one for one in known if found[one.row.id] is None]
    if fresh:
        records = register.records({one.opening.subject for one in fresh})
        query = submissions.rows().where(Entry.id.in_([one.row.id for one in fresh]))
        for one in submissions.opened(query):
            record = records.get(one.opening.subject, projection.Record())
            found[one.row.id] = _read.keep(names[one.row.id], _changes(one, record))
    return {row: what for row, what in found.items() if what is not None}


def _changes(one, record):
    if one.says.payload is None:
        return 0, 0, ()
    changes, signs = projection.changes(record, one.says), set()
    for change in changes:
        path = change.path
        if change.is_asked:
            signs.add("asked")
        if path.endswith(".id_number") and change.now is not None and ".beneficiaries." not in path:
            signs.add("id_changed")
        if ".beneficiaries." in path:
            signs.add("beneficiaries")
        elif path.endswith((".membership", ".gone")) or ".passbook." in path:
            signs.add("membership")
    if record.place and one.says.moves and one.says.is_visit and record.place != one.opening.place:
        signs.add("place")
    if (one.opening.base_version or 0) > record.version:
        signs.add("base")
    return len(changes), sum(change.is_asked for change in changes), tuple(signs)
