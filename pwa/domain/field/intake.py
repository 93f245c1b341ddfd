"""What becomes of batches inside the write transaction: known or new, judged, seated, numbered, signed and written together."""

import uuid
from dataclasses import dataclass

from db.models import Entry, EntryKey, Opening
from db.statements import Prepared, insert
from pwa.domain.field import coverage, devices, envelopes, keys, receipts, replacements, sealing, seats
from pwa.domain.field.judgement import Judge

FACTS = tuple(field for field in Entry._meta.sorted_fields if field is not Entry.line)
"""The columns of an entry without its bytes, for whoever looks at many."""

_there = Prepared(lambda ids: Entry.select(Entry.id).where(Entry.entry_id.in_(ids)))
_settled = Prepared(lambda ids: Entry.select(Entry.sha256).join(Opening).where(Entry.entry_id.in_(ids)))
_held = Prepared(lambda ids: Entry.select(Entry.sha256).where(Entry.entry_id.in_(ids)))
_numbered = Prepared(
    lambda kid, low, high: Entry.select(Entry.number, Entry.id).where(
        Entry.receipt_kid == kid, Entry.number >= low, Entry.number <= high
    )
)


@dataclass
class Arrival:
    """One line on its way into custody: `line` and `plaintext` sealed under its own key, then the row that it has or was given."""

    envelope: envelopes.Envelope
    key: bytes = b""
    line: bytes = b""
    plaintext: bytes = b""
    row: Entry | None = None
    is_replay: bool = True

    @property
    def name(self):
        return self.envelope.id, self.envelope.sha256

    def open(self, *, at):
        """Unseal it, and lock its bytes and what they say away; needs no database, and is most of the work."""
        one = self.envelope
        envelopes.open_envelope(one, at=at)
        self.key = sealing.new_key()
        self.line = sealing.encrypt(self.key, one.line, bound(*self.name, "line"))
        if one.content:
            self.plaintext = sealing.encrypt(self.key, one.plaintext, bound(*self.name, "plaintext"))


@dataclass
class Batch:
    """Lines that came together. `contact` is what the phone said about itself besides, for devices.meet."""

    arrivals: list
    sender: uuid.UUID | None
    at: object
    imported_by: object = None
    contact: dict | None = None

    def __len__(self):
        return len(self.arrivals)


def bound(entry_id, sha256, what):
    """What a sealed part of an entry is tied to, so that it cannot be put in another's place."""
    return f"{what}|{entry_id}|{sha256}".encode()


def opened_before(arrived):
    """Hashes of those envelopes that are in custody and opened: a replay needs no second look inside."""
    return {sha256 for (sha256,) in _settled(list({one.id for one in arrived}))}


def in_custody(arrived):
    """Hashes of those envelopes that are in custody."""
    return {sha256 for (sha256,) in _held(list({one.id for one in arrived}))}


def take(batches):
    """Give every arrival its row: that of the same bytes, or a new one. Call inside the write transaction; may be called again."""
    known = _known([one for batch in batches for one in batch.arrivals])
    new = {}
    for batch in batches:
        for one in batch.arrivals:
            if one.name in known:
                open_late(known[one.name], one.envelope, at=batch.at)
            else:
                new.setdefault(one.name, (one, batch))
        if batch.contact is not None:
            devices.meet(batch.sender, at=batch.at, **batch.contact)
    _store(list(new.values()), known)
    for one in (one for batch in batches for one in batch.arrivals):
        first = new.get(one.name, (None,))[0]
        one.row, one.is_replay = known.get(one.name) or first.row, one is not first


def open_late(entry, envelope, *, at):
    """A line whose key was missing when it came first, sent again: now it opens. Its outcome stays as receipted."""
    if not envelope.content or Opening.select().where(Opening.entry == entry).exists():
        return
    wrapped = EntryKey.get_or_none(EntryKey.entry == entry)
    if wrapped is None:
        return
    key = sealing.unwrap(wrapped.wrapped, bound(entry.entry_id, entry.sha256, "key"))
    sealed = sealing.encrypt(key, envelope.plaintext, bound(entry.entry_id, entry.sha256, "plaintext"))
    Opening.create(**_opened(entry, envelope.content, sealed, Judge({}).place(envelope), at=at))
    coverage.note([(entry.id, envelope.content)])


def _known(arrivals):
    rows = [row for (row,) in _there(list({one.envelope.id for one in arrivals}))]
    query = Entry.select(*FACTS).where(Entry.id.in_(rows)) if rows else []
    return {(row.entry_id, row.sha256): row for row in query}


def _store(new, known):
    """Write the new lines: a few statements however many they are, then what each line replaces."""
    if not new:
        return
    judge, table = Judge(known), seats.Table([one.envelope for one, _ in new])
    kid = keys.newest("receipt").kid
    number = receipts.next_number(kid)
    made = []
    for place, (one, batch) in enumerate(new):
        envelope = one.envelope
        taken = table.is_taken(envelope)
        verdict = judge.verdict(envelope, taken=taken, sender=batch.sender, imported_by=batch.imported_by)
        table.sit(envelope, at=batch.at)
        one.row = _row(one, batch, verdict, number + place, kid)
        made.append((one, verdict, batch.at))
    _insert(made, kid, number)
    carried = {one.row.device for one, _, _ in made if one.row.device != one.row.sender}
    if carried:
        devices.hear_of(carried, at=made[0][2])
    table.save({(one.row.device, one.row.seq): one.row for one, _, _ in reversed(made)})
    _settle(made)


def _row(one, batch, verdict, number, kid):
    envelope = one.envelope
    return Entry(
        entry_id=envelope.id,
        sha256=envelope.sha256,
        author=envelope.author,
        device=envelope.device,
        seq=envelope.seq,
        prev=envelope.prev,
        sender=batch.sender,
        imported_by=batch.imported_by,
        transport=verdict.transport,
        outcome="quarantined" if verdict.reason else "received",
        reason=verdict.reason,
        kid=envelope.kid,
        number=number,
        receipt_kid=kid,
        sig=receipts.signature(envelope.id, envelope.sha256, number, batch.at, kid),
        received_at=batch.at,
        line=one.line,
    )


def _insert(made, kid, number):
    insert(Entry, [one.row.__data__ for one, _, _ in made])
    ids = dict(_numbered(kid, number, number + len(made) - 1))
    for one, _, _ in made:
        one.row.id = ids[one.row.number]
    wrapped = [(one.row.id, sealing.wrap(one.key, bound(*one.name, "key"))) for one, _, _ in made]
    insert(EntryKey, [{"entry": row, "wrapped": key} for row, key in wrapped])
    opened = [(one, verdict, at) for one, verdict, at in made if one.envelope.content]
    rows = [_opened(one.row, one.envelope.content, one.plaintext, v.place, at=at) for one, v, at in opened]
    insert(Opening, rows)
    coverage.note([(one.row.id, one.envelope.content) for one, _, _ in opened])


def _opened(entry, content, plaintext, place, *, at):
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
        "plaintext": plaintext,
    }


def _settle(made):
    """Let each received line replace what it names, and be replaced by a later one that came before it."""
    waited_for = replacements.waited_for([one.envelope.id for one, _, _ in made])
    for one, _, at in made:
        replaced = one.envelope.content.get("replaces")
        if one.row.outcome == "received" and (replaced or one.row.entry_id in waited_for):
            replacements.settle(one.row, uuid.UUID(replaced) if replaced else None, at=at)
