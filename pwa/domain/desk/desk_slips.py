"""Slips at the quarantine desk: who has just let a line in, returned it or put it aside takes that back within ten minutes.

Only their own, and while nothing rests on it; then the line waits as before and they may decide again. Both acts stay to be read.
"""

from dataclasses import dataclass

from db import database
from db.models import Acceptance, Approval, Aside, CounterDecision, Entry, EntryKey, Rejection, Replacement, Return
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import replacements, states
from pwa.domain.desk import quarantine
from pwa.domain.people import takings_back
from pwa.domain.review import decisions, slips

OTHERS = N_("Somebody else decided this. Only they take it back, within ten minutes.")
LATE = N_("Ten minutes have passed. It stays as it was decided.")
RESTS = N_("Something rests on this decision already. It stays as it was decided.")
KINDS = {model._meta.table_name: model for model in quarantine.WORDS}


@dataclass(frozen=True)
class Last:
    """What an account decided: its row, the receipt `number`, `count` lines decided in one go; `objection` why it stays."""

    made: object
    number: int
    count: int
    objection: str | None

    @property
    def word(self):
        return quarantine.WORDS[type(self.made)]

    @property
    def until(self):
        return self.made.at + slips.SOON

    @property
    def key(self):
        return key(self.made)


def key(made):
    """How a page names the decision that it speaks of."""
    return f"{made._meta.table_name}-{made.id}"


def last(account, *, at):
    """The newest decision of this account at the desk that stands and is at most ten minutes old, or None."""
    found = []
    for model in quarantine.WORDS:
        query = model.select(model, Entry).join(Entry).where(model.account == account.id, states.standing(model))
        query = query.where(~states.has(Acceptance.entry, states.standing(Acceptance))) if model is Return else query
        found.extend(query.where(Entry.outcome == "quarantined").order_by(model.id.desc()).limit(1))
    made = max(found, key=lambda row: row.at, default=None)
    if made is None or at - made.at > slips.SOON:
        return None
    together = _together(made)
    objections = (objection(row, by=account, at=at) for row in together)
    return Last(made, made.entry.number, len(together), next(filter(None, objections), None))


def of(made, *, by, at):
    """The same of one line, where it is the account's own and not ten minutes old; else None."""
    if quarantine.decider(made) != by.id or at - made.at > slips.SOON:
        return None
    return Last(made, made.entry.number, 1, objection(made, by=by, at=at))


def take_back(made_key, *, by, at, entry=None):
    """Undo what this account decided: about one line (`entry`), or all that was put aside in one go. Twice changes nothing."""
    with database.atomic():
        made = _named(made_key)
        if entry is not None and made.entry_id != entry.id:
            raise NotFound
        if quarantine.decider(made) == by.id and not _stands(made):
            return
        if quarantine.decision(made.entry) != made:
            raise NotFound
        for row in [made] if entry is not None else _together(made):
            refused = objection(row, by=by, at=at)
            if refused:
                raise Refusal(refused)
            _write(row, by=by, at=at)


def objection(made, *, by, at):
    """The sentence why this decision is not the account's to take back now; None when it is."""
    if quarantine.decider(made) != by.id:
        return OTHERS
    if at - made.at > slips.SOON:
        return LATE
    return RESTS if _something_rests_on(made) else None


def _something_rests_on(made):
    """It was decided about, erased, told anew or replaced, replaces another, or a newer line names it."""
    entry = made.entry
    if states.of(entry) == "replaced" or replacements.waited_for([entry.entry_id]):
        return True
    if not EntryKey.select().where(EntryKey.entry == entry).exists():
        return True
    if not isinstance(made, Acceptance):
        return not _stands(made)
    later = (Approval, Return, Rejection)
    if any(model.select().where(model.entry == entry, model.at >= made.at).exists() for model in later):
        return True
    return not _stands(made) or Replacement.select().where(Replacement.entry == entry).exists()


def _write(made, *, by, at):
    if isinstance(made, Return):
        about = dict(entry=made.entry, turn=made.turn, account=by, at=at)
        CounterDecision.create(reason="", slip=True, **about)
    else:
        takings_back.take(made, by=by, at=at)


def _stands(made):
    if isinstance(made, Return):
        return decisions.undoing(made.entry, made.turn) is None
    return takings_back.of(type(made), made.id) is None


def _together(made):
    """The rows that were written in the same go: many lines are put aside at once."""
    if not isinstance(made, Aside):
        return [made]
    same = (Aside.account == made.account, Aside.at == made.at, Aside.reason == made.reason)
    return list(Aside.select(Aside, Entry).join(Entry).where(*same, states.standing(Aside)).order_by(Aside.id))


def _named(made_key):
    kind, _, row = made_key.partition("-")
    model = KINDS.get(kind)
    found = (
        model.get_or_none(model.id == int(row)) if model and row.isascii() and row.isdigit() and len(row) < 16 else None
    )
    if found is None:
        raise NotFound
    return found
