"""What waits for a checker, in reading order (readings) or the oldest first, with enough of each entry to choose one."""

from dataclasses import dataclass

from peewee import JOIN, SQL, Case, fn

from db.models import Account, Entry, EntryKey, Household, Opening, Person, Unit
from db.statements import Prepared
from pwa.domain import kinds
from pwa.domain.custody import states
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import payloads
from pwa.domain.register.submissions import DECIDES, bare
from pwa.domain.review import doubles, encounters, glances, readings
from pwa.domain.review.deciders import CHECKERS, GOES_UP, OVERSEERS, Deciders

VIEWS = ("waiting", "returned", "doubles")
ORDERS = ("risk", "oldest")
MOST_SHOWN = 8
MOST_READ = 200
LISTED = (Entry.entry_id, Entry.signing, Opening.recorded_at, Opening.base_version, Opening.replaces, Opening.clock_odd)
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
    deciders, waiting, returned = _seen(account, reach(account), at)
    earlier = _earlier(waiting)
    if view == "returned":
        found = [(one, readings.Reading(glance)) for one, glance in _glanced(returned)]
    elif view == "doubles":
        named = doubles.of([one.row for one in waiting])
        chosen = [one for one in waiting if one.row.id in named]
        found = _read(chosen, deciders, account, at, order, waiting, earlier)
    else:
        found = _read(waiting, deciders, account, at, order, waiting, earlier)
    page = max(page, 1)
    start = (page - 1) * MOST_SHOWN
    items = _items(found[start : start + MOST_SHOWN], earlier, account, deciders)
    return Queue(items, len(waiting), len(returned), view, order, page, len(found) - start - MOST_SHOWN)


def next_after(entry, account, *, at, order="risk"):
    """The first entry in this order that the checker may decide on now, or None. `entry` was just decided."""
    deciders, waiting, _ = _seen(account, reach(account), at)
    mine = (
        one.row
        for one, _ in _read(waiting, deciders, account, at, order, waiting, _earlier(waiting))
        if not deciders.objection(one, account)
    )
    return next((row for row in mine if row.id != entry.id), None)


def reach(account):
    """Ids of the units where this account checks, itself or when nobody below may."""
    return units.within(account, CHECKERS, *OVERSEERS)


def counts(account, *, at):
    """How many entries wait for this checker; asked on many pages, so it reads no more than who may see them."""
    near, covers = list(reach(account)), Deciders([], at=at).covers
    apart = [(count, covers(account, *place)) for count, *place in _places(near)]
    ones = bare(_old.rows(near, at - GOES_UP)) if not all(is_over for _, is_over in apart) else []
    gone_up = Deciders(ones, at=at)
    more = sum(not gone_up.is_over(one, account) and gone_up.sees(one, account) for one in ones)
    return more + sum(count for count, is_over in apart if is_over)


def people_beside(one, near):
    """Everybody in the other entries that wait within these units and share a key with this one, as they are compared."""
    keys = {key for person in glances.glance(one).people for key in person["keys"]}
    rows = _beside.rows(one.row.id, list(near), list(keys))
    return [person for glance in glances.of(rows).values() for person in glance.people]


def _read(chosen, deciders, account, at, order, waiting, earlier):
    """[(entry, Reading)]: the oldest entries in reading order, then what is too much to be read at once, by age."""
    first, rest = chosen[:MOST_READ], chosen[MOST_READ:]
    read = readings.Readings(first, deciders, waiting)
    if order == "oldest":
        found = [(one, read.of(one)) for one in first]
    else:
        found = read.ordered(lambda one: one.row.id not in earlier and not deciders.objection(one, account), at)
    return [*found, *((one, readings.Reading(glance)) for one, glance in _glanced(rest))]


def _glanced(ones):
    found = glances.of([one.row for one in ones])
    return [(one, found[one.row.id]) for one in ones]


def _items(found, earlier, account, deciders):
    subjects = {one.opening.subject for one, _ in found}
    homes = {home.id: home for home in Household.select(Household, Unit).join(Unit).where(Household.id.in_(subjects))}
    authors = {one.row.author for one, _ in found} - {None}
    names = dict(Account.select(Account.id, Account.name).where(Account.id.in_(authors)).tuples()) if authors else {}
    names |= _corrected(found)
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
    found = [bare(listed.rows(list(near))) for listed in (_waiting, _returned)]
    deciders = Deciders([one for ones in found for one in ones], at=at)
    return deciders, *[[one for one in ones if deciders.sees(one, account)] for ones in found]


def _about(near, *columns, whom="checker"):
    """Entries in these hands, as tuples of these columns, about a place within these units, there or in the register."""
    named = Unit.select(Unit.code).where(Unit.id.in_(near))
    standing = Household.select(Household.id).where(Household.id == Opening.subject, Household.place.in_(near))
    query = Entry.select(*columns).join(Opening).switch(Entry).join(EntryKey, JOIN.LEFT_OUTER).switch(Entry)
    query = query.where(Opening.kind.in_(kinds.QUEUED), Opening.place.in_(named) | fn.EXISTS(standing))
    return query.where(states.waits_for(whom, kinds.QUEUED)).order_by(Entry.received_at, Entry.id).namedtuples()


_mark = Case(None, [(EntryKey.entry.is_null(), SQL("NULL"))], fn.SUBSTR(Opening.plaintext, 1, glances.MARK)).alias(
    "mark"
)
"""The first bytes of the sealed payload, None when the key to it is gone."""


def _by_place(near):
    """How many wait of each kind, place and place of the house in the register."""
    home = Household.alias()
    about = (Opening.kind, Opening.place, home.place)
    query = _about(near, fn.COUNT(Entry.id), *about).join(home, JOIN.LEFT_OUTER, on=(home.id == Opening.subject))
    return query.group_by(*about).order_by()


_places = Prepared(_by_place)
_old = Prepared(lambda near, before: _about(near, *DECIDES).where(Entry.received_at <= before))
_waiting = Prepared(lambda near: _about(near, *DECIDES, *LISTED, _mark))
_returned = Prepared(lambda near: _about(near, *DECIDES, *LISTED, _mark, whom="author"))
_beside = Prepared(
    lambda entry, near, keys: _about(near, Entry.id, _mark).where(Entry.id != entry, encounters.sharing(keys))
)


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
