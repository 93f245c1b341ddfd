"""What an author may ask about their own entries: where each one stands, why, and what it said."""

from datetime import timedelta

from db.models import Aside, Comment, Entry, Rejection, Return
from pwa.domain import NotFound
from pwa.domain.field import entries, states

RECENT = timedelta(days=30)
WAITS_FOR_AUTHOR = ("returned", "quarantined")


def status(account, *, at):
    """The account's entries of the last 30 days, and everything returned or quarantined however old, newest first."""
    since = Entry.received_at > at - RECENT
    waits = (Entry.outcome == "quarantined") | Entry.id.in_(Return.select(Return.entry))
    query = Entry.select(*entries.FACTS).where(Entry.author == account.id, since | waits)
    rows = list(query.order_by(Entry.id.desc()))
    state = states.many(rows)
    shown = [row for row in rows if row.received_at > at - RECENT or state[row.id] in WAITS_FOR_AUTHOR]
    return [describe(row, state[row.id]) for row in shown]


def describe(row, state):
    return {
        "id": str(row.entry_id),
        "sha256": row.sha256,
        "number": row.number,
        "state": state,
        "reason": reason(row, state),
        "comments": comments(row) if state == "returned" else {},
        "carried": row.transport == "carried",
    }


def single(entry_id, account):
    """{"plaintext", "state", "reason", "comments"} of one own entry. Raises NotFound for somebody else's or an erased one."""
    entry = entries.find(entry_id)
    if entry.author != account.id:
        raise NotFound
    try:
        plaintext = entries.plaintext(entry)
    except entries.Erased:
        raise NotFound from None
    state = states.of(entry)
    return {
        "plaintext": plaintext,
        **{k: v for k, v in describe(entry, state).items() if k in ("state", "reason", "comments")},
    }


def reason(row, state):
    """The words of whoever decided, or the typed reason of a quarantined line."""
    said = {"returned": Return, "rejected": Rejection, "aside": Aside}.get(state)
    if said is not None:
        return said.get(said.entry == row).reason
    return row.reason if state == "quarantined" else ""


def comments(row):
    """{path: text} of the checker's words at the fields."""
    query = Comment.select(Comment.path, Comment.text).join(Return).where(Return.entry == row)
    return dict(query.tuples())
