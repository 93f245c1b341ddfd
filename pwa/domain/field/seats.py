"""The numbered seats of each phone: which lines came, which are missing, where the chain breaks, what came twice."""

from peewee import fn

from db.models import Backup, ChainBreak, Entry, Seat, Uncovered

MOST_RANGES = 200


class Table:
    """The seats around one batch, fetched once; fills as lines sit down. Use inside the write transaction."""

    def __init__(self, batch):
        self._known, self._sitting = {}, []
        for device in {envelope.device for envelope in batch}:
            numbers = {n for e in batch if e.device == device for n in (e.seq - 1, e.seq, e.seq + 1)}
            query = (
                Entry.select(Seat.seq, Entry.sha256, Entry.prev)
                .join(Seat, on=(Seat.entry == Entry.id))
                .where(Seat.device == device, Seat.seq.in_(numbers))
            )
            for seq, sha256, prev in query.tuples():
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
        taken = [{"device": device, "seq": seq, "entry": rows[device, seq].id} for device, seq in self._sitting]
        if taken:
            Seat.insert_many(taken).execute()


def progress(device):
    """{"seen_through", "missing"} of a phone's own chain (protocol, "Seats")."""
    taken = [seq for (seq,) in Seat.select(Seat.seq).where(Seat.device == device).order_by(Seat.seq).tuples()]
    missing = gaps(taken)
    return {"seen_through": missing[0][0] - 1 if missing else len(taken), "missing": missing[:MOST_RANGES]}


def gaps(taken):
    """The ranges [from, to] that are missing below the highest of these rising numbers."""
    found, expected = [], 1
    for seq in taken:
        if seq > expected:
            found.append([expected, seq - 1])
        expected = seq + 1
    return found


def backed_up_through(device):
    """The highest n with all of 1…n inside a finished backup, their photos too; 0 when there is none."""
    through = Backup.select(fn.MAX(Backup.through)).scalar()
    if not through:
        return 0
    covered = (Seat.entry <= through) & Seat.entry.not_in(Uncovered.select(Uncovered.entry))
    taken = Seat.select(Seat.seq).where(Seat.device == device, covered).order_by(Seat.seq).tuples()
    reached = 0
    for (seq,) in taken:
        if seq != reached + 1:
            break
        reached = seq
    return reached


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


def _note_break(device, seq, *, at):
    ChainBreak.get_or_create(device=device, seq=seq, defaults={"found_at": at})
