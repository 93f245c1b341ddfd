"""What a phone is told of its person's own hands, so that it can count without a signal: what is in them, and what is not any more."""

from db.models import Entry, Handover, PassedOn, Receipt, Taking
from pwa.domain.fund import counting, settling

MOST = 200
"""How many hand-overs are named, the latest."""


def of(account):
    """[{fund, name, receipts: [[book, no, satang]], gone, parts, passed, taken}] of each fund in which this account has a hand of its own.

    `gone` are the receipts that are in it no more, as [{book, ranges}]; `parts` hand-overs that were taken and not passed on
    ([{handover, satang}]), `passed` the ids of those that were; `paid`
    what else went out of it, in satang; `taken` the ids of its own offers that somebody took.
    """
    return [_told(hand) for hand in counting.hands_of(account) if hand.branch_id is None]


def _told(hand):
    there = counting.inside(hand)
    here = {one.id for one in there.receipts}
    cash = settling.cash_of(hand, there.receipts)
    written = Receipt.select(Receipt.id, Receipt.book, Receipt.no).where(Receipt.hand == hand).namedtuples()
    return {
        "fund": hand.fund.code,
        "name": hand.fund.name,
        "receipts": [[one.book, one.no, cash[one.id]] for one in there.receipts],
        "gone": counting.named(one for one in written if one.id not in here),
        "parts": [{"handover": str(one.handover.entry.entry_id), "satang": one.counted_satang} for one in there.parts],
        "paid": there.paid_satang,
        "passed": _ids(Taking.taker == hand, Taking.id.in_(PassedOn.select(PassedOn.part))),
        "taken": _ids(Handover.giver == hand),
    }


def _ids(*conditions):
    """The entries' ids of hand-overs that were taken, the latest."""
    query = Taking.select(Entry.entry_id).join(Handover).join(Entry).where(*conditions)
    return [str(one) for (one,) in query.order_by(Taking.id.desc()).limit(MOST).tuples()]
