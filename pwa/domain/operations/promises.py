"""What Ombun promises about its data, each promise a function that names what breaks it. Run nightly, after restores and in tests."""

import hashlib

from peewee import JOIN, fn

from db import care
from db.models import ChainBreak, Entry, EntryKey, ErasedBlob, Erasure, Key, Opening, Seat, SeatChange, StoredBlob, Twin
from pwa.domain.crypto import keyring, receipts, sealing, signatures
from pwa.domain.custody import blobs, chains, entries
from pwa.domain.operations import (
    audit_promises,
    cash_promises,
    claim_promises,
    frozen_tables,
    fund_promises,
    kit_promises,
    ledger_day_promises,
    ledger_promises,
    line_promises,
    officer_promises,
    register_promises,
    report_promises,
    state_promises,
    summary_promises,
    tie_promises,
)


class Broken(str):
    """A sentence about what breaks a promise, that knows the promise's name."""

    def __new__(cls, sentence, promise):
        made = super().__new__(cls, sentence)
        made.promise = promise
        return made


def check(tell=lambda words: None):
    """Every broken promise as a sentence; an empty list when all of them hold. `tell` hears how far it has come."""
    broken = []
    for number, promise in enumerate(PROMISES, 1):
        at = f"{number}/{len(PROMISES)} {promise.__name__.replace('_', ' ')}"
        tell(at)
        try:
            found = promise(lambda done, at=at: tell(f"{at}: {done:,}")) if promise in LONG else promise()
            broken += (Broken(sentence, promise.__name__) for sentence in found)
        except Exception as problem:  # damage may break the check itself; that too is an answer
            sentence = f"{promise.__name__} could not be checked: {type(problem).__name__}: {problem}"
            broken.append(Broken(sentence, promise.__name__))
    return broken


def database_is_sound():
    """The file is whole and every reference leads somewhere."""
    yield from care.damage()


def records_stay_as_recorded():
    """Facts are append-only: their tables refuse every change."""
    for verb in care.verbs():
        for table in sorted({model._meta.table_name for model in frozen_tables.APPEND_ONLY} - care.frozen(verb)):
            yield f"{table} may be changed: its {verb} trigger is missing."


def keys_are_there():
    """Every key that the database names lies in the data folder and is the right one."""
    for key in Key.select():
        if not keyring.ring.path(key.kid).exists():
            yield f"The key {key.kid} is missing."
        elif not _is_itself(key):
            yield f"The key {key.kid} is another one than the database says."


def receipts_verify():
    """Each receipt's signature holds, its hash is the hash of the line in custody, and the row says what the line says."""
    public = _receipt_keys()
    for row in _every(Entry.select(Entry, EntryKey).join(EntryKey, JOIN.LEFT_OUTER)):
        text = f"{row.entry_id}|{row.sha256}|{row.number}|{receipts.instant(row.received_at)}"
        if not _verifies(public.get(row.receipt_kid), text, row.sig):
            yield f"The receipt {row.number} of {row.entry_id} does not verify."
        line = _opened(row, row.line, "line")
        if line is not None and hashlib.sha256(line).hexdigest() != row.sha256:
            yield f"The line of {row.entry_id} is not the one that was received."
        elif line is not None:
            yield from line_promises.differences(row, line)


def twins_verify():
    """The receipt of a line's twin holds, with the number and the instant of the line."""
    public = _receipt_keys()
    for twin in Twin.select(Twin, Entry).join(Entry):
        row = twin.entry
        text = f"{row.entry_id}|{twin.sha256}|{row.number}|{receipts.instant(row.received_at)}"
        if not _verifies(public.get(row.receipt_kid), text, twin.sig):
            yield f"The receipt of a twin of {row.entry_id} does not verify."


def payloads_open():
    """What could be opened once opens still and says what its row says, unless it was erased, with who, when and why."""
    query = Entry.select(*entries.FACTS, EntryKey, Opening).join(EntryKey, JOIN.LEFT_OUTER)
    for row in _every(query.switch(Entry).join(Opening, JOIN.LEFT_OUTER)):
        opening = getattr(row, "opening", None)
        plaintext = _opened(row, opening.plaintext, "plaintext") if opening is not None else None
        if plaintext == b"":
            yield f"The payload of {row.entry_id} does not open."
        elif plaintext is not None:
            yield from line_promises.differences_of_payload(row, opening, plaintext)
    query = Entry.select(Entry.entry_id, Erasure.id).join(Erasure, JOIN.LEFT_OUTER)
    query = query.switch(Entry).join(EntryKey, JOIN.LEFT_OUTER).order_by(Entry.id)
    for entry, erasure in query.where(Erasure.id.is_null() == EntryKey.entry.is_null()).tuples().iterator():
        if erasure is None:
            yield f"The key of {entry} is gone and nobody erased it."
        else:
            yield f"{entry} counts as erased and still has its key."


def photos_are_whole():
    """Every photo and signature is on the disk under the hash that it was received with; erased ones are gone."""
    public = _receipt_keys()
    erased = {sha256 for (sha256,) in ErasedBlob.select(ErasedBlob.blob).tuples()}
    for blob in StoredBlob.select().iterator():
        data = blobs.read(blob.sha256)
        if blob.sha256 in erased and data is not None:
            yield f"The photo {blob.sha256} counts as erased and is still there."
        elif blob.sha256 not in erased and (data is None or hashlib.sha256(data).hexdigest() != blob.sha256):
            yield f"The photo {blob.sha256} is missing or changed."
        text = f"blob|{blob.sha256}|{receipts.instant(blob.received_at)}"
        if not _verifies(public.get(blob.kid), text, blob.sig):
            yield f"The proof of the photo {blob.sha256} does not verify."


