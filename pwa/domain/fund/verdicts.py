"""Where a receipt stands by all that was decided about it, in whatever order it was decided, told and booked."""

from db.models import Booking, Entry, NeverReceived, Rejection, VoidAsked
from pwa.domain.custody import states
from pwa.domain.fund import chart, settling


def settle(receipt, *, entry, at, on, by=None):
    """Bring a receipt (or None) to where the decisions say that it is, and with it those whose money it took over, one from the other."""
    while receipt is not None:
        to, money = _come_to(receipt)
        settling.move(receipt, to, money=money, on=on, at=at, by=by, entry=entry)
        receipt = settling.before(receipt)


def _come_to(receipt):
    """(state, where the money is): void by an approved void, replaced where its money is in one that counts, else as its own entries were decided."""
    asked = list(
        VoidAsked.select(VoidAsked, Entry).join(Entry).where(VoidAsked.receipt == receipt).order_by(VoidAsked.id)
    )
    found = states.many([one.entry for one in asked])
    gone = next((one for one in asked if found[one.entry_id] == "approved"), None)
    if gone is not None:
        return "void", gone.money
    successor = settling.successor(receipt)
    if successor is not None and _come_to(successor)[0] in ("approved", "replaced"):
        return "replaced", ""
    return _decided(receipt)


def _decided(receipt):
    told = list(Entry.select().join(Booking).where(Booking.receipt == receipt).order_by(Entry.id))
    found = states.many(told)
    if "approved" in found.values():
        return "approved", ""
    rejected = next((one for one in told if found[one.id] == "rejected"), None)
    return ("rejected", _money_of_rejected(rejected, receipt)) if rejected is not None else ("waiting", "")


def _money_of_rejected(entry, receipt):
    """A transfer that is rejected never came; of cash the decider says so, having heard the payer."""
    if not receipt.hand.code.startswith(f"{chart.HAND}-"):
        return "never_paid"
    rejection = Rejection.select(Rejection.turn).where(Rejection.entry == entry, states.standing(Rejection))
    heard = NeverReceived.select().where(NeverReceived.entry == entry, NeverReceived.turn.in_(rejection))
    return "never_paid" if heard.exists() else "to_give_back"
