"""Slips: who has just decided takes it back within ten minutes, while nothing rests on it, and may decide again.

Both acts stay to be read (a counter-decision marked `slip`). Later only somebody else undoes it, with a reason
(counter_decisions).
"""

from dataclasses import dataclass
from datetime import timedelta

from db import database
from db.models import Approval, Entry, Lot, Opening, Rejection, Return
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import replacements, states
from pwa.domain.register import households, register, submissions
from pwa.domain.review import counter_decisions, decisions

SOON = timedelta(minutes=10)
LATE = N_("Ten minutes have passed. Somebody else undoes it now, with a reason.")
RESTS = N_("Something rests on this decision already. Somebody else undoes it, with a reason.")


@dataclass(frozen=True)
class Last:
    """The last decision of an account, as it is said afterwards. `house` is its number; `objection` why it stays."""

    entry: Entry
    kind: str
    turn: int
    at: object
    house: str
    objection: str | None

    @property
    def until(self):
        return self.at + SOON


def last(account, *, at):
    """The newest decision of this account that stands and is at most ten minutes old, or None."""
    found = [row for newest in _newest for row in newest.rows(account)]
    made = max(found, key=lambda row: row.at, default=None)
    if made is None or at - made.at > SOON:
        return None
    made = type(made).get_by_id(made.id)
    one = submissions.of(made.entry)
    if one is None:
        return None
    about = dict(entry=one.row, kind=decisions.KINDS[type(made)], turn=made.turn, at=made.at)
    return Last(house=_house(one), objection=objection(one, made, by=account, at=at), **about)


def take_back(entry, *, by, at, turn=None):
    """Undo the own decision of a turn (the present one when none is named). Twice changes nothing."""
    with database.atomic():
        turn = decisions.turn(entry) if turn is None else turn
        undone = decisions.undoing(entry, turn)
        if undone is not None and undone.account_id == by.id:
            return
        one, decision = submissions.of(entry), decisions.decision(entry)
        if one is None or decision is None or decision.turn != turn:
            raise NotFound
        refused = objection(one, decision, by=by, at=at)
        if refused:
            raise Refusal(refused)
        counter_decisions.write(one, decision, by=by, at=at, slip=True)


def objection(one, decision, *, by, at):
    """The sentence why this decision is not the account's to take back now; None when it is."""
    if decision.account_id != by.id:
        return counter_decisions.OWN_DECISION
    if at - decision.at > SOON:
        return LATE
    if one.says.payload is None:
        return counter_decisions.ERASED
    return RESTS if _something_rests_on(one, decision) else None


def _something_rests_on(one, decision):
    """A newer entry names it, or (approved) the house went on from there, or it was drawn for a second look."""
    if states.of(one.row) == "replaced" or replacements.waited_for([one.row.entry_id]):
        return True
    if not isinstance(decision, Approval):
        return False
    if Lot.select().where(Lot.approval == decision).exists():
        return True
    if not one.says.makes_version:
        return False
    subject = one.opening.subject
    later = Opening.select().where(Opening.subject == subject, Opening.base_version >= decision.version)
    return register.version(subject) > decision.version or later.where(Opening.entry != one.row.id).exists()


def _newest_of(model):
    """Only which it is and when it was made: mostly it is too old for more."""
    query = model.select(model.id, model.at).where(states.standing(model)).order_by(model.id.desc()).limit(1)
    return Prepared(lambda account: query.where(model.account == account))


_newest = [_newest_of(model) for model in (Approval, Return, Rejection)]


def _house(one):
    values = one.says.values if one.says.payload is not None else {}
    said = values.get("house.number") or values.get("house.description")
    home = None if said else households.standing(one.opening.subject)
    return said or (home.number if home else "") or ""
