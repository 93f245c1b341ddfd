"""Custody: every line that is an envelope is kept, seated and receipted before anybody judges what it says."""

import json
import uuid

from db import database
from db.models import Acceptance, Entry, EntryKey, Opening
from pwa.domain import NotFound
from pwa.domain.field import coverage, envelopes, keys, receipts, replacements, sealing, seats
from pwa.domain.field.judgement import Judge

FACTS = tuple(field for field in Entry._meta.sorted_fields if field is not Entry.line)
"""The columns of an entry without its bytes, for whoever looks at many."""


class Erased(Exception):
    """The entry's key was deleted on request; hash, number and receipt remain."""


def receive(lines, *, sender, at, imported_by=None):
    """Take lines (bytes) into custody in one transaction and return their receipts in order.

    `sender` is the device whose cookie came with them (None for an imported file). Raises envelopes.NotAnEnvelope for
    a line that is none, before anything is stored: the caller sends the lines before it first.
    """
    arrived = [envelopes.read(line) for line in lines]
    settled = _settled(arrived)
    for envelope in arrived:
        if _name(envelope) not in settled:
            envelopes.open_envelope(envelope, at=at)
    with database.atomic():
        known = _known(arrived)
        fresh = list({_name(e): e for e in arrived if _name(e) not in known}.values())
        for envelope in arrived:
            if envelope.content and _name(envelope) in known:
                _open_late(known[_name(envelope)], envelope, at=at)
        rows = _store(fresh, known, sender=sender, at=at, imported_by=imported_by)
    known |= rows
    new, answers = set(rows), []
    for envelope in arrived:
        replay = _name(envelope) not in new
        answers.append(receipts.of(known[_name(envelope)], replay=replay, keep=envelope.fault == "unknown_key"))
        new.discard(_name(envelope))
    return answers


def find(entry_id):
    """The first row that carries this id; later ones with other bytes stay in quarantine under their own hash."""
    entry = Entry.select().where(Entry.entry_id == entry_id).order_by(Entry.id).first()
    if entry is None:
        raise NotFound
    return entry


def opening(entry):
    """The Opening row, or None when the line could not be opened."""
    return Opening.get_or_none(Opening.entry == entry)


def plaintext(entry):
    """What the phone recorded, as a dict (protocol, "Plaintext"). Raises Erased, or NotFound when it could not be opened."""
    row = opening(entry)
    if row is None:
        raise NotFound
    return json.loads(sealing.decrypt(entry_key(entry), row.plaintext, bound_to(entry, "plaintext")))


def line(entry):
    """The line's exact bytes. Raises Erased."""
    return sealing.decrypt(entry_key(entry), entry.line, bound_to(entry, "line"))


def entry_key(entry):
    row = EntryKey.get_or_none(EntryKey.entry == entry)
    if row is None:
        raise Erased
    return sealing.unwrap(row.wrapped, bound_to(entry, "key"))


def bound_to(entry, what):
    return f"{what}|{entry.entry_id}|{entry.sha256}".encode()


def counts_as_received(entry):
    """Received, or quarantined and let in by a person."""
    return entry.outcome == "received" or Acceptance.select().where(Acceptance.entry == entry).exists()


def settle(entry, *, at):
    """After a quarantined entry was let in: it now replaces what it says it replaces."""
    row = opening(entry)
    if row is not None:
        replacements.settle(entry, row.replaces, at=at)


def open_late(entry, *, at):
    """Try once more to open a line in custody, now that its key or form may be here; returns the Opening or None."""
    envelope = envelopes.read(line(entry))
    envelopes.open_envelope(envelope, at=at)
    if envelope.content:
        _open_late(entry, envelope, at=at)
    return opening(entry)


def _name(envelope):
    return envelope.id, envelope.sha256


def _known(arrived):
    ids = {envelope.id for envelope in arrived}
    return {(row.entry_id, row.sha256): row for row in Entry.select(*FACTS).where(Entry.entry_id.in_(ids))}


def _settled(arrived):
    """Names of lines that are in custody and opened: a replay needs no second look inside."""
    ids = {envelope.id for envelope in arrived}
    query = Entry.select(Entry.entry_id, Entry.sha256).join(Opening).where(Entry.entry_id.in_(ids))
    return set(query.tuples())


