"""The numbered seats of each phone: which lines came, which are missing, where the chain breaks, what came twice."""

from peewee import JOIN, fn

from db.memory import Memory
from db.models import Backup, ChainBreak, Entry, Seat, SeatChange, Twin, Uncovered
from db.statements import Prepared, insert
from pwa.domain.people import devices

MOST_RANGES = 200
FARTHEST = 10_000
"""So far ahead of the highest seat taken a line may sit; further ahead it is kept, and takes none."""

_around = Prepared(
    lambda device, first, last: (
        Seat.select(Seat.seq, Entry.id, Entry.sha256, Entry.prev, Entry.signing, Seat.id, Twin.sha256)
        .join(SeatChange, JOIN.LEFT_OUTER, on=(SeatChange.seat == Seat.id))
        .join(Entry, on=(Entry.id == fn.COALESCE(SeatChange.entry, Seat.entry)))
        .join(Twin, JOIN.LEFT_OUTER, on=(Twin.entry == Entry.id))
        .where(Seat.device == device, Seat.seq >= first, Seat.seq <= last)
    )
)
_highest = Prepared(lambda device: Seat.select(fn.MAX(Seat.seq)).where(Seat.device == device)).value
_after = Prepared(
    lambda device, start: Seat.select(Seat.seq).where(Seat.device == device, Seat.seq > start).order_by(Seat.seq)
)
_backups = Prepared(lambda: Backup.select(fn.MAX(Backup.id), fn.MAX(Backup.through)))
_in_backup = Prepared(
    lambda device, through: (
        Seat.select(Seat.seq)
        .where(
            Seat.device == device,
            Seat.entry <= through,
            Seat.entry.not_in(Uncovered.select(Uncovered.entry)),
            Seat.id.not_in(
                SeatChange.select(SeatChange.seat).join(Uncovered, on=(Uncovered.entry == SeatChange.entry))
            ),
        )
        .order_by(Seat.seq)
    )
)


_newer = Prepared(
    lambda device, through: Entry.select(fn.MIN(Entry.seq)).where(
        Entry.device == device, Entry.id > through, devices.is_genuine()
    )
).value


class Sitter:
    """Who sits: `names` are the hashes by which the next line may name it, its own and its twins'."""

    def __init__(self, entry, sha256, prev, signing, seat=None):
        self.entry, self.names, self.prev, self.signing, self.seat = entry, {sha256}, prev, signing, seat


class Table:
    """The seats around one batch, fetched once; fills as lines sit down. Use inside the write transaction."""

    def __init__(self, batch):
        self._known, self._sitting, self._changed, self._reach = {}, {}, {}, {}
        for device, first, last in _runs({(envelope.device, envelope.seq) for envelope in batch}):
            self._note(device, _around(device, first - 1, last + 1))

    def _note(self, device, rows):
        found = {}
        for seq, entry, sha256, prev, signing, seat, twin in rows:
            sitter = found.setdefault(seq, Sitter(entry, sha256, prev, signing, seat))
            sitter.names |= {twin} - {None}
        self._known |= {(device, seq): sitter for seq, sitter in found.items()}

    def is_taken(self, envelope, *, is_signed, entry=None):
        """Whether somebody else sits there who need not give way; a well-signed line takes the seat from an unsigned one."""
        there = self._known.get((envelope.device, envelope.seq))
        if there is None or (entry is not None and there.entry == entry):
            return False
        return not (is_signed and there.signing == "unsigned")

    def is_too_far(self, envelope):
        """Whether the seat lies so far ahead that nobody could tell what is missing."""
        if envelope.seq <= FARTHEST or (envelope.device, envelope.seq - 1) in self._known:
            return False
        if envelope.device not in self._reach:
            sat = (seq for device, seq in self._sitting if device == envelope.device)
            self._reach[envelope.device] = max(_highest(envelope.device) or 0, max(sat, default=0))
        return envelope.seq > self._reach[envelope.device] + FARTHEST

    def sit(self, envelope, row, *, at):
        """Take the seat, and note a break of the chain to either present neighbour."""
        place = envelope.device, envelope.seq
        there = self._known.get(place)
        if there is not None and there.entry == row.id and row.id is not None:
            return
        if there is None:
            self._sitting[place] = row
        else:
            self._changed[place] = row
        seat = there.seat if there else None
        self._known[place] = Sitter(row.id, envelope.sha256, envelope.prev, row.signing, seat)
        if envelope.device in self._reach:
            self._reach[envelope.device] = max(self._reach[envelope.device], envelope.seq)
        self._look_around(envelope, at)

    def _look_around(self, envelope, at):
        before = self._known.get((envelope.device, envelope.seq - 1))
        after = self._known.get((envelope.device, envelope.seq + 1))
        if (before and envelope.prev not in before.names) or (envelope.seq == 1 and envelope.prev):
            _note_break(envelope.device, envelope.seq, at=at)
        if after and after.prev != envelope.sha256:
            _note_break(envelope.device, envelope.seq + 1, at=at)

    def save(self, *, at):
        """Write the seats that were taken in this batch; the rows have their ids by now."""
        sat = self._sitting.items()
        insert(Seat, [{"device": device, "seq": seq, "entry": row.id} for (device, seq), row in sat])
        changed = self._changed.items()
        insert(SeatChange, [{"seat": self._seat(*place), "entry": row.id, "at": at} for place, row in changed])

    def _seat(self, device, seq):
        """The seat that changed hands; who gave it up may have sat down in this very batch."""
        known = self._known[device, seq].seat
        return known or Seat.get(Seat.device == device, Seat.seq == seq).id


