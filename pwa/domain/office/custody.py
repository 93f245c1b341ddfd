"""Custody for officers: queue files brought in by hand, and the receipt of one entry."""

import json
import uuid

from db.models import Entry, QueueImport
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.field import blobs, entries, envelopes, keys
from pwa.domain.office import cases

MOST_BYTES = 8 * 1024 * 1024
BATCH = 100
NOBODY = uuid.UUID(int=0)


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
    taken = entries.take([envelope for _, _, envelope in batch], sender=None, at=at, imported_by=by.id)
    return [_row(number, one) for (number, _, _), one in zip(batch, taken, strict=True)]


def _row(number, arrival):
    receipt = entries.receipt(arrival)
    about = {name: receipt[name] for name in ("outcome", "id", "number")}
    return {"line": number, **about, "reason": arrival.row.reason, "replay": arrival.is_replay}


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
        _, is_new = blobs.keep(sha256, sealed, device=device, at=at)
    except blobs.WrongDigest:
        return {"line": number, "outcome": "damaged-photo"}
    return {"line": number, "outcome": "photo", "replay": not is_new}