def _store(fresh, known, *, sender, at, imported_by):
    """Insert the batch: four statements however many lines, then what each line replaces."""
    if not fresh:
        return {}
    judge, table = Judge(fresh, known, sender=sender, imported_by=imported_by), seats.Table(fresh)
    kid = keys.newest("receipt").kid
    number = receipts.next_number(kid)
    made = []
    for envelope in fresh:
        verdict = judge.verdict(envelope, taken=table.is_taken(envelope))
        table.sit(envelope, at=at)
        row = _row(envelope, verdict, number + len(made), kid, at=at)
        row.sender, row.imported_by = sender, imported_by
        made.append((row, envelope, verdict, sealing.new_key()))
    _insert(made, at=at)
    table.save({(e.device, e.seq): row for row, e, _, _ in reversed(made)})
    _settle_batch(made, at=at)
    return {_name(envelope): row for row, envelope, _, _ in made}


def _row(envelope, verdict, number, kid, *, at):
    return Entry(
        entry_id=envelope.id,
        sha256=envelope.sha256,
        author=envelope.author,
        device=envelope.device,
        seq=envelope.seq,
        prev=envelope.prev,
        transport=verdict.transport,
        outcome="quarantined" if verdict.reason else "received",
        reason=verdict.reason,
        kid=envelope.kid,
        number=number,
        receipt_kid=kid,
        sig=receipts.signature(envelope.id, envelope.sha256, number, at, kid),
        received_at=at,
    )


def _insert(made, *, at):
    for row, envelope, _, key in made:
        row.line = sealing.encrypt(key, envelope.line, bound_to(row, "line"))
    columns = [field for field in Entry._meta.sorted_fields if field.name != "id"]
    rows = [{field.name: getattr(row, field.name) for field in columns} for row, _, _, _ in made]
    ids = {number: row_id for row_id, number in Entry.insert_many(rows).returning(Entry.id, Entry.number).tuples()}
    for row, _, _, _ in made:
        row.id = ids[row.number]
    wrapped = [{"entry": row.id, "wrapped": sealing.wrap(key, bound_to(row, "key"))} for row, _, _, key in made]
    EntryKey.insert_many(wrapped).execute()
    opened = [
        _opened(row, envelope, key, verdict.place, at=at) for row, envelope, verdict, key in made if envelope.content
    ]
    if opened:
        Opening.insert_many(opened).execute()
        coverage.note([(row.id, envelope.content) for row, envelope, _, _ in made if envelope.content])


def _opened(entry, envelope, key, place, *, at):
    content = envelope.content
    replaced = uuid.UUID(content["replaces"]) if content.get("replaces") else None
    return {
        "entry": entry.id,
        "kind": content["kind"],
        "form": content["form"],
        "subject": uuid.UUID(content["subject"]),
        "place": place,
        "recorded_at": content["recorded_at"],
        "base_version": replacements.base_version(replaced, (content.get("base") or {}).get("version")),
        "replaces": replaced,
        "clock_odd": envelopes.clock_oddity(content["recorded_at"], at),
        "opened_at": at,
        "plaintext": sealing.encrypt(key, envelope.plaintext, bound_to(entry, "plaintext")),
    }


def _settle_batch(made, *, at):
    """Let each received line replace what it names, and be replaced by a later one that came before it."""
    waited_for = replacements.waited_for({envelope.id for _, envelope, _, _ in made})
    for row, envelope, _, _ in made:
        replaced = envelope.content.get("replaces")
        if row.outcome == "received" and (replaced or row.entry_id in waited_for):
            replacements.settle(row, uuid.UUID(replaced) if replaced else None, at=at)


def _open_late(entry, envelope, *, at):
    """A line whose key was missing when it came first, sent again: now it opens. Its outcome stays as receipted."""
    if opening(entry) is not None:
        return
    try:
        key = entry_key(entry)
    except Erased:
        return
    place = Judge([envelope], {}, sender=entry.sender, imported_by=entry.imported_by).place(envelope)
    Opening.create(**_opened(entry, envelope, key, place, at=at))
    coverage.note([(entry.id, envelope.content)])
