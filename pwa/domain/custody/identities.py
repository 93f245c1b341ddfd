"""Which line an id names: the first one that somebody vouched for. Anybody can write an id into a line; that names nothing."""

import uuid

from peewee import Case, fn

from db.models import Acceptance, Entry
from db.statements import Prepared

NOBODY = uuid.UUID(int=0)
"""Whose acceptance it is when a line was proved later, without a person."""


def named(entry_id):
    """The row that an id names, or the first that carries it while nobody vouched for any; None when there is none."""
    return next(iter(_named.rows(entry_id)), None)


def _by_id(entry_id):
    proved_first = Case(None, [(is_proved(), 0)], 1)
    return Entry.select().where(Entry.entry_id == entry_id).order_by(proved_first, Entry.id).limit(1)


def is_proved():
    """Condition on Entry: somebody vouched for who wrote it, when it came or later."""
    later = Acceptance.select(Acceptance.id).where(Acceptance.entry == Entry.id, Acceptance.account == NOBODY)
    return (Entry.transport != "unproved") | fn.EXISTS(later)


def held(rows):
    """The ids that a line of these rows holds."""
    rows = list(rows)
    unsure = [row.id for row in rows if row.transport == "unproved"]
    query = _proved_later().where(Acceptance.entry.in_(unsure)).tuples() if unsure else ()
    proved = {entry for (entry,) in query}
    return {row.entry_id for row in rows if row.transport != "unproved" or row.id in proved}


def _proved_later():
    return Acceptance.select(Acceptance.entry).where(Acceptance.account == NOBODY)


_named = Prepared(_by_id)
