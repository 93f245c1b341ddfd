"""What an author may ask about their own entries: where each one stands, why, and what it said."""

import re
from datetime import timedelta

from peewee import fn

from db.fields import EPOCH, MILLISECOND
from db.models import Aside, Comment, CounterDecision, Entry, Opening, Rejection, Return, Whereabouts
from db.statements import Prepared
from pwa.domain import NotFound, kinds
from pwa.domain.crypto import keyring
from pwa.domain.custody import drafts, entries, identities, states

RECENT = timedelta(days=30)
WAITS_FOR_AUTHOR = ("returned", "quarantined")
SAID = {"returned": Return, "rejected": Rejection, "aside": Aside}
"""States that somebody gave a reason for, and where it stands."""
LIKE_OURS = re.compile(r"[0-9]{1,15}")


def status(account, *, at):
    """The account's entries of the last 30 days, and what waits for them however old, newest first.

    That is what was returned or quarantined, what waits again after a counter-decision, and the drafts in custody that they
    have not finished.
    """
    recent, old = _recent.rows(account.id, at - RECENT), _waiting.rows(account.id)
    return _shown({row.id: row for row in (*recent, *old)}.values(), account, at)


def news(account, *, at, since=""):
    """(entries, ids that are gone, as of when) after an answer that was as of `since`, a text that only we read.

    Gone is None, and the entries are all there are, where nothing is known of such an answer: another account's, one of before a
    restore (which made a new receipt key), or none.
    """
    kid = keyring.newest("receipt").kid
    as_of = f"{account.id.hex}.{kid}.{states.changes()}.{_milliseconds(at)}"  # before anything is read: rather twice than never
    before = _told_before(since, account, kid, at)
    if before is None:
        return status(account, at=at), None, as_of
    touched = _touched(account, *before, at)
    shown = _shown(touched, account, at)
    return shown, sorted({str(row.entry_id) for row in touched} - {one["id"] for one in shown}), as_of


def _told_before(since, account, kid, at):
    """(number of changes, instant) of the answer that this text names; None when there was none such."""
    parts = since.split(".")
    if len(parts) != 4 or parts[:2] != [account.id.hex, kid] or not all(map(LIKE_OURS.fullmatch, parts[2:])):
        return None
    changes, then = int(parts[2]), EPOCH + MILLISECOND * int(parts[3])
    return (changes, then) if changes <= states.changes() and then <= at else None


def _touched(account, changes, then, at):
    """Entries of the account of which the answer may be another one since: changed, grown old, drafts that were finished; each
    with whatever else bears its id. Drafts that wait are always told: a phone may take them back at any time."""
    moved = {row for (row,) in states.changed_since(changes, account.id)}
    aged = (Entry.author == account.id, Entry.received_at > then - RECENT, Entry.received_at <= at - RECENT)
    moved |= {row for (row,) in Entry.select(Entry.id).where(*aged).tuples()}
    moved |= {row for (row,) in _held(account, drafts.KIND)}
    subjects = Opening.select(Opening.subject).where(Opening.entry.in_(list(moved)))
    about = Opening.select(Opening.entry).where(Opening.subject.in_(subjects), Opening.kind == drafts.KIND)
    moved |= {row for (row,) in about.tuples()}
    named = {name for (name,) in Entry.select(Entry.entry_id).where(Entry.id.in_(list(moved))).tuples()}
    return _named.rows(account.id, list(named))


def _held(account, kind):
    waits = (Whereabouts.author == account.id, Whereabouts.waits_for == "checker", Whereabouts.kind == kind)
    return Whereabouts.select(Whereabouts.entry).where(*waits).tuples()


def _facts(*conditions):
    return Entry.select(*entries.FACTS).where(*conditions, identities.is_proved()).namedtuples()


def _held_still(author):
    """What waits for the author, or waits again, however old."""
    held = Whereabouts.select(Whereabouts.entry).where(Whereabouts.author == author)
    undone = CounterDecision.select(CounterDecision.id).where(CounterDecision.entry == Whereabouts.entry)
    again = (Whereabouts.waits_for == "checker") & (fn.EXISTS(undone) | (Whereabouts.kind == drafts.KIND))
    waits = held.where(
        Whereabouts.waits_for.in_(states.HANDS[1:]), Whereabouts.waits_for.in_(("author", "desk")) | again
    )
    return _facts(Entry.id.in_(waits))