def seats_are_taken_once():
    """Each line that somebody vouched for sits in its seat, or another one does and this one waits in quarantine as a fork."""
    facts = (Entry.id, Entry.entry_id, Entry.device, Entry.seq, Entry.outcome, Entry.transport, Entry.reason)
    there = (Seat.device == Entry.device) & (Seat.seq == Entry.seq)
    query = Entry.select(*facts, Seat.entry.alias("holder"), SeatChange.entry.alias("changed"))
    query = query.join(Seat, JOIN.LEFT_OUTER, on=there).join(SeatChange, JOIN.LEFT_OUTER)
    for row in _every(query.objects()):
        is_nobodys = row.outcome != "received" and (row.transport == "unproved" or row.reason == "too_far")
        if row.holder is None and not is_nobodys:
            yield f"{row.entry_id} has no seat."
        elif row.outcome == "received" and row.id not in (row.holder, row.changed):
            yield f"{row.entry_id} was received for the seat {row.seq} of {row.device}, which is taken."
    named = Seat.select(Entry.entry_id).join(Entry).where((Seat.device != Entry.device) | (Seat.seq != Entry.seq))
    for (entry,) in named.order_by(Seat.id).tuples().iterator():
        yield f"{entry} sits in a seat that is not its own."


def breaks_are_on_the_board():
    """Where a line does not name the line before it, the board says so."""
    noted = set(ChainBreak.select(ChainBreak.device, ChainBreak.seq).tuples())
    for device, seq in chains.breaks():
        if (device, seq) not in noted:
            yield f"The chain of {device} breaks at {seq} and the board does not say so."


def numbers_rise():
    """Receipt numbers under a key begin above its floor, so that a restored server never gives one twice."""
    lowest = Entry.select(Entry.receipt_kid, fn.MIN(Entry.number)).group_by(Entry.receipt_kid)
    floors = {key.kid: key.number_floor for key in Key.select().where(Key.purpose == "receipt")}
    for kid, number in lowest.tuples():
        if number <= floors.get(kid, number):
            yield f"The receipt number {number} is not above the floor of {kid}."


PROMISES = [
    database_is_sound,
    records_stay_as_recorded,
    keys_are_there,
    receipts_verify,
    twins_verify,
    payloads_open,
    photos_are_whole,
    seats_are_taken_once,
    breaks_are_on_the_board,
    numbers_rise,
    state_promises.entries_have_one_state,
    state_promises.decisions_are_of_others,
    state_promises.decisions_are_undone_by_others,
    state_promises.what_was_taken_back_was_a_slip,
    state_promises.draws_repeat,
    officer_promises.roles_began_with_two,
    officer_promises.trials_were_of_the_demo,
    officer_promises.accesses_were_confirmed_by_others,
    officer_promises.decisions_are_of_free_hands,
    register_promises.register_is_what_was_approved,
    register_promises.nothing_unapproved_is_in_it,
    register_promises.members_were_admitted,
    fund_promises.regulations_are_as_two_put_them_in_force,
    *claim_promises.OF_CLAIMS,
    ledger_promises.books_are_guarded,
    ledger_promises.transactions_sum_to_zero,
    ledger_day_promises.days_are_the_sums_of_postings,
    ledger_promises.reversals_negate_what_they_reverse,
    ledger_promises.closed_months_are_as_they_were_signed,
    ledger_promises.closed_years_are_the_months_that_were_signed,
    audit_promises.samples_of_the_books_repeat,
    audit_promises.words_of_auditors_follow_each_other,
    ledger_promises.no_hand_is_below_nothing,
    ledger_promises.money_entries_are_booked_once,
    ledger_promises.receipts_stand_where_their_steps_say,
    ledger_promises.unchecked_money_is_that_of_receipts_that_wait,
    cash_promises.holders_hold_what_they_received,
    cash_promises.differences_have_names,
    cash_promises.cash_goes_on_once,
    *summary_promises.OF_LISTS,
    report_promises.networks_are_shown_what_was_accepted,
    kit_promises.kits_were_within_assignments,
    tie_promises.new_rows_are_tied,
    tie_promises.ties_follow_each_other,
    tie_promises.rows_are_as_they_were_tied,
    tie_promises.custody_is_as_it_was_digested,
]


LONG = {register_promises.register_is_what_was_approved}
"""Those that say themselves how far they have come."""


def _is_itself(key):
    """A key's name is made from what it is."""
    private = keyring.ring.private(key.kid)
    told = private if isinstance(private, bytes) else keyring.point(private)
    return key.kid.endswith(hashlib.sha256(told).hexdigest()[:16]) and key.public in ("", keyring.b64url(told))


def _every(query):
    for rows in entries.pages(query):
        yield from rows


def _opened(row, sealed, what):
    """The plain bytes; None when the entry's key is gone; b"" when it does not open."""
    wrapped = getattr(row, "entrykey", None)
    if wrapped is None:
        return None
    try:
        key = sealing.unwrap(wrapped.wrapped, entries.bound_to(row, "key"))
        return sealing.decrypt(key, sealed, entries.bound_to(row, what))
    except (sealing.Unsealable, TypeError, ValueError):
        return b""


def _receipt_keys():
    return {key.kid: key.public for key in Key.select().where(Key.purpose == "receipt")}


def _verifies(public, text, sig):
    return public is not None and signatures.holds(public, text, sig)
