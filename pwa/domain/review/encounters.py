"""Which entries that wait speak of people who may be the same: they share a keyed hash, and only those that meet are opened.

The hashes are rows that go with the decision and the erasure of their entry. `ombun tend` makes them for what has come;
until then an entry is read for them, so nothing depends on when it does.
"""

from typing import NamedTuple

from peewee import fn

from db import database
from db.models import Entry, EntryKey, Household, Likeness, Opening, WaitingKey, Whereabouts
from db.statements import Prepared
from pwa.domain import kinds
from pwa.domain.custody import states
from pwa.domain.review import glances

AT_ONCE = 200
NOBODY = 0
NOWHERE = frozenset()
ROWS = 500

_keyed = Prepared(lambda: WaitingKey.select(WaitingKey.entry).distinct())
_with = Prepared(lambda keys: WaitingKey.select(WaitingKey.entry, WaitingKey.key).where(WaitingKey.key.in_(keys)))
_stirrings = Prepared(
    lambda ids: Whereabouts.select(Whereabouts.entry, Whereabouts.stirred).where(Whereabouts.entry.in_(ids))
)


def _shared_by_many():
    twice = WaitingKey.select(WaitingKey.key).group_by(WaitingKey.key).having(fn.COUNT(WaitingKey.id) > 1)
    return WaitingKey.select(WaitingKey.entry, WaitingKey.key).where(
        WaitingKey.key != NOBODY, WaitingKey.key.in_(twice)
    )


_common = Prepared(_shared_by_many)


class Met(NamedTuple):
    """What an entry meets: how the register stands around it (another value after every change there), and the entry rows that
    share a key with it."""

    register: object
    entries: frozenset


def note(most=AT_ONCE):
    """Keep the keys of so many entries that wait and have none. → how many there were.

    They are opened before the database is held for writing, or nobody's upload would get in meanwhile; what was decided or erased
    since then is left out.
    """
    lacking = (states.waits_for("checker"), ~_has_keys())
    rows = list(_marked().where(*lacking).order_by(Entry.id).limit(most))
    found = {row.id: _keys(glance) or {NOBODY} for row, glance in _glanced(rows)}
    with database.atomic():
        still = {row.id for row in _marked().where(*lacking, Entry.id.in_(list(found)))}
        made = [{"entry": entry, "key": key} for entry in still for key in found[entry]]
        for start in range(0, len(made), ROWS):
            WaitingKey.insert_many(made[start : start + ROWS]).execute()
    return len(rows)


def sweep():
    """The rows of what waits no more, however its waiting ended."""
    waiting = Entry.select(Entry.id).join(EntryKey).where(states.waits_for("checker"))
    WaitingKey.delete().where(WaitingKey.entry.not_in(waiting)).execute()


def forget(entry):
    """What was decided waits no more."""
    WaitingKey.delete().where(WaitingKey.entry == entry).execute()


def sharing(keys):
    """Condition on Entry: shares one of these keys, or nobody has looked for its keys yet."""
    return Entry.id.in_(WaitingKey.select(WaitingKey.entry).where(WaitingKey.key.in_(list(keys)))) | ~_has_keys()


def met(rows, among):
    """{row id: Met} of entry rows that may have met anybody; `rows` and `among` carry `.mark` (glances)."""
    here = {row.id for row in among}
    fresh = _unkeyed(among)
    pool = _shared(here, fresh)
    beside = {}
    for entries in pool.values():
        for entry in entries:
            beside.setdefault(entry, set()).update(entries)
    stirred = _stirred([row.id for row in rows if row.id not in fresh])
    around = stirred | _homes({row.id: fresh[row.id] for row in rows if row.id in fresh})
    found = {row.id: Met(around[row.id], frozenset(beside.get(row.id, ())) - {row.id}) for row in rows}
    return {row: one for row, one in found.items() if one.register != NOWHERE or one.entries}


def _unkeyed(rows):
    """{row id: its keys} of those that nobody has kept yet."""
    keyed = {entry for (entry,) in _keyed()}
    return {row.id: _keys(glance) for row, glance in _glanced([row for row in rows if row.id not in keyed])}


def _shared(here, fresh):
    """{key: the entries of `here` that share it}, of the keys that more than one has."""
    new = {key for keys in fresh.values() for key in keys}
    pool = {}
    for entry, key in [*_common(), *_with(list(new))]:
        if entry in here:
            pool.setdefault(key, set()).add(entry)
    for entry, keys in fresh.items():
        for key in keys:
            pool.setdefault(key, set()).add(entry)
    return {key: entries for key, entries in pool.items() if len(entries) > 1}


def _stirred(ids):
    """{row id: how often the register changed around it} of those whose keys are kept."""
    return dict(_stirrings(ids))


def _homes(fresh):
    """{row id: {(household, version)}} of the register's households with which an entry shares a key that nobody has kept yet."""
    keys = {key for own in fresh.values() for key in own}
    query = Likeness.select(Likeness.key, Household.id, Household.version)
    query = query.join(Household, on=(Household.id == Likeness.household)).where(Likeness.key.in_(list(keys)))
    near = {}
    for key, household, version in query.tuples() if keys else ():
        near.setdefault(key, set()).add((household, version))
    return {entry: NOWHERE.union(*(near.get(key, ()) for key in own)) for entry, own in fresh.items()}


def _keys(glance):
    return {key for person in glance.people for key in person["keys"]}


def _glanced(rows):
    found = glances.of(rows)
    return [(row, found[row.id]) for row in rows]


def _has_keys():
    return fn.EXISTS(WaitingKey.select(WaitingKey.id).where(WaitingKey.entry == Entry.id))


def _marked():
    mark = fn.SUBSTR(Opening.plaintext, 1, glances.MARK).alias("mark")
    query = Entry.select(Entry.id, mark).join(Opening).switch(Entry).join(EntryKey).switch(Entry)
    return query.where(Opening.kind.in_(kinds.NAMING_PEOPLE)).objects()
