"""What lies on the quarantine desk, by the phone that sent it and by reason, the longest waiting first: a few at a time.

What one phone sends may name many others; so it stands under its sender, and a heap of it is one row.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from peewee import fn

from db.models import Entry, Seat
from pwa.domain.custody import entries
from pwa.domain.desk import cases, quarantine, reasons
from pwa.domain.desk.quarantine import SENDER, sent_by
from pwa.domain.people import devices

A_PAGE = 8
A_GLANCE = 3
A_HEAP = 8


@dataclass
class Group:
    """The lines of one sender that wait for one reason; `cases` are the oldest of them, `through` the newest receipt number."""

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
class Sender:
    """A phone that sent what waits. Its `groups` are shown where they are few lines; a heap is one row, of `kinds` reasons."""

    device: UUID
    count: int
    since: datetime
    through: int
    kinds: list
    users: list
    groups: list

    @property
    def only(self):
        """The one reason, as Reason; None where there are several."""
        return reasons.ALL[self.kinds[0]] if len(self.kinds) == 1 else None


@dataclass
class Page:
    """So many of a list: `later` is the key of its last, after which the next page begins (None: there is none), `is_later` whether it
    is not the first. What is decided meanwhile moves nothing over the edge of a page."""

    items: list
    later: int | None
    is_later: bool


def senders(seen_by, *, after=None):
    """A Page of Senders; the key of each is its line that waits longest."""
    waiting = quarantine.waiting(seen_by)
    found = _counted_page(waiting, SENDER, after=after)
    kinds = _kinds(waiting, [row[0] for row in found.items])
    few = [row[0] for row in found.items if row[1] <= A_HEAP]
    parts = {device: [] for device in few}
    for part in _groups(waiting, _counted(waiting.where(sent_by(*few)), SENDER, Entry.reason)) if few else ():
        parts[part.device].append(part)
    names = devices.users(kinds)
    found.items = [
        Sender(device, *facts, kinds[device], names.get(device, []), parts.get(device, []))
        for device, *facts in found.items
    ]
    return found


def groups(seen_by, *, sender=None, after=None):
    """A Page of Groups, of all or of one sender; the key of each is its line that waits longest."""
    waiting = quarantine.waiting(seen_by)
    waiting = waiting if sender is None else waiting.where(sent_by(sender))
    found = _counted_page(waiting, SENDER, Entry.reason, after=after)
    found.items = _groups(waiting, found.items)
    return found


def sender(seen_by, device):
    """The Sender of this phone, without groups; something of it waits."""
    waiting = quarantine.waiting(seen_by).where(sent_by(device))
    facts = waiting.select(fn.COUNT(Entry.id), fn.MIN(Entry.received_at), fn.MAX(Entry.number)).scalar(as_tuple=True)
    return Sender(device, *facts, _kinds(waiting, [device])[device], devices.users([device]).get(device, []), [])


def group(seen_by, *, device, kind, after=None):
    """(the Group, a Page of its cases, by the row of each); None for the Group when nothing of it waits."""
    query = quarantine.waiting(seen_by).where(sent_by(device), Entry.reason == kind)
    facts = query.select(fn.COUNT(Entry.id), fn.MIN(Entry.received_at), fn.MAX(Entry.number))
    count, since, through = facts.scalar(as_tuple=True)
    if not count:
        return None, Page([], None, False)
    rows = list((query.where(Entry.id > after) if after else query).order_by(Entry.id).limit(A_PAGE + 1))
    shown = _page(rows, [row.id for row in rows], after)
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


def _counted(waiting, *names):
    """(names…, count, since, through) of what waits, the longest waiting first, as a query."""
    facts = (fn.COUNT(Entry.id), fn.MIN(Entry.received_at), fn.MAX(Entry.number))
    return waiting.select(*names, *facts).group_by(*names).order_by(fn.MIN(Entry.id)).tuples()


def _counted_page(waiting, *names, after):
    """A Page of the same."""
    first = fn.MIN(Entry.id)
    query = _counted(waiting, *names).select_extend(first).limit(A_PAGE + 1)
    rows = list(query.having(first > after) if after else query)
    return _page([row[:-1] for row in rows], [row[-1] for row in rows], after)


def _kinds(waiting, senders):
    """{sender: [reason]}, by name."""
    found = {sender: [] for sender in senders}
    query = waiting.select(SENDER, Entry.reason).where(sent_by(*senders)).group_by(SENDER, Entry.reason)
    for sender, kind in query.order_by(Entry.reason).tuples() if senders else ():
        found[sender].append(kind)
    return found


def _groups(waiting, counted):
    counted = list(counted)
    names = devices.users({row[0] for row in counted})
    oldest = _oldest(waiting, [row[:2] for row in counted])
    return [
        Group(device, kind, *facts, names.get(device, []), oldest[device, kind]) for device, kind, *facts in counted
    ]


def _oldest(waiting, groups):
    """{(sender, kind): the oldest Cases of it}."""
    found = {tuple(group): [] for group in groups}
    rows = []
    for sender, kind in found:
        rows.extend(waiting.where(sent_by(sender), Entry.reason == kind).order_by(Entry.id).limit(A_GLANCE))
    for case in cases.of(rows):
        found[quarantine.sender_of(case.entry), case.entry.reason].append(case)
    return found


def _page(found, keys, after):
    """A Page of what was found, one more than it shows where there is another."""
    return Page(found[:A_PAGE], keys[A_PAGE - 1] if len(found) > A_PAGE else None, bool(after))
