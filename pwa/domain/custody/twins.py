"""Twins: other bytes that say, in every signed field, what a line in custody says. They are that line, whatever their spaces.

Each gets a receipt for the bytes that were sent, with the number of the line that they are; `prev` may name either.
"""

from db.models import Entry, EntryKey, Twin
from pwa.domain.crypto import receipts, sealing
from pwa.domain.custody import envelopes


def of(rows):
    """The twins of these entry rows ({row id: Entry}), each as the row that its receipt tells: own hash and signature, the number shared."""
    return (
        [_told(rows[twin.entry_id], twin) for twin in Twin.select().where(Twin.entry.in_(list(rows)))] if rows else []
    )


def found(envelope, known, sent):
    """The row, of those that are known, whose line these bytes say again, noted as such; None when none was proved or carried."""
    for row in known:
        is_named = row.entry_id == envelope.id and row.transport != "unproved"
        if is_named and (stored := _stored(row)) and envelope.is_twin_of(stored):
            signed = receipts.signature(row.entry_id, envelope.sha256, row.number, row.received_at, row.receipt_kid)
            said = {"entry": row.id, "sha256": envelope.sha256, "signature": envelope.signature}
            return _told(row, Twin.create(**said, sender=sent.sender, sig=signed, at=sent.at))
    return None


def _stored(row):
    """The envelope in custody; None when it was erased."""
    wrapped = EntryKey.get_or_none(EntryKey.entry == row.id)
    if wrapped is None:
        return None
    line = Entry.select(Entry.line).where(Entry.id == row.id).scalar()
    key = sealing.unwrap(wrapped.wrapped, sealing.bound(row.entry_id, row.sha256, "key"))
    return envelopes.read(sealing.decrypt(key, line, sealing.bound(row.entry_id, row.sha256, "line")))


def _told(row, twin):
    facts = {**row.__data__, "sha256": twin.sha256, "sig": twin.sig}
    return Entry(**facts)
