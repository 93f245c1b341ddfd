"""What waits for a checker, in reading order (readings) or the oldest first, with enough of each entry to choose one."""

from dataclasses import dataclass

from peewee import JOIN, fn

from db.models import Account, Entry, EntryKey, Household, Opening, Person, Unit
from pwa.domain import kinds
from pwa.domain.custody import states
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import payloads, submissions
from pwa.domain.review import doubles, encounters, glances, readings
from pwa.domain.review.deciders import CHECKERS, OVERSEERS, Deciders

VIEWS = ("waiting", "returned", "doubles")
ORDERS = ("risk", "oldest")
MOST_SHOWN = 8
MOST_READ = 200
BROUGHT = (Entry.author, Entry.device, Entry.sender, Entry.imported_by, Entry.transport, Entry.received_at)
DECIDES = (Entry.id, *BROUGHT, Opening.kind, Opening.subject, Opening.place)
"""What says who may decide about an entry."""
LISTED = (Entry.entry_id, Entry.signing, Opening.id, Opening.entry, Opening.recorded_at, Opening.base_version)
LISTED += (Opening.replaces, Opening.clock_odd)
"""What a row of the queue shows besides; the sealed bytes stay where they are."""


@dataclass
class Item:
    """One entry in the queue. `state` is new or changed for a visit, else the kind; `objection` says why this checker may not decide."""

    row: Entry
    opening: Opening
    reading: readings.Reading
    place: str = "—"
    number: str = ""
    name: str = "—"
    recorder: str = "—"
    waits: bool = False
    escalated: bool = False
    objection: str | None = None

    @property
    def kind(self):
        return kinds.of(self.opening.kind)

    @property
    def is_visit(self):
        return self.kind is kinds.RECORD

    @property
    def state(self):
        if not self.is_visit:
            return self.opening.kind
        return "changed" if self.reading.is_known else "new"

    @property
    def people(self):
        return len(self.reading.glance.people)

    @property
    def changed(self):
        return self.reading.changed

    @property
    def asked(self):
        return self.reading.asked

    @property
    def corrected(self):
        return self.opening.replaces is not None

    @property
    def may_be_duplicate(self):
        return "duplicate" in self.reading.signs


@dataclass
class Queue:
    """The part of the queue that is shown, how many there are of each state, and how many of this view come after it."""

    items: list
    waiting: int
    returned: int
    view: str
    order: str = "risk"
    page: int = 1
    more: int = 0

    @property
    def is_last(self):
        return self.more <= 0


def of(account, *, at, view="waiting", page=1, order="risk"):
    """A page of a checker's queue. `view`: waiting, returned, or doubles (what may be a duplicate). Returned ones stand by age."""
    near = reach(account)
    deciders, waiting, returned = _seen(account, near, at)
    if view == "returned":
        found = [(one, readings.Reading(glance)) for one, glance in _glanced(returned)]
    elif view == "doubles":
        named = doubles.of([one.row for one in waiting])
        chosen = [one for one in waiting if one.row.id in named]
        found = _read(chosen, deciders, account, at, order, waiting)
    else:
        found = _read(waiting, deciders, account, at, order, waiting)
    page = max(page, 1)
    start = (page - 1) * MOST_SHOWN
    items = _items(found[start : start + MOST_SHOWN], waiting, account, deciders)
    return Queue(items, len(waiting), len(returned), view, order, page, len(found) - start - MOST_SHOWN)


def next_after(entry, account, *, at, order="risk"):
    """The first entry in this order that the checker may decide on now, or None. `entry` was just decided."""
    deciders, waiting, _ = _seen(account, reach(account), at)
    mine = (
        one.row
        for one, _ in _read(waiting, deciders, account, at, order, waiting)
        if not deciders.objection(one, account)
    )
    return next((row for row in mine if row.id != entry.id), None)


def reach(account):
    """Ids of the units where this account checks, itself or when nobody below may."""
    return units.within(account, CHECKERS, *OVERSEERS)


def counts(account, *, at):
    """How many entries wait for this checker; asked on many pages, so it reads no more than who may see them."""
    rows = list(_waiting(reach(account), DECIDES).namedtuples())
    ones = [submissions.Opened(row, row, None) for row in rows]
    deciders = Deciders(ones, at=at)
    return sum(deciders.sees(one, account) for one in ones)


def people_beside(one, near):
    """Everybody in the other entries that wait within these units and share a key with this one, as they are compared."""
    keys = {key for person in glances.glance(one).people for key in person["keys"]}
    query = _waiting(near, (Entry.id, *_mark())).where(Entry.id != one.row.id)
    rows = _marked(query.where(encounters.sharing(keys)).order_by(Entry.received_at, Entry.id))
    return [person for glance in glances.of(rows).values() for person in glance.people]


