"""Numbers that a phone gave and that never came: which, between which two times they were recorded, and who explained them.

A gap is always computed from the seats that are taken; a closing is a row beside it. So a gap that fills, or grows, says so by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from peewee import JOIN, Window, fn

from db import database
from db.models import Account, Entry, GapClosing, Opening, Seat
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import clocks, tallies
from pwa.domain.people import sessions
from pwa.domain.review import deciders
from pwa.domain.text import wording

OLD = timedelta(days=2)
LAST = 2**31 - 1
WHY = {
    "lost": N_("The phone is lost or its data is gone"),
    "imported": N_("The entries came in another way, by a file or on paper"),
    "other": N_("Something else (write what)"),
}


@dataclass
class Gap:
    """Numbers `first` … `last` are missing since `known_at`. `before` and `after` are when the lines around them were recorded."""

    device: UUID
    first: int
    last: int
    known_at: datetime
    before: datetime | None = None
    after: datetime | None = None
    closing: GapClosing | None = None

    @property
    def size(self):
        return self.last - self.first + 1

    def is_old(self, at):
        return self.closing is None and at - self.known_at >= OLD


@dataclass
class Closed:
    """A closing as it stands now: how many of its numbers came after all."""

    row: GapClosing
    came: int

    @property
    def size(self):
        return self.row.last - self.row.first + 1


def of(arrived):
    """({device: [Gap]}, {device: [Closed]}) of these phones, in a few queries however many they are.

    `arrived` is tallies.arrived(…): the numbers of a phone are looked at only where it says that some are missing.
    """
    ranges = _ranges([device for device, (highest, count) in arrived.items() if highest > count])
    closings = _closings(arrived)
    around = _around(ranges)
    first_later = dict(Entry.select(Entry.id, Entry.received_at).where(Entry.id.in_([r[3] for r in ranges])).tuples())
    gaps = {}
    for device, first, last, row in ranges:
        edges = around.get((device, first - 1)), around.get((device, last + 1))
        for start, end, closing in _split(first, last, closings.get(device, ())):
            gaps.setdefault(device, []).append(Gap(device, start, end, first_later[row], *edges, closing))
    closed = {
        device: [Closed(row, row.last - row.first + 1 - _missing(row, gaps.get(device, ()))) for row in rows]
        for device, rows in closings.items()
    }
    return gaps, closed


def close(device, first, last, *, by, at, why, reason):
    """Say why these numbers will not come. The row stays for ever; what comes all the same is taken as always."""
    if why not in WHY:
        raise Refusal(N_("Choose why these entries will not come."), field="why")
    reason = wording.said(reason, asked=N_("Write why these entries will not come.") if why == "other" else "")
    if sessions.was_on(by.id, device):
        raise Refusal(deciders.OWN_PHONE)
    with database.atomic():
        gap = _still_missing(device, first, last)
        if gap.closing is None:
            return GapClosing.create(device=device, first=first, last=last, account=by, at=at, why=why, reason=reason)
        if gap.closing.account_id != by.id:
            raise Refusal(N_("%(name)s has explained this already."), name=gap.closing.account.name)
        return gap.closing


def _still_missing(device, first, last):
    """The Gap that these numbers are in; refuses when it looks otherwise by now."""
    if not 1 <= first <= last < LAST:
        raise NotFound
    gaps, closed = of(tallies.arrived([device]))
    found = next((gap for gap in gaps.get(device, ()) if gap.first <= first and last <= gap.last), None)
    if found is None:
        if not gaps and not closed:
            raise NotFound
        raise Refusal(N_("Some of these entries have come meanwhile. Look at the phone again."))
    return found


def _ranges(ids):
    """[(device, first, last, id of the first line to come of those after it)] of what is missing below the highest number."""
    by_number = {"partition_by": [Seat.device], "order_by": [Seat.seq]}
    before = fn.COALESCE(fn.LAG(Seat.seq).over(**by_number), 0)
    later = fn.MIN(Seat.entry).over(**by_number, start=Window.CURRENT_ROW, end=Window.following())
    seats = Seat.select(Seat.device, Seat.seq, before.alias("before"), later.alias("later"))
    row = seats.where(Seat.device.in_(list(ids))).alias("row")
    query = Seat.select(row.c.device, row.c.before, row.c.seq, row.c.later).from_(row)
    query = query.where(row.c.seq > row.c.before + 1).order_by(row.c.device, row.c.seq)
    return [(Seat.device.python_value(d), before + 1, seq - 1, later) for d, before, seq, later in query.tuples()]


def _around(ranges):
    """{(device, number): when it was recorded, as far as the phone's clock can be believed}."""
    wanted = {(device, number) for device, first, last, _ in ranges for number in (first - 1, last + 1)}
    query = (
        Seat.select(Seat.device, Seat.seq, Opening.recorded_at, Opening.clock_ms, Entry.received_at)
        .join(Entry)
        .join(Opening, JOIN.LEFT_OUTER)
        .where(Seat.device.in_({d for d, _ in wanted}), Seat.seq.in_({n for _, n in wanted}))
    )
    rows = query.tuples()
    return {
        (d, n): clocks.happened(text, ahead_ms=ahead, received_at=came)
        for d, n, text, ahead, came in rows
        if (d, n) in wanted
    }


def _closings(ids):
    query = GapClosing.select(GapClosing, Account).join(Account).where(GapClosing.device.in_(list(ids)))
    found = {}
    for row in query.order_by(GapClosing.id):
        found.setdefault(row.device, []).append(row)
    return found


def _split(first, last, closings):
    """Parts of a gap, each with the oldest closing that covers it, or None."""
    cuts = {first, last + 1}
    for row in closings:
        cuts |= {cut for cut in (row.first, row.last + 1) if first < cut <= last}
    edges = sorted(cuts)
    parts = []
    for start, end in pairwise(edges):
        closing = next((row for row in closings if row.first <= start and end - 1 <= row.last), None)
        if parts and parts[-1][2] is closing:
            parts[-1] = (parts[-1][0], end - 1, closing)
        else:
            parts.append((start, end - 1, closing))
    return parts


def _missing(row, gaps):
    return sum(max(0, min(gap.last, row.last) - max(gap.first, row.first) + 1) for gap in gaps)
