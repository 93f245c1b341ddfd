"""Lines that the server writes itself, in somebody's name: sealed, receipted and chained like any other, under the desk's own number."""

import json
import uuid

from db.models import Entry, Seat
from pwa.domain.custody import entries, phones
from pwa.domain.people.devices import DESK


def write(content, *, author, sender, at, imported_by=None, entry_id=None):
    """Write a line that says this (protocol, "Plaintext") in an account's name (its id); returns its row.

    `sender` is the phone in front of which it was said, `imported_by` the officer who brought it in.
    """
    seq, prev = _head()
    text, entry_id = json.dumps(content, ensure_ascii=False).encode(), entry_id or uuid.uuid4()
    line = phones.seal_line(text, entry_id, author=author, device=DESK, seq=seq, prev=prev)
    entries.receive([line], sender=sender, at=at, imported_by=imported_by, is_desk=True)
    return entries.find(entry_id)


def _head():
    """(the next number of the desk's chain, the hash of its last line)."""
    last = Seat.select(Seat, Entry).join(Entry).where(Seat.device == DESK).order_by(Seat.seq.desc()).first()
    return (last.seq + 1, last.entry.sha256) if last else (1, "")
