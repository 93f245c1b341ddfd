"""The promises about decisions: each entry stands in exactly one state, and nobody decided about their own."""

from peewee import JOIN

from db.models import Acceptance, Account, Approval, Aside, Entry, Rejection, Replacement, Return
from pwa.domain.field import states

DECISIONS = (Approval, Return, Rejection)


def entries_have_one_state():
    """One decision at most, none before custody was settled, and the state that is shown is a known one."""
    named = {model: _entries(model.entry) for model in (*DECISIONS, Acceptance, Aside)}
    named[Replacement] = _entries(Replacement.replaced)
    rows = list(Entry.select(Entry.id, Entry.entry_id, Entry.outcome))
    shown = states.many(rows)
    for row in rows:
        facts = {model.__name__ for model, found in named.items() if row.id in found}
        if shown[row.id] not in states.ALL or not _fit(facts, row.outcome):
            yield f"{row.entry_id} is in more than one state: {row.outcome}, {', '.join(sorted(facts)) or 'nothing else'}."


def decisions_are_of_others():
    """Nobody decided on an entry that they recorded or imported themselves."""
    for model in (Approval, Rejection, Return):
        query = model.select(model, Entry, Account).join(Entry).switch(model).join(Account, JOIN.LEFT_OUTER)
        for decision in query:
            if decision.account_id in (decision.entry.author, decision.entry.imported_by):
                yield f"{decision.entry.entry_id} was decided by who brought it ({decision.account.handle})."


def _fit(facts, outcome):
    """Whether what people left about an entry can stand together."""
    decided = facts & {"Approval", "Rejection", "Aside"}
    ended = decided or facts & {"Replacement"}
    if len(decided) > 1 or ("Return" in facts and decided) or ("Replacement" in facts and decided):
        return False
    if outcome == "received":
        return not facts & {"Acceptance", "Aside"}
    return "Acceptance" in facts or not (ended - {"Aside", "Replacement"})


def _entries(column):
    return {entry for (entry,) in column.model.select(column).tuples()}
