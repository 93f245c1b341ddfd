"""Which sheet a receipt stands on: that of the hand-over which names it, else that of its hand and day; on one only."""

import uuid
from datetime import date
from typing import NamedTuple

from db.models import Booking, Handover, HandoverRange, LedgerAccount, Receipt, ReceiptStanding
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.fund import handed, handovers, holders


class Key(NamedTuple):
    """Which sheet: fund code, code of the hand (or bank on the way), the day of the receipts; of a hand-over its day and its entry's id."""

    fund: str
    hand: str
    day: date
    handover: uuid.UUID | None = None


def _receipts(*conditions):
    query = Receipt.select(Receipt, ReceiptStanding, handed.sheet().alias("sheet"))
    query = query.join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id), attr="stands")
    return query.where(*conditions).order_by(Receipt.book, Receipt.no)


_of_day = Prepared(lambda hand, day: _receipts(Receipt.hand == hand, Receipt.paid_on == day))
_of_entry = Prepared(
    lambda entry: _receipts(Receipt.id.in_(Booking.select(Booking.receipt).where(Booking.entry == entry)))
)
_of_handover = Prepared(
    lambda hand, handover: _receipts(Receipt.hand == hand, HandoverRange.handover == handover).join(
        HandoverRange, on=handed.names()
    )
)


def of_entry(entry):
    """The Key of the sheet on which a receipt stands that this entry tells; None where it is on none."""
    return next((_key(receipt) for receipt in _of_entry.rows(entry.id)), None)


def of_handover(handover):
    """The Key of a hand-over's sheet."""
    return Key(handover.fund.code, handover.giver.code, handover.on, handover.entry.entry_id)


def whose(key):
    """The fund and the hand (or bank on the way) of a sheet. Raises NotFound."""
    fund = holders.fund(key.fund)
    hand = fund and LedgerAccount.get_or_none(LedgerAccount.fund == fund, LedgerAccount.code == key.hand)
    if hand is None:
        raise NotFound
    return fund, hand


def receipts(key, hand):
    """(named, here): the receipts that a sheet is asked for by name, each with how it `stands`, and those of them that stand on it."""
    handover = handovers.named(key.handover) if key.handover else None
    named = _of_handover.rows(hand.id, handover.id) if handover else _of_day.rows(hand.id, key.day)
    return named, [receipt for receipt in named if receipt.sheet == (handover and handover.id)]


def _key(receipt):
    if receipt.sheet is None:
        return Key(receipt.fund.code, receipt.hand.code, receipt.paid_on)
    return of_handover(Handover.get_by_id(receipt.sheet))
