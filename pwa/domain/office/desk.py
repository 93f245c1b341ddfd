"""What lies on the quarantine desk, by phone and by reason, the longest waiting first: a few at a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from peewee import fn

from db.models import Entry, Seat
from pwa.domain.field import devices, entries
from pwa.domain.office import cases, quarantine, reasons

A_PAGE = 8
A_GLANCE = 3


@dataclass
class Group:
    """The lines of one phone that wait for one reason; `cases` are the oldest of them, `through` the newest receipt number."""

    device: UUID
    kind: str
    count: int
    since: datetime
    through: int
    users: list
    cases: list

    @property
    def about(self):
        return reasons.ALL[self.kind]


@dataclass
class Page:
    items: list
    number: int
    is_last: bool


def groups(seen_by, *, page=1):
    """A Page of Groups."""
    waiting = quarantine.waiting(seen_by)
    first = fn.MIN(Entry.id)
    query = (
        waiting.select(Entry.device, Entry.reason, fn.COUNT(Entry.id), fn.MIN(Entry.received_at), fn.MAX(Entry.number))
        .group_by(Entry.device, Entry.reason)
        .order_by(first, Entry.device)
    )
    found = _part(query.tuples(), page)
    names = devices.users({row[0] for row in found.items})
    oldest = _oldest(waiting, [row[:2] for row in found.items])
    found.items = [
        Group(device, kind, count, since, through, names.get(device, []), oldest[device, kind])
        for device, kind, count, since, through in found.items
    ]
    return found


def group(seen_by, *, device, kind, page=1):
    """(the Group, a Page of its cases); None for the Group when nothing of it waits."""
    query = quarantine.waiting(seen_by).where(Entry.device == device, Entry.reason == kind)
    facts = query.select(fn.COUNT(Entry.id), fn.MIN(Entry.received_at), fn.MAX(Entry.number))
    count, since, through = facts.scalar(as_tuple=True)
    if not count:
        return None, Page([], 1, True)
    shown = _part(query.order_by(Entry.id), page)
    shown.items = cases.of(shown.items)
    users = devices.users([device]).get(device, [])
    return Group(device, kind, count, since, through, users, shown.items), shown


def rival(case, *, seen_by):
    """The case of the line that holds the number or the place in the order that this one wanted, if the officer may see it."""
    entry = case.entry
    other = Entry.select(*entries.FACTS).where(Entry.id != entry.id, cases.visible(seen_by))
    if entry.reason == "conflict":
        other = other.where(Entry.entry_id == entry.entry_id)
    elif entry.reason == "fork":
        other = other.join(Seat).where(Seat.device == entry.device, Seat.seq == entry.seq)
    else:
        return None
    return next(iter(cases.of(list(other.order_by(Entry.id).limit(1)))), None)


def _oldest(waiting, groups):
    """{(device, kind): the oldest Cases of it}."""
    found = {group: [] for group in groups}
    rows = []
    for device, kind in groups:
        rows.extend(waiting.where(Entry.device == device, Entry.reason == kind).order_by(Entry.id).limit(A_GLANCE))
    for case in cases.of(rows):
        found[case.entry.device, case.entry.reason].append(case)
    return found


def _part(query, page):
    number = max(page, 1)
    found = list(query.limit(A_PAGE + 1).offset((number - 1) * A_PAGE))
    return Page(found[:A_PAGE], number, len(found) <= A_PAGE)
