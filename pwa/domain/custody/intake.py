"""What becomes of batches inside the write transaction: known or new, judged, seated, numbered, signed and written together."""

from dataclasses import dataclass

from peewee import JOIN

from db.models import Entry, EntryKey, Opening, Twin, Unbooked
from db.statements import Prepared, insert
from pwa.domain import kinds
from pwa.domain.crypto import keyring, receipts, sealing
from pwa.domain.custody import (
    authorship,
    backed_up,
    clocks,
    envelopes,
    identities,
    rejudgement,
    replacements,
    seats,
    twins,
)
from pwa.domain.custody.judgement import Judge, Sent
from pwa.domain.people import devices

FACTS = tuple(field for field in Entry._meta.sorted_fields if field is not Entry.line)
"""The columns of an entry without its bytes, for whoever looks at many."""

_there = Prepared(lambda ids: Entry.select(Entry.id).where(Entry.entry_id.in_(ids)))
_held = Prepared(
    lambda ids: (
        Entry.select(Entry.sha256, Opening.id, Twin.sha256)
        .join(Opening, JOIN.LEFT_OUTER)
        .switch(Entry)
        .join(Twin, JOIN.LEFT_OUTER)
        .where(Entry.entry_id.in_(ids))
    )
)
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
    signed_by: str | None = None
    row: Entry | None = None
    is_replay: bool = True

    def open(self, *, at, key=None):
        """Unseal it, verify its signature by the key of its number as it is known now, and lock its bytes and what they say away.

        This is most of the work, and needs no transaction yet.
        """
        one = self.envelope
        if key and authorship.is_by(key, one):
            self.signed_by = key
        envelopes.open_envelope(one, at=at)
        self.key = sealing.new_key()
        self.line = sealing.encrypt(self.key, one.line, one.bound("line"))
        if one.content:
            self.plaintext = sealing.encrypt(self.key, one.plaintext, one.bound("plaintext"))


@dataclass
class Batch:
    """Lines that came together. `contact` is what the phone said about itself besides, for devices.meet."""

    arrivals: list
    sent: Sent
    contact: dict | None = None

    def __len__(self):
        return len(self.arrivals)


def opened_before(arrived):
    """Hashes of those envelopes that are in custody and opened: a replay needs no second look inside."""
    rows = _held(list({one.id for one in arrived}))
    return ({sha256 for sha256, opening, _ in rows if opening} | {twin for *_, twin in rows}) - {None}


def in_custody(arrived):
    """Hashes of those envelopes that are in custody."""
    rows = _held(list({one.id for one in arrived}))
    return {sha256 for entry, _, twin in rows for sha256 in (entry, twin)} - {None}


def take(batches):
    """Give every arrival its row: that of the same bytes, or a new one. Call inside the write transaction; may be called again."""
    known, told = _known([one for batch in batches for one in batch.arrivals])
    new = {}
    for batch in batches:
        if batch.contact is not None:
            devices.meet(batch.sent.sender, at=batch.sent.at, **batch.contact)
        for one in batch.arrivals:
            name = one.envelope.sha256
            if name in known:
                open_late(known[name], one.envelope, at=batch.sent.at)
                rejudgement.when_replayed(known[name], batch.sent)
            elif name not in told and (twin := twins.found(one.envelope, known.values(), batch.sent)):
                told[name] = twin
            elif name not in told:
                new.setdefault(name, (one, batch))
    _store(list(new.values()), known)
    for one in (one for batch in batches for one in batch.arrivals):
        name = one.envelope.sha256
        first = new.get(name, (None,))[0]
        one.row, one.is_replay = known.get(name) or told.get(name) or first.row, one is not first


def open_late(entry, envelope, *, at):
    """A line whose key was missing when it came first, sent again: now it opens. Its outcome stays as receipted."""
    if not envelope.content or Opening.select().where(Opening.entry == entry).exists():
        return
    wrapped = EntryKey.get_or_none(EntryKey.entry == entry)
    if wrapped is None:
        return
    key = sealing.unwrap(wrapped.wrapped, sealing.bound(entry.entry_id, entry.sha256, "key"))
    sealed = sealing.encrypt(key, envelope.plaintext, sealing.bound(entry.entry_id, entry.sha256, "plaintext"))
    row = _opened(entry, envelope, sealed, Judge().place(envelope), at=at)
    Opening.create(**row)
    _note_money([row])
    backed_up.note([(entry.id, envelope.content)])


