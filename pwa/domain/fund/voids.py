"""Receipts that somebody says do not count. What was given back on the spot stays in the giver's hand until it is decided."""

from db.models import Booking, VoidAsked
from pwa.domain.fund import handed, handovers, holders, settling


def ask(told):
    """Keep that a receipt is to be void; the reason why it cannot be, "" when it is. Nothing is posted before it is decided."""
    fund = holders.fund(told.payload["fund"])
    if fund is None:
        return "unknown_fund"
    receipt = settling.numbered(fund, told.payload["book"], told.payload["no"])
    if receipt is None:
        return "unknown_receipt"
    asked = VoidAsked.create(
        entry=told.entry, receipt=receipt, money=money_of(told.payload), told_at=told.told_at, at=told.at
    )
    Booking.create(entry=told.entry, receipt=None, at=told.at)
    row = handed.last(receipt)
    if row is not None and row.taking is not None and handed.is_before(asked, row.taking.handover):
        handovers.keep_with_collector(receipt, on=told.on, at=told.at)
    return ""


def money_of(payload):
    """Where the money of a void receipt is: given_back, never_paid or to_give_back."""
    if payload.get("given_back"):
        return "given_back"
    return "never_paid" if payload.get("never_paid") else "to_give_back"
