"""Custody: every line that is an envelope is kept, seated and receipted before anybody judges what it says."""

from db.models import Acceptance, Entry, EntryKey, Opening
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.crypto import receipts, sealing
from pwa.domain.custody import envelopes, group_commit, identities, intake, replacements, states, trouble
from pwa.domain.custody.judgement import Sent
from pwa.domain.people import signing
from pwa.domain.text import characters

FACTS = intake.FACTS
_opening = Prepared(lambda entry: Opening.select().where(Opening.entry == entry))
_wrapped = Prepared(lambda entry: EntryKey.select(EntryKey.wrapped).where(EntryKey.entry == entry))
_sealed = Prepared(lambda ids: Opening.select(Opening.entry, Opening.plaintext).where(Opening.entry.in_(ids)))
_keys = Prepared(lambda ids: EntryKey.select(EntryKey.entry, EntryKey.wrapped).where(EntryKey.entry.in_(ids)))
queue = group_commit.Queue(intake.take)


class Erased(Exception):
    """The entry's key was deleted on request; hash, number and receipt remain."""


def receive(lines, *, sender, at, imported_by=None, is_desk=False):
    """Take lines (bytes) into custody in one transaction and return their receipts in order.

    `sender` is the device whose cookie came with them (None for an imported file). Raises envelopes.NotAnEnvelope for
    a line that is none, before anything is stored: the caller sends the lines before it first.
    """
    arrived = [envelopes.read(line) for line in lines]
    return [receipt(one) for one in take(arrived, sender=sender, at=at, imported_by=imported_by, is_desk=is_desk)]


def take(arrived, *, sender, at, imported_by=None, is_desk=False, contact=None):
    """Take envelopes into custody; returns an Arrival each, in order, when all of them are on the disk.

    Batches that come at the same time share a transaction. `contact` says of the sender what devices.meet keeps.
    """
    sent = Sent(sender, at, imported_by, is_desk)
    batch = intake.Batch([intake.Arrival(envelope) for envelope in arrived], sent, contact)
    known, public = intake.opened_before(arrived), signing.keys_of({one.device for one in arrived})
    for one in batch.arrivals:
        if one.envelope.sha256 not in known:
            one.open(at=at, key=public.get(one.envelope.device))
    queue.commit(batch)
    trouble.is_over()
    return batch.arrivals


def receipt(arrival):
    """The receipt of a line that was taken."""
    return receipts.of(arrival.row, replay=arrival.is_replay, keep=arrival.envelope.fault == "unknown_key")


def pages(query, size=500):
    """The rows of a query of entries in the order in which they came, some at a time: whoever looks at all of them holds only few."""
    rows = list(query.order_by(Entry.id).limit(size))
    while rows:
        yield rows
        is_last = len(rows) < size
        rows = [] if is_last else list(query.where(Entry.id > rows[-1].id).order_by(Entry.id).limit(size))


def find(entry_id):
    """The row that this id names; others with other bytes stay in quarantine under their own hash."""
    entry = identities.named(entry_id)
    if entry is None:
        raise NotFound
    return entry


def opening(entry):
    """The Opening row, or None when the line could not be opened."""
    return next(iter(_opening.rows(entry.id)), None)


def plaintext(entry):
    """What the phone recorded, as a dict (protocol, "Plaintext"). Raises Erased, or NotFound when it could not be opened."""
    row = opening(entry)
    if row is None:
        raise NotFound
    return _read(entry, entry_key(entry), row.plaintext)


def plaintexts(rows):
    """{row id: what the phone recorded} of many entries, with two queries; of those that were erased or not opened nothing."""
    ids = [row.id for row in rows]
    keys, sealed = dict(_keys(ids)), dict(_sealed(ids))
    return {
        row.id: _read(row, sealing.unwrap(keys[row.id], bound_to(row, "key")), sealed[row.id])
        for row in rows
        if row.id in keys and row.id in sealed
    }


def line(entry):
    """The line's exact bytes. Raises Erased."""
    return sealing.decrypt(entry_key(entry), entry.line, bound_to(entry, "line"))


def entry_key(entry):
    wrapped = _wrapped.value(entry.id)
    if wrapped is None:
        raise Erased
    return sealing.unwrap(wrapped, bound_to(entry, "key"))


def _read(entry, key, sealed):
    return characters.read(sealing.decrypt(key, sealed, bound_to(entry, "plaintext")))


def bound_to(entry, what):
    return sealing.bound(entry.entry_id, entry.sha256, what)


def counts_as_received(entry):
    """Received, or quarantined and let in by a person."""
    return (
        entry.outcome == "received"
        or Acceptance.select().where(Acceptance.entry == entry, states.standing(Acceptance)).exists()
    )


def settle(entry, *, at):
    """After a quarantined entry was let in: it now replaces what it says it replaces."""
    row = opening(entry)
    if row is not None:
        replacements.settle(entry, row.replaces, at=at)


def open_late(entry, *, at):
    """Try once more to open a line in custody, now that its key or form may be here; returns the Opening or None."""
    envelope = envelopes.read(line(entry))
    envelopes.open_envelope(envelope, at=at)
    intake.open_late(entry, envelope, at=at)
    return opening(entry)
