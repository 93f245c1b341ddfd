"""The numbered seats of each phone: which lines came, which are missing, where the chain breaks, what came twice."""

from peewee import fn

from db.memory import Memory
from db.models import Backup, ChainBreak, Entry, Seat, Uncovered
from db.statements import Prepared, insert

MOST_RANGES = 200

_around = Prepared(
    lambda device, first, last: (
        Entry.select(Seat.seq, Entry.sha256, Entry.prev)
        .join(Seat, on=(Seat.entry == Entry.id))
        .where(Seat.device == device, Seat.seq >= first, Seat.seq <= last)
    )
)
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
        )
        .order_by(Seat.seq)
    )
)

_newer = Prepared(
    lambda device, through: Entry.select(fn.MIN(Entry.seq)).where(Entry.device == device, Entry.id > through)
).value


class Table:
    """The seats around one batch, fetched once; fills as lines sit down. Use inside the write transaction."""

    def __init__(self, batch):
        self._known, self._sitting = {}, []
        for device, first, last in _runs({(envelope.device, envelope.seq) for envelope in batch}):
            for seq, sha256, prev in _around(device, first - 1, last + 1):
                self._known[device, seq] = (sha256, prev)

    def is_taken(self, envelope):
        return (envelope.device, envelope.seq) in self._known

    def sit(self, envelope, *, at):
        """Take the seat if it is free, and note a break of the chain to either present neighbour."""
        if self.is_taken(envelope):
            return
        self._known[envelope.device, envelope.seq] = (envelope.sha256, envelope.prev)
        self._sitting.append((envelope.device, envelope.seq))
        before = self._known.get((envelope.device, envelope.seq - 1))
        after = self._known.get((envelope.device, envelope.seq + 1))
        if (before and before[0] != envelope.prev) or (envelope.seq == 1 and envelope.prev):
            _note_break(envelope.device, envelope.seq, at=at)
        if after and after[1] != envelope.sha256:
            _note_break(envelope.device, envelope.seq + 1, at=at)

    def save(self, rows):
        """Write the seats taken in this batch; `rows` is {(device, seq): Entry}, the first line for each seat."""
        insert(Seat, [{"device": device, "seq": seq, "entry": rows[device, seq].id} for device, seq in self._sitting])


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
    return list(
        Entry.select().where(Entry.device == device, Entry.id.not_in(Seat.select(Seat.entry))).order_by(Entry.id)
    )


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