def _read(chosen, deciders, account, at, order, waiting):
    """[(entry, Reading)]: the oldest entries in reading order, then what is too much to be read at once, by age."""
    first, rest = chosen[:MOST_READ], chosen[MOST_READ:]
    earlier = _earlier(waiting)
    read = readings.Readings(first, deciders, waiting)
    if order == "oldest":
        found = [(one, read.of(one)) for one in first]
    else:
        found = read.ordered(lambda one: one.row.id not in earlier and not deciders.objection(one, account), at)
    return [*found, *((one, readings.Reading(glance)) for one, glance in _glanced(rest))]


def _glanced(ones):
    found = glances.of([one.row for one in ones])
    return [(one, found[one.row.id]) for one in ones]


def _items(found, waiting, account, deciders):
    subjects = {one.opening.subject for one, _ in found}
    homes = {home.id: home for home in Household.select(Household, Unit).join(Unit).where(Household.id.in_(subjects))}
    authors = {one.row.author for one, _ in found} - {None}
    names = dict(Account.select(Account.id, Account.name).where(Account.id.in_(authors)).tuples()) if authors else {}
    names |= _corrected(found)
    earlier = _earlier(waiting)
    return [_item(one, reading, homes, names, deciders, account, earlier) for one, reading in found]


def _corrected(found):
    """{entry row id: name} of the people about whom corrections are."""
    about = {
        one.row.id: (one.opening.subject, payloads.person_of(reading.glance.about))
        for one, reading in found
        if reading.glance.about
    }
    if not about:
        return {}
    homes, people = zip(*about.values(), strict=True)
    rows = Person.select().where(Person.household.in_(set(homes)), Person.local_id.in_(set(people) - {None}))
    names = {(row.household_id, row.local_id): accounts.full_name(row) for row in rows}
    return {row: names.get(person, "—") for row, person in about.items()}


def _item(one, reading, homes, names, deciders, account, earlier):
    home, glance = homes.get(one.opening.subject), reading.glance
    return Item(
        row=one.row,
        opening=one.opening,
        reading=reading,
        place=home.place.name if home else deciders.names.get(one.opening.place, "—"),
        number=glance.number or (home.number if home else ""),
        name=names.get(one.row.id) or glance.name,
        recorder=names.get(one.row.author, "—"),
        escalated=deciders.is_escalated(one),
        objection=deciders.objection(one, account),
        waits=one.row.id in earlier,
    )


def _seen(account, near, at):
    """(deciders, waiting, returned): what this account may see, oldest first."""
    shown = (*DECIDES, *LISTED, *_mark())
    found = [
        [submissions.Opened(row, row.opening, None) for row in _marked(query.order_by(Entry.received_at, Entry.id))]
        for query in (_waiting(near, shown), _about(near, shown).where(states.waits_for("author", kinds.CHECKED)))
    ]
    deciders = Deciders([one for ones in found for one in ones], at=at)
    return deciders, *[[one for one in ones if deciders.sees(one, account)] for ones in found]


def _marked(query):
    """Rows of a query that asks for `_mark`."""
    rows = list(query.switch(Entry).join(EntryKey, JOIN.LEFT_OUTER))
    for row in rows:
        row.mark = None if row.is_erased else bytes(row.mark)
    return rows


def _waiting(near, columns):
    return _about(near, columns).where(states.waits_for("checker", kinds.CHECKED))


def _about(near, columns):
    """Entries with openings, of both only these columns, about a place within these units, there or in the register."""
    named = Unit.select(Unit.code).where(Unit.id.in_(near))
    standing = Household.select(Household.id).where(Household.id == Opening.subject, Household.place.in_(near))
    query = Entry.select(*columns).join(Opening).switch(Entry)
    return query.where(Opening.kind.in_(kinds.CHECKED), Opening.place.in_(named) | fn.EXISTS(standing))


def _mark():
    """The first bytes of the sealed payload, and whether the key to it is gone."""
    mark = fn.SUBSTR(Opening.plaintext, 1, glances.MARK).alias("mark")
    return mark, EntryKey.entry.is_null().alias("is_erased")


def _earlier(waiting):
    """Ids of those that wait for an earlier undecided entry of their kind about their subject."""
    first, found = {}, set()
    for one in sorted(waiting, key=lambda one: one.row.id):
        if kinds.of(one.opening.kind).waits:
            name = one.opening.kind, one.opening.subject
            if name in first and not one.opening.base_version:
                found.add(one.row.id)
            first.setdefault(name, one.row.id)
    return found
