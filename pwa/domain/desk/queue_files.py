"""Custody for officers: queue files brought in by hand, and the receipt of one entry.

Whatever a file holds, every good line in it is kept, up to what a phone can hold; what is no line costs next to nothing: neither time,
nor room in the report, nor a row on its page.
"""

import json
import re
import uuid
from collections import Counter
from dataclasses import dataclass

from db.models import Entry, QueueImport
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import allowances, blobs, entries, envelopes
from pwa.domain.desk import cases

MOST_BYTES = 8 * 1024 * 1024
MOST_LINES = 5000
MOST_RUNS = 100
"""Of how many runs of lines that are none the report tells where they stand."""
WORTH_READING = re.compile(rb"[^\n]{80,}")
"""No entry and no photo is shorter."""
A_PAGE = 50
MOST_ALIKE = 50
BATCH = 100
NOBODY = uuid.UUID(int=0)


def get(entry_id, *, seen_by):
    """[Case] of the lines in custody with this id that the officer may see, the first ones first."""
    rows = Entry.select().where(Entry.entry_id == entry_id).where(cases.visible(seen_by)).order_by(Entry.id)
    found = cases.of(list(rows.limit(MOST_ALIKE)))
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

    Lines that are no entry are named in its report, by runs, and hinder no other line. Raises allowances.NoRoom.
    """
    allowances.keep_room_beside(by)
    if not data.strip():
        raise Refusal(N_("Choose the file that the phone saved."), field="file")
    if len(data) > MOST_BYTES:
        raise Refusal(N_("The file is too large. Save it on the phone in smaller parts."), field="file")
    report, lines, photos = [], [], []
    left = _sort(data, report, lines, photos)
    starts = range(0, len(lines), BATCH)
    taken = [one for start in starts for one in _receive(lines[start : start + BATCH], by=by, at=at)]
    report += [_row(number, one) for number, one in taken]
    device = next((one.row.device for _, one in taken if one.row.transport != "unproved"), NOBODY)
    report += [_keep_photo(number, item, device=device, at=at) for number, item in photos]
    if not lines and not photos:
        raise Refusal(N_("This is not the file that a phone saves from its queue."), field="file")
    report.sort(key=lambda row: row["line"])
    report += [{"line": left[0], "to": left[-1], "outcome": "left", "count": len(left)}] if left else []
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


def told(report, *, page=1):
    """A Page of the report: how many lines became what, and some of its rows."""
    number, counts = max(page, 1), Counter()
    for row in report:
        counts[row["outcome"]] += row.get("count", 1)
    start = (number - 1) * A_PAGE
    return Page(report[start : start + A_PAGE], counts, number, start + A_PAGE >= len(report))


@dataclass
class Page:
    rows: list
    counts: dict
    number: int
    is_last: bool


def _sort(data, report, lines, photos):
    """Put the lines of the file among the entries, the photos, or what cannot be read; returns the numbers of those left out."""
    number, end, left, runs = 1, 0, [], []
    for found in WORTH_READING.finditer(data):
        number = _pass_over(data[end : found.start()], number, runs)
        text, end = found[0], found.end()
        one, item = _read(text)
        if one is None and item is None:
            _add(runs, number, number)
        elif len(lines) + len(photos) == MOST_LINES:
            left.append(number)
        elif one is not None:
            lines.append((number, text, one))
        else:
            photos.append((number, item))
    _pass_over(data[end:], number, runs)
    report += [_run(*run) for run in runs[:MOST_RUNS]]
    if rest := runs[MOST_RUNS:]:
        count = sum(last - first + 1 for first, last in rest)
        report.append({"line": rest[0][0], "to": rest[-1][1], "outcome": "unreadable", "count": count})
    return left


def _pass_over(between, number, runs):
    """The number of the line after these, which are too short to be one; those that are not empty are noted as a run."""
    after = number + between.count(b"\n")
    if between.strip():
        first = number + between[: len(between) - len(between.lstrip())].count(b"\n")
        _add(runs, first, after - between[len(between.rstrip()) :].count(b"\n"))
    return after


def _add(runs, first, last):
    if runs and runs[-1][1] == first - 1:
        runs[-1][1] = last
    else:
        runs.append([first, last])


def _run(first, last):
    """A row of the report: one line, or a run of them."""
    several = {"to": last, "count": last - first + 1} if last > first else {}
    return {"line": first, "outcome": "unreadable", **several}


def _read(text):
    """(the envelope, None), (None, the photo) or, of what is neither, (None, None)."""
    if not text.strip().startswith(b"{"):
        return None, None
    try:
        return envelopes.read(text), None
    except envelopes.NotAnEnvelope:
        return None, _photo(text)


def _receive(batch, *, by, at):
    """[(number of the line in the file, Arrival)]."""
    taken = entries.take([envelope for _, _, envelope in batch], sender=None, at=at, imported_by=by.id)
    return [(number, one) for (number, _, _), one in zip(batch, taken, strict=True)]


def _row(number, arrival):
    receipt = entries.receipt(arrival)
    about = {name: receipt[name] for name in ("outcome", "id", "number")}
    return {"line": number, **about, "reason": arrival.row.reason, "replay": arrival.is_replay}


def _photo(text):
    try:
        item = json.loads(text)
        return item["blob"], keyring.unb64url(item["bytes"])
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
