"""What waits for a checker, oldest first, with enough of each entry to choose one: house, people, recorder, what is new, what is odd."""

from dataclasses import dataclass, field

from db.models import Entry, Household, Opening, Replacement, Return, Unit
from pwa.domain.field import states
from pwa.domain.places import units
from pwa.domain.registry import machine_checks, payloads, projection, register, submissions
from pwa.domain.registry.deciders import CHECKERS, NEXT_UP, Deciders
from pwa.domain.registry.surroundings import Surroundings

VIEWS = ("waiting", "returned", "doubles")
MOST_SHOWN = 8
MOST_READ = 200


@dataclass
class Item:
    """One entry in the queue. `state` is new, changed or correction; `objection` says why this checker may not decide."""

    row: Entry
    opening: Opening
    place: str
    number: str = ""
    name: str = "—"
    people: int = 0
    recorder: str = "—"
    state: str = "new"
    changed: int = 0
    asked: int = 0
    corrected: bool = False
    waits: bool = False
    escalated: bool = False
    objection: str | None = None
    checks: list = field(default_factory=list)

    @property
    def may_be_duplicate(self):
        return any(check.name == "duplicate" for check in self.checks)

    @property
    def warnings(self):
        return [check for check in self.checks if check.kind != "done" and check.name not in ("duplicate", "named")]


@dataclass
class Queue:
    """The part of the queue that is shown, and how many there are of each."""

    items: list
    waiting: int
    returned: int
    view: str
    page: int = 1
    is_last: bool = True


def of(account, *, at, view="waiting", page=1):
    """A page of a checker's queue. `view`: waiting, returned, or doubles (what may be a duplicate: the oldest, one page)."""
    near = reach(account)
    deciders, waiting, returned = _seen(account, near, at)
    shown = returned if view == "returned" else waiting
    if view == "doubles":
        read = described(shown[:MOST_READ], account, near, deciders)
        items = [item for item in read if item.may_be_duplicate][:MOST_SHOWN]
        return Queue(items, len(waiting), len(returned), view)
    start = (max(page, 1) - 1) * MOST_SHOWN
    items = described(shown[start : start + MOST_SHOWN], account, near, deciders)
    return Queue(items, len(waiting), len(returned), view, max(page, 1), start + MOST_SHOWN >= len(shown))


def next_after(entry, account, *, at):
    """The oldest entry that this checker may decide on now, or None. `entry` was just decided."""
    deciders, waiting, _ = _seen(account, reach(account), at)
    mine = (one.row for one in waiting if deciders.objection(one, account) is None)
    return next((row for row in mine if row.id != entry.id), None)


def reach(account):
    """Ids of the units where this account checks, itself or when nobody below may."""
    return units.within(account, CHECKERS, *NEXT_UP)


def counts(account, *, at):
    """How many entries wait for this checker; for the home page."""
    return len(_seen(account, reach(account), at)[1])


def described(ones, account, near, deciders):
    """Items of entries (with openings), opened and checked together."""
    rows = {
        one.row.id: one
        for one in submissions.opened(submissions.rows().where(Entry.id.in_([one.row.id for one in ones])))
    }
    opened = [rows[one.row.id] for one in ones]
    subjects = {one.opening.subject for one in opened}
    around = Surroundings(opened, reach=near)
    records = register.records(subjects)
    earlier = _earlier(opened)
    homes = {home.id: home for home in Household.select(Household, Unit).join(Unit).where(Household.id.in_(subjects))}
    return [
        _item(one, records.get(one.opening.subject, projection.Record()), homes, around, deciders, account, earlier)
        for one in opened
    ]


def _item(one, record, homes, around, deciders, account, earlier):
    home = homes.get(one.opening.subject)
    item = Item(
        row=one.row,
        opening=one.opening,
        place=home.place.name if home else around.lookups.names.get(one.opening.place, "—"),
        number=home.number if home else "",
        recorder=around.accounts.get(one.row.author, "—"),
        escalated=deciders.is_escalated(one),
        objection=deciders.objection(one, account),
        corrected=one.opening.replaces is not None,
        waits=one.row.id in earlier,
    )
    if one.says.payload is None:
        return item
    changes = projection.changes(record, one.says)
    item.changed, item.asked = len(changes), sum(change.is_asked for change in changes)
    item.checks = machine_checks.run(one, record, around)
    if one.opening.kind == "correction":
        item.state, item.changed = "correction", 1
        item.name = payloads.name_of(record.plain(), payloads.person_of(one.says.payload["path"]) or "")
        return item
    said, people = one.says.values, list(one.says.people.values())
    head = next((own for own in people if own.get("relation") == "head"), people[0] if people else {})
    item.state = "changed" if record.version else "new"
    item.number = said.get("house.number") or said.get("house.description") or item.number
    item.people, item.name = len(people), payloads.full_name(head)
    return item


def _seen(account, near, at):
    """(deciders, waiting, returned): what this account may see, oldest first."""
    found = [
        [submissions.Opened(row, row.opening, None) for row in query.order_by(Entry.received_at, Entry.id)]
        for query in (_about(near).where(*states.undecided()), _returned(near))
    ]
    deciders = Deciders([one for ones in found for one in ones], at=at)
    return deciders, *[[one for one in ones if deciders.sees(one, account)] for ones in found]


def _about(near):
    """Entries with openings about a place within these units, there or in the register."""
    named = Unit.select(Unit.code).where(Unit.id.in_(near))
    standing = Household.select(Household.id).where(Household.place.in_(near))
    query = Entry.select(*_plain(Entry), *_plain(Opening)).join(Opening)
    return query.where(Opening.kind.in_(submissions.KINDS), Opening.place.in_(named) | Opening.subject.in_(standing))


def _plain(model):
    """The columns without the sealed bytes, which the list does not need."""
    return [column for column in model._meta.sorted_fields if column.name not in ("line", "plaintext")]


def _returned(near):
    replaced = Replacement.select(Replacement.replaced)
    return _about(near).where(Entry.id.in_(Return.select(Return.entry)), Entry.id.not_in(replaced))


def _earlier(opened):
    """Ids of those that wait for an earlier undecided entry about their house."""
    subjects = [
        one.opening.subject for one in opened if one.opening.kind == "household" and not one.opening.base_version
    ]
    query = (
        Entry.select(Entry.id, Opening.subject)
        .join(Opening)
        .where(Opening.subject.in_(subjects), Opening.kind == "household", *states.undecided())
    )
    first = {}
    for row_id, subject in query.order_by(Entry.id).tuples():
        first.setdefault(subject, row_id)
    return {
        one.row.id
        for one in opened
        if one.opening.subject in subjects
        and first.get(one.opening.subject, one.row.id) < one.row.id
        and not one.opening.base_version
    }
