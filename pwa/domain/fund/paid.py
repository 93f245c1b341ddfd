"""What approved receipts say that was paid for members, as coverage asks it: one line a receipt and person, with the day that counts.

A receipt proves its day when it was recorded that day; what was typed in later counts from the day of recording, and as of a day
after its cash was handed on from the day it was paid (fund.md §3, "As of D").
"""

from db.models import Receipt, ReceiptLine, ReceiptStanding
from db.statements import Prepared
from pwa.domain.fund import handed
from pwa.domain.fund.coverage import Line

_paid = Prepared(
    lambda people: (
        ReceiptLine.select(
            Receipt.id,
            ReceiptLine.person,
            Receipt.fund,
            Receipt.paid_on,
            Receipt.told_on,
            ReceiptLine.amount_satang,
            Receipt.book,
            Receipt.no,
            ReceiptLine.covers_from,
        )
        .join(Receipt)
        .join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
        .where(ReceiptLine.person.in_(people), ReceiptLine.kind == "contribution", ReceiptStanding.state == "approved")
        .order_by(Receipt.paid_on, Receipt.id, ReceiptLine.place)
        .namedtuples()
    )
)


def lines(people):
    """{(person id, fund's row id): [coverage.Line]} of these people, with one query, or two where some was typed in later."""
    rows, found = _paid.rows(list(people)), {}
    days = handed.days([row.id for row in rows if row.told_on != row.paid_on])
    for row in rows:
        late = {} if row.told_on == row.paid_on else {"paid_on": row.paid_on, "handed_on": days.get(row.id)}
        line = Line(row.told_on, row.amount_satang, f"{row.book}/{row.no}", row.covers_from, **late)
        found.setdefault((row.person, row.fund), []).append(line)
    return found


def came_late(person, fund, event_on):
    """[Receipt] for a person (an id) that say a day up to an event's and were recorded only after it, in the order of their recording."""
    query = Receipt.select().join(ReceiptLine).where(ReceiptLine.person == person, ReceiptLine.kind == "contribution")
    late = query.where(Receipt.fund == fund, Receipt.paid_on <= event_on, Receipt.told_on > event_on)
    return list(late.order_by(Receipt.told_on, Receipt.id).distinct())
