"""Custody for officers: phones whose chain shows gaps, breaks or forks, queue files brought in by hand, one entry's receipt."""

import json
import uuid
from dataclasses import dataclass, field

from db.models import ChainBreak, Entry, QueueImport, Seat
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.field import blobs, devices, entries, envelopes, keys, seats
from pwa.domain.office import cases, retelling

MOST_BYTES = 8 * 1024 * 1024
BATCH = 100
NOBODY = uuid.UUID(int=0)


@dataclass
class Chain:
    """A phone's numbered lines: how many came, and where something is odd."""

    device: uuid.UUID
    users: list
    taken: int
    missing: list
    breaks: list = field(default_factory=list)
    forks: list = field(default_factory=list)

    @property
    def lacks(self):
        """How many lines have not come."""
        return sum(last - first + 1 for first, last in self.missing)

    @property
    def is_odd(self):
        return bool(self.missing or self.breaks or self.forks)


def chains(seen_by):
    """Every Chain of phones that recorded where this officer looks after things, the odd ones first."""
    query = Entry.select(Entry.device).where(cases.visible(seen_by), Entry.device != retelling.DESK).distinct()
    ids = [device for (device,) in query.tuples()]
    users, taken = devices.users(ids), _grouped(_seated(ids))
    breaks = _grouped(ChainBreak.select(ChainBreak.device, ChainBreak.seq).where(ChainBreak.device.in_(ids)))
    forks = _grouped(_seatless(ids))
    found = []
    for device in ids:
        numbers = taken.get(device, [])
        odd = {"missing": seats.gaps(numbers), "breaks": breaks.get(device, []), "forks": forks.get(device, [])}
        found.append(Chain(device, users.get(device, []), len(numbers), **odd))
    return sorted(found, key=lambda chain: (not chain.is_odd, -chain.lacks, -chain.taken, chain.device))


def get(entry_id, *, seen_by):
    """[Case] of every line in custody with this id that the officer may see, the first one first."""
    rows = Entry.select().where(Entry.entry_id == entry_id).where(cases.visible(seen_by)).order_by(Entry.id)
    found = cases.of(list(rows))
    if not found:
        raise NotFound
    return found


def find(number, *, seen_by):
    """The id of the newest entry with this receipt number, as written on a phone."""
    digits = number.strip().replace(",", "")
    if not digits.isdecimal() or len(digits) > 15:
        raise Refusal(N_("Type the receipt number, digits only."), field="number")
    rows = Entry.select().where(Entry.number == int(digits)).where(cases.visible(seen_by)).order_by(Entry.id.desc())
    entry = rows.first()
    if entry is None:
        raise Refusal(N_("No entry with this receipt number is in your places."), field="number")
    return entry.entry_id


def bring_in(data, *, by, at):
    """Take a phone's queue file into custody; the author stays, who brought it is kept. Returns the QueueImport.

    Lines that are no entry are named in its report and hinder no other line.
    """
    if not data.strip():
        raise Refusal(N_("Choose the file that the phone saved."), field="file")
    if len(data) > MOST_BYTES:
        raise Refusal(N_("The file is too large. Save it on the phone in smaller parts."), field="file")
    report, lines, photos = [], [], []
    for number, text in enumerate(data.split(b"\n"), 1):
        if text.strip():
            _sort(number, text, report, lines, photos)
    device = lines[0][2].device if lines else NOBODY
    for start in range(0, len(lines), BATCH):
        report += _receive(lines[start : start + BATCH], by=by, at=at)
    report += [_keep_photo(number, item, device=device, at=at) for number, item in photos]
    if all(row["outcome"] == "unreadable" for row in report):
        raise Refusal(N_("This is not the file that a phone saves from its queue."), field="file")
    report.sort(key=lambda row: row["line"])
    return QueueImport.create(account=by.id, at=at, report=json.dumps(report))


def imported(import_id, *, seen_by):
    """(QueueImport, its report as a list of dicts) of one's own import; others' only for who sees everything."""
    row = QueueImport.get_or_none(QueueImport.id == import_id)
    if row is None or (row.account != seen_by.id and not cases.sees_all(seen_by)):
        raise NotFound
    return row, json.loads(row.report)


def imports(seen_by):
    """The officer's last imports, newest first."""
    return list(QueueImport.select().where(QueueImport.account == seen_by.id).order_by(QueueImport.id.desc()).limit(10))


def _sort(number, text, report, lines, photos):
    """Put one line of the file among the entries, the photos, or what cannot be read."""
    try:
        lines.append((number, text, envelopes.read(text)))
    except envelopes.NotAnEnvelope:
        item = _photo(text)
        if item is None:
            report.append({"line": number, "outcome": "unreadable"})
        else:
            photos.append((number, item))


def _receive(batch, *, by, at):
    receipts = entries.receive([text for _, text, _ in batch], sender=None, at=at, imported_by=by.id)
    named = ("outcome", "id", "number")
    return [
        {"line": line, **{name: r[name] for name in named}} for (line, _, _), r in zip(batch, receipts, strict=True)
    ]


def _photo(text):
    try:
        item = json.loads(text)
        return item["blob"], keys.unb64url(item["bytes"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _keep_photo(number, item, *, device, at):
    sha256, sealed = item
    try:
        if not isinstance(sha256, str) or len(sealed) > blobs.MOST_BYTES:
            raise blobs.WrongDigest
        blobs.keep(sha256, sealed, device=device, at=at)
    except blobs.WrongDigest:
        return {"line": number, "outcome": "damaged-photo"}
    return {"line": number, "outcome": "photo"}


def _seated(ids):
    return Seat.select(Seat.device, Seat.seq).where(Seat.device.in_(ids)).order_by(Seat.device, Seat.seq)


def _seatless(ids):
    """(device, entry id) of lines that came for a seat that was taken."""
    return Entry.select(Entry.device, Entry.entry_id).where(
        Entry.device.in_(ids), Entry.id.not_in(Seat.select(Seat.entry))
    )


def _grouped(query):
    found = {}
    for device, value in query.tuples():
        found.setdefault(device, []).append(value)
    return found
