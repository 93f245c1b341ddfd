"""Custody: every line that is an envelope is kept, seated and receipted before anybody judges what it says."""

import json
import uuid

from db import database
from db.models import Acceptance, Entry, EntryKey, Opening
from pwa.domain import NotFound
from pwa.domain.field import envelopes, keys, receipts, replacements, sealing, seats
from pwa.domain.field.judgement import Judge


class Erased(Exception):
    """The entry's key was deleted on request; hash, number and receipt remain."""


def receive(lines, *, sender, at, imported_by=None):
    """Take lines (bytes) into custody in one transaction and return their receipts in order.

    `sender` is the device whose cookie came with them (None for an imported file). Raises envelopes.NotAnEnvelope for
    a line that is none, before anything is stored: the caller sends the lines before it first.
    """
    arrived = [envelopes.read(line) for line in lines]
    for envelope in arrived:
        envelopes.open_envelope(envelope)
    with database.atomic():
        known = _known(arrived)
        fresh = _fresh(arrived, known)
        rows = _store(fresh, known, sender=sender, at=at, imported_by=imported_by)
        for envelope in arrived:
            if envelope.plaintext and (envelope.id, envelope.sha256) in known:
                _open_late(known[envelope.id, envelope.sha256], envelope, at=at)
        known |= rows
    new = set(rows)
    answers = []
    for envelope in arrived:
        name = (envelope.id, envelope.sha256)
        answers.append(receipts.of(known[name], replay=name not in new, keep=envelope.fault == "unknown_key"))
        new.discard(name)
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


def _known(arrived):
    ids = {envelope.id for envelope in arrived}
    return {(row.entry_id, row.sha256): row for row in Entry.select().where(Entry.entry_id.in_(ids))}


def _fresh(arrived, known):
    """The lines that are not in custody yet, each once, in the order of arrival."""
    return list({(e.id, e.sha256): e for e in arrived if (e.id, e.sha256) not in known}.values())


def _store(fresh, known, *, sender, at, imported_by):
    if not fresh:
        return {}
    judge = Judge(fresh, known, sender=sender, imported_by=imported_by)
    table = seats.Table(fresh)
    kid = keys.newest("receipt").kid
    number = receipts.next_number(kid)
    stored = {}
    for offset, envelope in enumerate(fresh):
        verdict = judge.verdict(envelope, taken=table.is_taken(envelope))
        stored[envelope.id, envelope.sha256] = _keep(
            envelope, verdict, sender=sender, imported_by=imported_by, number=number + offset, kid=kid, at=at
        )
        table.sit(envelope, stored[envelope.id, envelope.sha256], at=at)
    return stored


def _keep(envelope, verdict, *, sender, imported_by, number, kid, at):
    key = sealing.new_key()
    entry = Entry(
        entry_id=envelope.id,
        sha256=envelope.sha256,
        author=envelope.author,
        device=envelope.device,
        seq=envelope.seq,
        prev=envelope.prev,
        sender=sender,
        imported_by=imported_by,
        transport=verdict.transport,
        outcome="quarantined" if verdict.reason else "received",
        reason=verdict.reason,
        kid=envelope.kid,
        number=number,
        receipt_kid=kid,
        sig=receipts.signature(envelope.id, envelope.sha256, number, at, kid),
        received_at=at,
    )
    entry.line = sealing.encrypt(key, envelope.line, bound_to(entry, "line"))
    entry.save(force_insert=True)
    EntryKey.create(entry=entry, wrapped=sealing.wrap(key, bound_to(entry, "key")))
    if envelope.content:
        _open(entry, envelope, key, verdict.place, at=at)
    return entry


def _open(entry, envelope, key, place, *, at):
    content = envelope.content
    replaced = uuid.UUID(content["replaces"]) if content.get("replaces") else None
    Opening.create(
        entry=entry,
        kind=content["kind"],
        form=content["form"],
        subject=uuid.UUID(content["subject"]),
        place=place,
        recorded_at=content["recorded_at"],
        base_version=replacements.base_version(replaced, (content.get("base") or {}).get("version")),
        replaces=replaced,
        clock_odd=envelopes.clock_oddity(content["recorded_at"], at),
        opened_at=at,
        plaintext=sealing.encrypt(key, envelope.plaintext, bound_to(entry, "plaintext")),
    )
    if entry.outcome == "received":
        replacements.settle(entry, replaced, at=at)


def _open_late(entry, envelope, *, at):
    """A line whose key was missing when it came first, sent again: now it opens. Its outcome stays as receipted."""
    if envelope.content and opening(entry) is None:
        try:
            key = entry_key(entry)
        except Erased:
            return
        place = Judge([envelope], {}, sender=entry.sender, imported_by=entry.imported_by).place(envelope)
        _open(entry, envelope, key, place, at=at)
