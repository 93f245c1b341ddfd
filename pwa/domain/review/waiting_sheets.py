"""Which sheets of receipts wait for somebody who checks them, with how much lies on each."""

from dataclasses import dataclass

from peewee import JOIN, fn

from db.models import (
    Account,
    Booking,
    Branch,
    Entry,
    Fund,
    Handover,
    LedgerAccount,
    Opening,
    Receipt,
    ReceiptStanding,
    Whereabouts,
)
from db.statements import Prepared
from pwa.domain.fund import handed
from pwa.domain.register import submissions
from pwa.domain.register.submissions import DECIDES
from pwa.domain.review.deciders import Deciders
from pwa.domain.review.sheet_keys import Key

Offer = Entry.alias()
"""The entry of a hand-over, beside that of a receipt."""


@dataclass
class Waiting:
    """A sheet in the list. `whose` is the name of who holds its money; `own` says that nobody but others may decide on any of it."""

    key: Key
    fund_name: str
    whose: str
    receipts: int = 0
    satang: int = 0
    own: bool = True


_waiting = Prepared(
    lambda: (
        Receipt.select(
            *DECIDES,
            Receipt.id.alias("receipt"),
            Receipt.paid_on,
            Receipt.total_satang,
            ReceiptStanding.state,
            Handover.on.alias("handed_on"),
            Offer.entry_id.alias("handover"),
            Fund.code.alias("fund"),
            Fund.name.alias("fund_name"),
            LedgerAccount.code.alias("hand"),
            fn.COALESCE(Account.name, Branch.name, LedgerAccount.name).alias("whose"),
        )
        .join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
        .switch(Receipt)
        .join(Fund)
        .switch(Receipt)
        .join(Booking, on=(Booking.receipt == Receipt.id))
        .join(Entry, on=(Booking.entry == Entry.id))
        .join(Opening, on=(Opening.entry == Entry.id))
        .switch(Entry)
        .join(Whereabouts, on=(Whereabouts.entry == Entry.id))
        .switch(Receipt)
        .join(Handover, JOIN.LEFT_OUTER, on=(Handover.id == handed.sheet()))
        .join(Offer, JOIN.LEFT_OUTER, on=(Handover.entry == Offer.id))
        .switch(Receipt)
        .join(LedgerAccount, on=(Receipt.hand == LedgerAccount.id))
        .join(Account, JOIN.LEFT_OUTER, on=(LedgerAccount.holder == Account.id))
        .join(Branch, JOIN.LEFT_OUTER, on=(LedgerAccount.branch == Branch.id))
        .where(Whereabouts.kind == "contribution", Whereabouts.waits_for.in_(("checker", "author")))
        .order_by(fn.COALESCE(Handover.on, Receipt.paid_on), LedgerAccount.code, Receipt.id)
        .namedtuples()
    )
)


def of(account, *, at):
    """[Waiting] of the sheets on which something waits that the account checks, the oldest day first."""
    opened = submissions.bare(_waiting.rows())
    deciders, found, counted = Deciders(opened, at=at), {}, set()
    for one in opened:
        if not deciders.sees(one, account):
            continue
        row = one.row
        key = Key(row.fund, row.hand, row.handed_on or row.paid_on, row.handover)
        sheet = found.setdefault(key, Waiting(key, row.fund_name, row.whose))
        sheet.own = sheet.own and deciders.interest(one, account) is not None
        if row.receipt not in counted:
            counted.add(row.receipt)
            sheet.receipts += 1
            sheet.satang += row.total_satang if row.state != "approved" else 0
    return list(found.values())
