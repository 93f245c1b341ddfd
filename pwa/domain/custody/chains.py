"""Whether each line of a phone names the line before it, read off the lines themselves; a twin's name serves as well."""

from peewee import JOIN, fn

from db.models import Entry, Seat, SeatChange, Twin


def breaks(device_id=None):
    """[(device, number)] of lines that do not name the line before them, of one number or of all."""
    sits = fn.COALESCE(SeatChange.entry, Seat.entry)
    query = (
        Seat.select(Seat.device, Seat.seq, Entry.id, Entry.sha256, Entry.prev)
        .join(SeatChange, JOIN.LEFT_OUTER)
        .join(Entry, on=(Entry.id == sits))
    )
    twins = {}
    for entry, sha256 in _of_twins(device_id).tuples():
        twins.setdefault(entry, set()).add(sha256)
    broken, before = [], None
    for row in _of(query, device_id).order_by(Seat.device, Seat.seq).tuples().iterator():
        if not _names_the_one_before(row, before, twins):
            broken.append(row[:2])
        before = row
    return broken


def _of_twins(device_id):
    query = Twin.select(Twin.entry, Twin.sha256)
    return query if device_id is None else query.join(Entry).where(Entry.device == device_id)


def _of(query, device_id):
    return query if device_id is None else query.where(Seat.device == device_id)


def _names_the_one_before(row, before, twins):
    """`before` is the line that sits before it, of whichever number and seat."""
    device, seq, _, _, prev = row
    if before is None or before[:2] != (device, seq - 1):
        return seq > 1 or not prev
    _, _, entry, sha256, _ = before
    return prev == sha256 or prev in twins.get(entry, ())
