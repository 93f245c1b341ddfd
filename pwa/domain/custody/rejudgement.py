"""Lines that nobody could vouch for when they came, judged again when their key comes or their author signs in on that phone.

Only what came with its own number's cookie is judged again. Outcome, receipt and replay stay what they were; that it counts from
now on is a row of its own, an acceptance without a person.
"""

from db import database
from db.models import Acceptance, Aside, Entry, EntryKey
from pwa.domain.crypto import sealing
from pwa.domain.custody import envelopes, identities, replacements, seats, states
from pwa.domain.custody.judgement import Judge, Sent
from pwa.domain.people import takings_back

REASON = "proved later"


def when_known(device_id, *, author, at):
    """The author has signed in on this phone: what it sent in their name is theirs."""
    _judge_all(_waiting(device_id).where(Entry.author == author), at=at)


def when_key_came(device_id, *, at):
    """The phone's key is here: lines whose signature nothing could be said of are judged by it."""
    _judge_all(_waiting(device_id).where(Entry.signing == "unknown"), at=at)


def when_replayed(row, sent):
    """A line that somebody else had brought comes from its own phone. Call inside the write transaction."""
    if row.transport == "unproved" and sent.sender == row.device and sent.imported_by is None:
        for waiting in Entry.select().where(Entry.id == row.id, *_unsure()):
            _judge(waiting, sent)


def _waiting(device_id):
    own = (Entry.device == device_id, Entry.sender == device_id, Entry.imported_by.is_null())
    return Entry.select().where(*own, *_unsure()).order_by(Entry.id)


def _unsure():
    """Conditions on Entry: it waits because nobody could say who wrote it."""
    waits = [~states.has(model.entry, states.standing(model)) for model in (Acceptance, Aside)]
    return (Entry.transport == "unproved", Entry.reason == "unproved", *waits)


def _judge_all(query, *, at):
    with database.atomic():
        for row in list(query):
            _judge(row, Sent(row.sender, at))


def _judge(row, sent):
    """As if it came now: accept what is received now, and let it sit where its seat is free."""
    wrapped = EntryKey.get_or_none(EntryKey.entry == row.id)
    if wrapped is None:
        return
    key = sealing.unwrap(wrapped.wrapped, sealing.bound(row.entry_id, row.sha256, "key"))
    envelope = envelopes.read(sealing.decrypt(key, row.line, sealing.bound(row.entry_id, row.sha256, "line")))
    envelopes.open_envelope(envelope, at=sent.at)
    table = seats.Table([envelope])
    same = Entry.select().where(Entry.entry_id == row.entry_id, Entry.id != row.id)
    verdict = Judge(identities.held(same)).verdict(envelope, table=table, sent=sent, entry=row.id)
    if verdict.reason:
        return
    Acceptance.create(
        entry=row, turn=takings_back.turn(Acceptance.entry, row), account=identities.NOBODY, at=sent.at, reason=REASON
    )
    table.sit(envelope, row, at=sent.at)
    table.save(at=sent.at)
    replaced = envelope.content.get("replaces")
    replacements.settle(row, replaced, at=sent.at)