def _known(arrivals):
    """What is in custody under these ids: {hash: row}, and the same for twins, each row as the twin's receipt tells it."""
    rows = [row for (row,) in _there(list({one.envelope.id for one in arrivals}))]
    found = {row.id: row for row in Entry.select(*FACTS).where(Entry.id.in_(rows))} if rows else {}
    return tuple({row.sha256: row for row in rows} for rows in (found.values(), twins.of(found)))


def _store(new, known):
    """Write the new lines: a few statements however many they are, then what each line replaces."""
    if not new:
        return
    judge, table = Judge(identities.held(known.values())), seats.Table([one.envelope for one, _ in new])
    kid = keyring.newest("receipt").kid
    number = receipts.next_number(kid)
    made = []
    for place, (one, batch) in enumerate(new):
        verdict = judge.verdict(one.envelope, table=table, sent=batch.sent, signed_by=one.signed_by)
        one.row = _row(one, batch.sent, verdict, number + place, kid)
        if verdict.sits:
            table.sit(one.envelope, one.row, at=batch.sent.at)
        made.append((one, verdict, batch.sent.at))
    _insert(made, kid, number)
    carried = {one.row.device for one, verdict, _ in made if verdict.proof.transport == "carried"}
    if carried:
        devices.hear_of(carried, at=made[0][2])
    table.save(at=made[0][2])
    _settle(made)


def _row(one, sent, verdict, number, kid):
    """The row as it will be stored. Filled at once: peewee's own way, a field at a time, takes as long as the signature."""
    envelope, row = one.envelope, Entry(__no_default__=True)
    row.__data__ |= dict(
        entry_id=envelope.id,
        sha256=envelope.sha256,
        author=envelope.author,
        device=envelope.device,
        seq=envelope.seq,
        prev=envelope.prev,
        sender=sent.sender,
        imported_by=sent.imported_by,
        transport=verdict.proof.transport,
        outcome="quarantined" if verdict.reason else "received",
        reason=verdict.reason,
        kid=envelope.kid,
        number=number,
        receipt_kid=kid,
        sig=receipts.signature(envelope.id, envelope.sha256, number, sent.at, kid),
        received_at=sent.at,
        line=one.line,
        signing=verdict.proof.signing,
    )
    return row


def _insert(made, kid, number):
    insert(Entry, [one.row.__data__ for one, _, _ in made])
    ids = dict(_numbered(kid, number, number + len(made) - 1))
    for one, _, _ in made:
        one.row.id = ids[one.row.number]
    wrapped = [(one.row.id, sealing.wrap(one.key, one.envelope.bound("key"))) for one, _, _ in made]
    insert(EntryKey, [{"entry": row, "wrapped": key} for row, key in wrapped])
    opened = [(one, verdict, at) for one, verdict, at in made if one.envelope.content]
    rows = [_opened(one.row, one.envelope, one.plaintext, v.place, at=at) for one, v, at in opened]
    insert(Opening, rows)
    _note_money(rows)
    backed_up.note([(one.row.id, one.envelope.content) for one, _, _ in opened])


def _note_money(rows):
    """What the books follow is noted beside the line, so that none is forgotten, whenever it is booked (fund.bookings)."""
    money = [row for row in rows if row["kind"] in kinds.MONEY]
    insert(Unbooked, [{"entry": row["entry"], "kind": row["kind"], "reason": ""} for row in money])


def _opened(entry, envelope, plaintext, place, *, at):
    content, replaced = envelope.content, envelope.replaces
    return {
        "entry": entry.id,
        "kind": content["kind"],
        "form": content["form"],
        "subject": envelope.subject,
        "place": place,
        "recorded_at": content["recorded_at"],
        "base_version": replacements.base_version(replaced, (content.get("base") or {}).get("version")),
        "replaces": replaced,
        "clock_odd": clocks.oddity(content["recorded_at"], ahead_ms=content.get("clock_ms"), at=at),
        "clock_ms": content.get("clock_ms"),
        "opened_at": at,
        "plaintext": plaintext,
    }


def _settle(made):
    """Let each received line replace what it names, and be replaced by a later one that came before it."""
    waited_for = replacements.waited_for([one.envelope.id for one, _, _ in made])
    for one, _, at in made:
        replaced = one.envelope.replaces
        if one.row.outcome == "received" and (replaced or one.row.entry_id in waited_for):
            replacements.settle(one.row, replaced, at=at)
