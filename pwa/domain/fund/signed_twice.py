"""What treasurer and auditor sign one after the other, a month or a year of the books: who may be the second, and until when.

The auditor signs what the treasurer signed, on a device of their own, within 72 hours; else it falls with a row and is begun anew.
"""

from typing import Any, NamedTuple

from peewee import JOIN

from db import database
from db.models import Account
from pwa.domain import N_, Refusal
from pwa.domain.fund import closed_days
from pwa.domain.fund.versions import are_one
from pwa.domain.people import devices, hands, roles
from pwa.domain.places import funds

NOT_YOURS = N_("An auditor of the fund signs this, who has not signed it as treasurer.")
OWN_PHONE = N_("The treasurer was signed in on this device. Sign on a device of your own.")
TIED = N_("One of you two opened the other's access, and no second officer has confirmed it.")
WHY = N_("Write what has to be put right first.")
LONGEST = 300


class State(NamedTuple):
    """A close of a month or a year, its signatures by turn ({treasurer, auditor: row}), and its fall or None."""

    close: Any
    signed: dict
    fall: Any

    @property
    def is_done(self):
        return "auditor" in self.signed

    def waits(self, at):
        """Whether it is still to be signed."""
        return not self.is_done and self.fall is None and at - self.close.at < closed_days.WAITS


def states(closes, signature, fall):
    """[State] of these closes, whose rows lie in the models `signature` and `fall`."""
    found = list(closes)
    if not found:
        return []
    numbers, signed = [one.id for one in found], {one.id: {} for one in found}
    query = signature.select(signature, Account).join(Account).where(signature.close.in_(numbers))
    for one in query:
        signed[one.close_id][one.turn] = one
    falls = {one.close_id: one for one in fall.select().where(fall.close.in_(numbers))}
    return [State(one, signed[one.id], falls.get(one.id)) for one in found]


def let_fall(model, signature, fall, *, at):
    """Write down which of the closes have waited for their second signature in vain."""
    with database.atomic():
        second = (signature.close == model.id) & (signature.turn == "auditor")
        open_still = (
            model.select().join(fall, JOIN.LEFT_OUTER).switch(model).join(signature, JOIN.LEFT_OUTER, on=second)
        )
        late = open_still.where(fall.id.is_null(), signature.id.is_null(), model.at <= at - closed_days.WAITS)
        for one in late:
            fall.create(close=one, at=at)


def objection(one, by, *, device=None):
    """Why this account does not sign as auditor on this device, or None."""
    first = one.signed["treasurer"].account
    if not is_auditor(one, by):
        return NOT_YOURS
    if hands.are_tied(by.id, [first.id]):
        return TIED
    used = devices.known_on([device]).get(device, set()) if device else set()
    return OWN_PHONE if first.id in used else None


def is_auditor(one, account):
    """Whether somebody signs as auditor today what another one signed as treasurer."""
    first = one.signed["treasurer"].account
    return not are_one(account, first) and one.close.fund.unit_id in funds.kept_on(account, *roles.may("sign-books"))


def must_wait(one, at, fell):
    """Refuses to sign what is signed, or what fell (with the sentence `fell`)."""
    if one.fall is not None or not (one.is_done or one.waits(at)):
        raise Refusal(fell)
    if one.is_done:
        raise Refusal(NOT_YOURS)
