"""What was decided about an entry, turn by turn: an approval, return or rejection, and what undid it. Nothing is ever erased."""

from dataclasses import dataclass

from db.models import Account, Approval, CounterDecision, Rejection, Return
from pwa.domain.custody import states

KINDS = {Approval: "approved", Return: "returned", Rejection: "rejected", CounterDecision: "undone"}


@dataclass(frozen=True)
class Step:
    """One act of a checker. `kind` is approved, returned, rejected, undone or slip (undone at once by who decided)."""

    kind: str
    turn: int
    account: Account
    at: object
    reason: str

    @property
    def undoes(self):
        return self.kind in ("undone", "slip")


def decision(entry):
    """The Approval, Return or Rejection that stands, with its account, or None."""
    for model in (Approval, Return, Rejection):
        query = model.select(model, Account).join(Account).where(model.entry == entry, states.standing(model))
        row = query.get_or_none()
        if row is not None:
            return row
    return None


def turn(entry):
    """How many decisions about an entry were undone: the turn that it is in."""
    return CounterDecision.select().where(CounterDecision.entry == entry).count()


def undoing(entry, turn):
    """The counter-decision of a turn, with its account, or None."""
    query = CounterDecision.select(CounterDecision, Account).join(Account)
    return query.where(CounterDecision.entry == entry, CounterDecision.turn == turn).get_or_none()


def history(entry):
    """[Step] of everything that was decided about an entry, in the order in which it happened."""
    steps = []
    for model, kind in KINDS.items():
        rows = model.select(model, Account).join(Account).where(model.entry == entry)
        steps += [Step(_kind(row, kind), row.turn, row.account, row.at, row.reason) for row in rows]
    return sorted(steps, key=lambda step: (step.turn, step.undoes))


def _kind(row, kind):
    return "slip" if getattr(row, "slip", None) else kind