_recent = Prepared(lambda author, since: _facts(Entry.author == author, Entry.received_at > since))
_waiting = Prepared(_held_still)
_named = Prepared(lambda author, ids: _facts(Entry.author == author, Entry.entry_id.in_(ids)))


def _shown(rows, account, at):
    """Those of these entries that are their author's business now, described, newest first."""
    rows = sorted(rows, key=lambda row: -row.id)
    state, named, again = states.many(rows), _kinds(rows), _undone(rows)
    kept = {row.id: row for row in rows if named.get(row.id) == drafts.KIND and row.outcome == "received"}
    finished = drafts.finished(kept, account.id)
    waits = {row.id for row in rows if state[row.id] in WAITS_FOR_AUTHOR}
    waits |= {row for row in (*kept, *again) if row not in finished and state[row] == "received"}
    shown = [row for row in rows if row.received_at > at - RECENT or row.id in waits]
    said = {name: _said(name, model, shown, state) for name, model in SAID.items()}
    return [describe(row, state[row.id], again, said, named.get(row.id), row.id in finished) for row in shown]


def describe(row, state, again, said, kind=None, is_finished=False):
    """An entry in words for its author. `again` are the reasons of the counter-decisions about it, `said` those of whoever decided."""
    words, comments = said.get(state, {}).get(row.id, (row.reason if state == "quarantined" else "", {}))
    return {
        "id": str(row.entry_id),
        "kind": kind,
        **({"finished": is_finished} if kind == drafts.KIND else {}),
        "sha256": row.sha256,
        "number": row.number,
        "state": state,
        "reason": words or (again.get(row.id, "") if state == "received" else ""),
        "comments": comments,
        "carried": row.transport != "proved",
    }


def single(entry_id, account, *, health=True):
    """{"plaintext", "state", "reason", "comments"} of one own entry. Raises NotFound for somebody else's, an erased one, and
    a correction of health where that is not shown."""
    entry = entries.find(entry_id)
    if entry.author != account.id:
        raise NotFound
    try:
        plaintext = entries.plaintext(entry)
    except entries.Erased:
        raise NotFound from None
    if not health and kinds.of(plaintext["kind"]).tells_health(plaintext["payload"]):
        raise NotFound
    state = states.of(entry)
    if plaintext["kind"] == drafts.KIND:
        plaintext = drafts.opened(plaintext, entry.author)
    words, said = _words(entry, state)
    return {
        "plaintext": plaintext,
        "state": state,
        "reason": words or (_undone([entry]).get(entry.id, "") if state == "received" else ""),
        "comments": said,
    }


def reason(row, state):
    """The words of whoever decided, or the typed reason of a quarantined line."""
    return _words(row, state)[0]


def comments(row):
    """{path: text} of the checker's words at the fields of a returned entry."""
    return _words(row, "returned")[1]


def _words(row, state):
    said = _said(state, SAID[state], [row], {row.id: state}) if state in SAID else {}
    return said.get(row.id, (row.reason if state == "quarantined" else "", {}))


def _said(name, model, rows, state):
    """{row id: (words, comments)} of whoever decided, for those of these entries that are in this state."""
    ids = [row.id for row in rows if state[row.id] == name]
    made = (
        model.select(model.id, model.entry, model.reason).where(model.entry.in_(ids), states.standing(model)).tuples()
    )
    made = list(made) if ids else []
    comments = {}
    if model is Return:
        query = Comment.select(Comment.returned, Comment.path, Comment.text)
        for returned, path, text in (
            query.where(Comment.returned.in_([one for one, *_ in made])).order_by(Comment.id).tuples()
        ):
            comments.setdefault(returned, {})[path] = text
    return {entry: (words, comments.get(one, {})) for one, entry, words in made}


def _kinds(rows):
    return dict(_kinds_of([row.id for row in rows]))


def _undone(rows):
    """{row id: why} of those whose last decision was undone."""
    return dict(_undoing([row.id for row in rows]))


_kinds_of = Prepared(lambda ids: Opening.select(Opening.entry, Opening.kind).where(Opening.entry.in_(ids)))
_undoing = Prepared(
    lambda ids: (
        CounterDecision.select(CounterDecision.entry, CounterDecision.reason)
        .where(CounterDecision.entry.in_(ids), CounterDecision.slip.is_null())
        .order_by(CounterDecision.turn)
    )
)


def _milliseconds(at):
    return (at - EPOCH) // MILLISECOND
