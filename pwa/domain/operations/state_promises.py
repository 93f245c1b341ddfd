"""The promises about decisions: each entry stands in exactly one state, and nobody decided about their own."""

from datetime import timedelta

from db.models import (
    Acceptance,
    Account,
    Admission,
    Approval,
    Aside,
    CounterDecision,
    Draw,
    Entry,
    Finding,
    Rejection,
    Replacement,
    Return,
    TakingBack,
)
from pwa.domain.custody import entries, states
from pwa.domain.review import samples, slips

DECISIONS = (Approval, Return, Rejection)
TURNED = {"acceptance": Acceptance.entry, "aside": Aside.entry, "finding": Finding.lot}


def entries_have_one_state():
    """One standing decision at most, none before custody was settled, and the state that is shown is a known one."""
    for rows in entries.pages(Entry.select(Entry.id, Entry.entry_id, Entry.outcome)):
        yield from _in_more_than_one([*rows])


def _in_more_than_one(rows):
    within = (rows[0].id, rows[-1].id)
    named = {model: _entries(model.entry, within, states.standing(model)) for model in (*DECISIONS, Acceptance, Aside)}
    named[Replacement] = _entries(Replacement.replaced, within)
    shown = states.many(rows)
    for row in rows:
        facts = {model.__name__ for model, found in named.items() if row.id in found}
        if shown[row.id] not in states.ALL or not _fit(facts, row.outcome):
            yield f"{row.entry_id} is in more than one state: {row.outcome}, {', '.join(sorted(facts)) or 'nothing else'}."


def decisions_are_of_others():
    """Nobody decided on an entry that they recorded or imported themselves."""
    for model in (*DECISIONS, CounterDecision):
        query = model.select(Entry.entry_id, Account.handle).join(Entry).switch(model).join(Account)
        own = (model.account == Entry.author) | (model.account == Entry.imported_by)
        for entry, handle in query.where(own).order_by(model.id).tuples().iterator():
            yield f"{entry} was decided by who brought it ({handle})."


def decisions_are_undone_by_others():
    """A counter-decision undoes the one decision of its turn, which somebody else made, or the same person in a slip;
    turns follow each other."""
    made, undone = {}, set()
    for model in DECISIONS:
        for entry, turn, account, at in model.select(model.entry, model.turn, model.account, model.at).tuples():
            made.setdefault((entry, turn), []).append((account, at))
    for row in CounterDecision.select():
        entry, turn = row.entry_id, row.turn
        undone.add((entry, turn))
        if len(made.get((entry, turn), ())) != 1:
            yield f"The counter-decision {turn} about entry {entry} does not undo one decision."
            continue
        [(account, at)] = made[entry, turn]
        if row.slip and (account != row.account_id or row.at - at > slips.SOON):
            yield f"The decision {turn} about entry {entry} was taken back too late, or not by who made it."
        elif not row.slip and account == row.account_id:
            yield f"The decision {turn} about entry {entry} was undone by who made it."
    for entry, turn in made:
        if turn and (entry, turn - 1) not in undone:
            yield f"The decision {turn} about entry {entry} was made while the one before stood."


def what_was_taken_back_was_a_slip():
    """A taking back names a row, is by who made it and within minutes; a next turn begins only when the one before was taken back."""
    taken = {(row.kind, row.row): row for row in TakingBack.select()}
    for kind, column in TURNED.items():
        made = column.model.select(column, column.model.turn, column.model.id, column.model.account, column.model.at)
        rows = {(about, turn): facts for about, turn, *facts in made.tuples()}
        for (about, turn), (row, account, at) in rows.items():
            back = taken.pop((kind, row), None)
            if back and not _is_slip(back, account, at):
                yield f"The {kind} {row} was taken back too late, or not by who made it."
            elif (back is None and (about, turn + 1) in rows) or (turn and (about, turn - 1) not in rows):
                yield f"The {kind} {row} stands beside another one, or its turn does not follow."
    for made in Admission.select().where(Admission.id.in_([row for kind, row in taken if kind == "admission"])):
        if not _is_slip(taken.pop(("admission", made.id)), made.account_id, made.at):
            yield f"The admission {made.id} was taken back too late, or not by who made it."
    for kind, row in taken:
        yield f"The {kind} {row} was taken back, and there is none."


def draws_repeat():
    """Every draw for second looks gives the same again from its seed and its list, which has no gap."""
    for draw in Draw.select():
        lots = samples.lots(draw)
        kept = [lot.approval.entry.entry_id for lot in samples.in_order(lots)]
        if kept != samples.repeat(draw) or [lot.position for lot in lots] != list(range(1, len(lots) + 1)):
            yield f"The draw {draw.id} does not repeat."


def _is_slip(back, account, at):
    return back.account == account and timedelta() <= back.at - at <= slips.SOON


def _fit(facts, outcome):
    """Whether what people left about an entry can stand together."""
    decided = facts & {"Approval", "Rejection", "Aside"}
    ended = decided or facts & {"Replacement"}
    if len(decided) > 1 or ("Return" in facts and decided) or ("Replacement" in facts and decided):
        return False
    if outcome == "received":
        return not facts & {"Acceptance", "Aside"}
    return "Acceptance" in facts or not (ended - {"Aside", "Replacement"})


def _entries(column, within, *conditions):
    query = column.model.select(column).where(column.between(*within), *conditions)
    return {entry for (entry,) in query.tuples()}
