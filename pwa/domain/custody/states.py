"""The one state of each entry, read from the rows that people and the server left about it."""

from peewee import fn

from db.models import (
    Acceptance,
    Approval,
    Aside,
    CounterDecision,
    Entry,
    Rejection,
    Replacement,
    Return,
    Whereabouts,
)
from db.statements import Prepared
from pwa.domain.people import takings_back

ALL = ("received", "returned", "approved", "rejected", "replaced", "quarantined", "aside")
HANDS = ("", "checker", "author", "desk")


def of(entry):
    return many([entry])[entry.id]


def many(rows):
    """{row id: state} with one query a kind of fact, however many rows."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    facts = [(state, {row_id for (row_id,) in query(ids)}) for state, query in _FACTS]
    accepted = {row_id for (row_id,) in _accepted(ids)}
    found = {}
    for row in rows:
        fallback = "quarantined" if row.outcome == "quarantined" and row.id not in accepted else "received"
        found[row.id] = next((state for state, named in facts if row.id in named), fallback)
    return found


def waits_for(whom, kinds=()):
    """Condition on Entry: it is in these hands (checker, author, desk) now; only entries of these kinds, where any are named."""
    held = Whereabouts.select(Whereabouts.entry).where(Whereabouts.waits_for == whom)
    return Entry.id.in_(held.where(Whereabouts.kind.in_(kinds)) if kinds else held)


def changes():
    """The number of the last change of anything about any entry; it rises with each."""
    return Whereabouts.select(fn.MAX(Whereabouts.id)).scalar() or 0


def changed_since(number, author):
    """(row id,) of this author's entries about which anything changed after that number."""
    about = (Whereabouts.author == author, Whereabouts.waits_for.in_(HANDS), Whereabouts.id > number)
    return Whereabouts.select(Whereabouts.entry).where(*about).tuples()


def undecided():
    """Conditions on Entry for what still waits for a checker, read off the decisions: in custody or let in, and nobody decided
    or replaced it. Lists ask `waits_for`."""
    return (*open_still(), ~has(Return.entry, standing(Return)))


def open_still():
    """The same, with what was returned and waits for its author: it may come into the register yet."""
    return (
        (Entry.outcome == "received") | has(Acceptance.entry, standing(Acceptance)),
        *(~has(model.entry, standing(model)) for model in (Approval, Rejection)),
        ~has(Replacement.replaced),
        ~has(Aside.entry, standing(Aside)),
    )


def standing(model):
    """Condition: this Approval, Return or Rejection was not undone by a counter-decision, or another row not taken back."""
    if model not in (Approval, Return, Rejection):
        return takings_back.standing(model)
    undone = CounterDecision.select(CounterDecision.id)
    return ~fn.EXISTS(undone.where(CounterDecision.entry == model.entry, CounterDecision.turn == model.turn))


def has(column, *conditions):
    """Condition on Entry: some row names it in this column."""
    return fn.EXISTS(column.model.select(column).where(column == Entry.id, *conditions))


def _named(column, *conditions):
    return Prepared(lambda ids: column.model.select(column).where(column.in_(ids), *conditions))


_FACTS = (
    ("approved", _named(Approval.entry, standing(Approval))),
    ("rejected", _named(Rejection.entry, standing(Rejection))),
    ("aside", _named(Aside.entry, standing(Aside))),
    ("replaced", _named(Replacement.replaced)),
    ("returned", _named(Return.entry, standing(Return))),
)
_accepted = _named(Acceptance.entry, standing(Acceptance))
