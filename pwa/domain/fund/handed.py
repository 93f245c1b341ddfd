"""Where the cash of a receipt went from its collector: with a taking, or not (any longer). Rows are added, the last one counts."""

from peewee import JOIN, fn

from db.models import (
    Entry,
    HandedOn,
    Handover,
    HandoverRange,
    LedgerAccount,
    Receipt,
    ReceiptStanding,
    Taking,
    VoidAsked,
)
from db.statements import Prepared, insert
from pwa.domain.custody import states

_last = Prepared(
    lambda receipt: HandedOn.select().where(HandedOn.receipt == receipt).order_by(HandedOn.n.desc()).limit(1)
)
_claimed = Prepared(
    lambda fund, book, no: (
        Taking.select(Taking, Handover)
        .join(Handover)
        .join(HandoverRange)
        .where(
            HandoverRange.fund == fund, HandoverRange.book == book, HandoverRange.first <= no, HandoverRange.last >= no
        )
        .order_by(Taking.id)
    )
)


def last(receipt):
    """The row that counts, or None."""
    return next(iter(_last.rows(receipt.id)), None)


def taking_of(receipt):
    """The id of the taking with which its cash went on, or None."""
    row = last(receipt)
    return row.taking_id if row else None


def claims(receipt):
    """The takings that name it, whoever gave, the first first."""
    return _claimed.rows(receipt.fund_id, receipt.book, receipt.no)


def claimed_by(receipt):
    """The first taking out of its collector's own hand that names it, or None; asked of a receipt that is being booked."""
    return next((taking for taking in claims(receipt) if taking.handover.giver_id == receipt.hand_id), None)


def with_taking(taking):
    """[HandedOn] of what went on with a taking and did not come back."""
    query = HandedOn.select().where(_counts(), HandedOn.taking == taking)
    return list(query.order_by(HandedOn.id))


def keep(taking, sums, *, at, is_late=False):
    """Note that these receipts, {receipt: satang}, went on with a taking."""
    numbers = _numbers([receipt.id for receipt in sums])
    insert(
        HandedOn,
        [
            {
                "receipt": receipt.id,
                "n": numbers.get(receipt.id, -1) + 1,
                "taking": taking.id,
                "amount_satang": satang,
                "is_late": is_late,
                "at": at,
            }
            for receipt, satang in sums.items()
        ],
    )


def give_back(row, *, at):
    """Note that this receipt's cash never left its collector."""
    about = dict(receipt=row.receipt_id, n=row.n + 1, amount_satang=row.amount_satang, is_late=row.is_late)
    HandedOn.create(taking=None, at=at, **about)


def gone(receipts):
    """The ids of those of these receipts that went on."""
    query = HandedOn.select(HandedOn.receipt).where(_counts(), HandedOn.receipt.in_(receipts))
    return {receipt for (receipt,) in query.where(HandedOn.taking.is_null(False)).tuples()}


def has_gone():
    """Expression on Receipt: its cash went on."""
    away = HandedOn.select(HandedOn.id).where(_counts(), HandedOn.receipt == Receipt.id, HandedOn.taking.is_null(False))
    return fn.EXISTS(away)


def days(receipts):
    """{receipt id: the day on which its cash was taken} of those of these receipts that went on."""
    if not receipts:
        return {}
    query = HandedOn.select(HandedOn.receipt, Taking.on).join(Taking)
    return dict(query.where(_counts(), HandedOn.receipt.in_(receipts)).tuples())


def named_in(handover):
    """[Receipt with its hand] that are booked of those that a hand-over names, in the order of their numbers."""
    query = Receipt.select(Receipt, LedgerAccount).join(LedgerAccount).switch(Receipt)
    query = query.join(HandoverRange, on=names()).where(HandoverRange.handover == handover)
    return list(query.order_by(Receipt.book, Receipt.no))


def sheet():
    """Expression on Receipt: the row id of the hand-over on whose sheet it stands, null for one that none names.

    Only hand-overs out of its collector's own hand count; of several the first that was taken, else the last offer.
    """
    named = HandoverRange.alias()
    query = Handover.select(Handover.id).join(named).switch(Handover).join(Taking, JOIN.LEFT_OUTER)
    query = query.where(names(named), Handover.giver == Receipt.hand)
    return query.order_by(Taking.id.asc(nulls="LAST"), Handover.id.desc()).limit(1)


def names(row=HandoverRange):
    """Condition: this range of a hand-over names the receipt."""
    return (
        (row.fund == Receipt.fund) & (row.book == Receipt.book) & (row.first <= Receipt.no) & (row.last >= Receipt.no)
    )


def missing(handover):
    """How many of the receipts that a hand-over names are not booked."""
    named = sum(one.last - one.first + 1 for one in HandoverRange.select().where(HandoverRange.handover == handover))
    there = Receipt.select(fn.COUNT(Receipt.id)).join(HandoverRange, on=names())
    return named - there.where(HandoverRange.handover == handover).scalar()


def given_back_before(receipts, handover):
    """The ids of those of these receipts whose money was given back, as is said and not refused, before this was offered (None: until now)."""
    query = VoidAsked.select(VoidAsked, Entry).join(Entry).where(VoidAsked.receipt.in_([one.id for one in receipts]))
    asked = [one for one in query if is_before(one, handover)]
    refused = {
        row for row, state in states.many([one.entry for one in asked]).items() if state in ("rejected", "aside")
    }
    return {one.receipt_id for one in asked if one.entry_id not in refused}


def is_before(asked, handover):
    """Whether money was given back before it was offered: by the order of one phone's lines, else by the corrected clocks."""
    if asked.money != "given_back" or handover is None:
        return asked.money == "given_back"
    mine, theirs = asked.entry, handover.entry
    if mine.device == theirs.device:
        return mine.seq < theirs.seq
    return asked.told_at < handover.told_at


def out_of_hand(receipts):
    """The ids of those of these receipts whose money is decided to have been given back, or never to have come."""
    gone = ReceiptStanding.money.in_(("given_back", "never_paid"))
    query = ReceiptStanding.select(ReceiptStanding.receipt).where(gone)
    return {one for (one,) in query.where(ReceiptStanding.receipt.in_([one.id for one in receipts])).tuples()}


def _counts():
    """Condition: no later row says otherwise."""
    later = HandedOn.alias()
    return ~fn.EXISTS(later.select(later.id).where(later.receipt == HandedOn.receipt, later.n > HandedOn.n))


def _numbers(receipts):
    query = HandedOn.select(HandedOn.receipt, fn.MAX(HandedOn.n)).where(HandedOn.receipt.in_(receipts))
    return dict(query.group_by(HandedOn.receipt).tuples())