_through = Memory()
_covered = Memory()


def progress(device):
    """{"seen_through", "missing"} of a phone's own chain (protocol, "Seats")."""
    known = _through()
    start = known.get(device, 0)
    taken = [seq for (seq,) in _after(device, start)]
    missing = gaps(taken, start)
    through = missing[0][0] - 1 if missing else start + len(taken)
    known[device] = through
    return {"seen_through": through, "missing": missing[:MOST_RANGES]}


def gaps(taken, start=0):
    """The ranges [from, to] that are missing between a start and the highest of these rising numbers above it."""
    found, expected = [], start + 1
    for seq in taken:
        if seq > expected:
            found.append([expected, seq - 1])
        expected = seq + 1
    return found


def backed_up_through(device):
    """The highest n with all of 1…n inside a finished backup, their photos too; 0 when there is none.

    A further line for a number that was taken counts as well: until it is backed up, neither is its number.
    """
    [(newest, through)] = _backups()
    if not through:
        return 0
    known = _covered()
    backup, reached = known.get(device, (None, 0))
    if backup != newest:
        reached = _reached(seq for (seq,) in _in_backup(device, through))
        known[device] = newest, reached
    return min(reached, (_newer(device, through) or reached + 1) - 1)


def breaks(device):
    return [
        seq
        for (seq,) in ChainBreak.select(ChainBreak.seq)
        .where(ChainBreak.device == device)
        .order_by(ChainBreak.seq)
        .tuples()
    ]


def forks(device):
    """Rows that came for a seat that was taken."""
    return list(Entry.select().where(Entry.device == device, is_seatless()).order_by(Entry.id))


def is_seatless():
    """Condition on Entry: a line of this number that has no seat, because another one sits there or it lies too far ahead."""
    changed = SeatChange.select(SeatChange.entry)
    return devices.is_genuine() & Entry.id.not_in(Seat.select(Seat.entry)) & Entry.id.not_in(changed)


def _runs(taken):
    """(device, first, last) of each run of numbers without a hole."""
    runs = []
    for device, seq in sorted(taken):
        if runs and runs[-1][0] == device and runs[-1][2] == seq - 1:
            runs[-1][2] = seq
        else:
            runs.append([device, seq, seq])
    return runs


def _reached(numbers):
    """The highest n with all of 1…n among these rising numbers."""
    reached = 0
    for seq in numbers:
        if seq != reached + 1:
            break
        reached = seq
    return reached


def _note_break(device, seq, *, at):
    ChainBreak.get_or_create(device=device, seq=seq, defaults={"found_at": at})
