"""What an author may ask about their own entries: where each one stands, why, and what it said."""

from datetime import timedelta

from db.models import Aside, Comment, CounterDecision, Entry, Opening, Rejection, Return
from pwa.domain import NotFound
from pwa.domain.field import drafts, entries, identities, states

RECENT = timedelta(days=30)
WAITS_FOR_AUTHOR = ("returned", "quarantined")


def status(account, *, at):
    """The account's entries of the last 30 days, and what waits for them however old, newest first.

    That is what was returned or quarantined, what waits again after a counter-decision, and the drafts in custody that they
    have not finished.
    """
    since = Entry.received_at > at - RECENT
    old = (Entry.outcome == "quarantined") | states.has(Return.entry) | states.has(CounterDecision.entry)
    query = Entry.select(*entries.FACTS).where(Entry.author == account.id, since | old, identities.is_proved())
    begun = drafts.waiting(account.id)
    finished = drafts.finished(begun, account.id)
    found = {row.id: row for row in query} | {row: begun[row] for row in begun if row not in finished}
    rows = [found[row] for row in sorted(found, reverse=True)]
    state, kinds = states.many(rows), _kinds(rows)
    waits = {row.id for row in rows if state[row.id] in WAITS_FOR_AUTHOR}
    again = _undone(rows)
    waits |= {row_id for row_id in (*begun, *again) if state.get(row_id) == "received"}
    shown = [row for row in rows if row.received_at > at - RECENT or row.id in waits]
    return [describe(row, state[row.id], again, kinds.get(row.id), row.id in finished) for row in shown]


def describe(row, state, again, kind=None, is_finished=False):
    """An entry in words for its author. `again` are the reasons of the counter-decisions about it."""
    return {
        "id": str(row.entry_id),
        "kind": kind,
        **({"finished": is_finished} if kind == drafts.KIND else {}),
        "sha256": row.sha256,
        "number": row.number,
        "state": state,
        "reason": reason(row, state) or (again.get(row.id, "") if state == "received" else ""),
        "comments": comments(row) if state == "returned" else {},
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
    if not health and plaintext["kind"] == "correction" and ".health." in f"{plaintext['payload'].get('path', '')}.":
        raise NotFound
    state = states.of(entry)
    if plaintext["kind"] == drafts.KIND:
        plaintext = drafts.opened(plaintext, entry.author)
    return {
        "plaintext": plaintext,
        **{k: v for k, v in describe(entry, state, _undone([entry])).items() if k in ("state", "reason", "comments")},
    }


def reason(row, state):
    """The words of whoever decided, or the typed reason of a quarantined line."""
    said = {"returned": Return, "rejected": Rejection, "aside": Aside}.get(state)
    if said is not None:
        return said.select().where(said.entry == row, states.standing(said)).get().reason
    return row.reason if state == "quarantined" else ""


def _kinds(rows):
    opened = Opening.select(Opening.entry, Opening.kind).where(Opening.entry.in_([row.id for row in rows]))
    return dict(opened.tuples())


def comments(row):
    """{path: text} of the checker's words at the fields."""
    query = Comment.select(Comment.path, Comment.text).join(Return)
    return dict(query.where(Return.entry == row, states.standing(Return)).tuples())


def _undone(rows):
    """{row id: why} of those whose last decision was undone."""
    query = CounterDecision.select(CounterDecision.entry, CounterDecision.reason).order_by(CounterDecision.turn)
    query = query.where(CounterDecision.entry.in_([row.id for row in rows]), CounterDecision.slip.is_null())
    return dict(query.tuples())
