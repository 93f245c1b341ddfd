"""The one state of each entry, read from the rows that people and the server left about it."""

from db.models import Acceptance, Approval, Aside, Entry, Rejection, Replacement, Return

ALL = ("received", "returned", "approved", "rejected", "replaced", "quarantined", "aside")


def of(entry):
    return many([entry])[entry.id]


def many(rows):
    """{row id: state} with one query a kind of fact, however many rows."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    facts = [
        ("approved", _named(Approval.entry, ids)),
        ("rejected", _named(Rejection.entry, ids)),
        ("aside", _named(Aside.entry, ids)),
        ("replaced", _named(Replacement.replaced, ids)),
        ("returned", _named(Return.entry, ids)),
    ]
    accepted = _named(Acceptance.entry, ids)
    found = {}
    for row in rows:
        fallback = "quarantined" if row.outcome == "quarantined" and row.id not in accepted else "received"
        found[row.id] = next((state for state, named in facts if row.id in named), fallback)
    return found


def undecided():
    """Conditions on Entry for what still waits for a checker: in custody or let in, and nobody decided or replaced it."""
    return (
        (Entry.outcome == "received") | Entry.id.in_(Acceptance.select(Acceptance.entry)),
        Entry.id.not_in(Approval.select(Approval.entry)),
        Entry.id.not_in(Rejection.select(Rejection.entry)),
        Entry.id.not_in(Return.select(Return.entry)),
        Entry.id.not_in(Replacement.select(Replacement.replaced)),
        Entry.id.not_in(Aside.select(Aside.entry)),
    )


def _named(column, ids):
    return {row_id for (row_id,) in column.model.select(column).where(column.in_(ids)).tuples()}
