"""What a phone that collects may know of payments: of the funds of its assignment alone, what each asks, through when its members have
paid, and which receipt for them was taken already and waits to be checked.

Never what somebody owes: the phone works that out for the day, from the plan.
"""

from datetime import date

from db.models import AssignmentFund, Fund, Membership, Receipt, ReceiptLine, ReceiptStanding
from pwa.domain.custody import states
from pwa.domain.fund import banks, books, branches, rulings


def funds(assignment):
    """The funds for which the assignment collects, by code."""
    query = Fund.select().join(AssignmentFund).where(AssignmentFund.assignment == assignment)
    return list(query.order_by(Fund.code))


def told(serving, *, on):
    """{"collects": [{"fund", "name", "plans", "hands", "banks"}, …]}; nothing where there are none.

    A plan is [first day or "", satang, n, unit, calendar]; a hand is [code, name] of who may have taken the money of a paper page; a bank its name.
    """
    return {"collects": [_described(fund, on) for fund in serving]} if serving else {}


def _described(fund, on):
    hands = [[one.code, one.name] for one in branches.of(fund)]
    hands += [[one.handle, one.name] for one in branches.candidates(fund)]
    about = {"plans": _plans(rulings.of(fund, on).plans), "hands": hands, "banks": banks.names(fund)}
    return {"fund": fund.code, "name": fund.name} | about


def _plans(plans):
    return [
        ["" if start == date.min else start.isoformat(), plan.amount_satang, plan.n, plan.unit, plan.calendar]
        for start, plan in plans
    ]


def of(people, serving, *, on):
    """{person: [[fund, member number, paid through or None], …]} of these people (ids, or a query of them) who are members on a day.

    Who chose a plan has their own as a fourth word, shaped as the fund's, else nothing. A receipt for them that waits to be checked is the
    fifth: [book, no, paid on, last day covered or None], of several the one that reaches furthest.
    """
    mine = Membership.select(Membership.id).where(
        Membership.person.in_(people), Membership.fund.in_([fund.id for fund in serving]), states.standing(Membership)
    )
    asked = {fund.id: rulings.of(fund, on) for fund in serving}
    found, waits = {}, _waiting(people, serving)
    for book in books.of([row for (row,) in mine.tuples()] if serving else ()).values():
        member = book.membership
        if book.terms[-1].left and book.terms[-1].left <= on:
            continue
        held = books.covered(book, asked[member.fund_id], on)
        through = held.paid_through.isoformat() if held else None
        chosen = _plans(asked[member.fund_id].plans_of(book.choices)) if book.choices else None
        taken = waits.get((member.person, member.fund_id))
        row = [member.fund.code, member.number, through, *([chosen, taken] if taken else [chosen] if chosen else [])]
        found.setdefault(member.person, []).append(row)
    return {person: sorted(rows, key=lambda row: row[:2]) for person, rows in found.items()}


def _waiting(people, serving):
    """{(person, fund id): [book, no, paid on, last day covered or None]} of contributions in custody that nobody decided about yet."""
    query = ReceiptLine.select(
        ReceiptLine.person, Receipt.fund, Receipt.book, Receipt.no, Receipt.paid_on, ReceiptLine.covers_to
    )
    query = query.join(Receipt).join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
    query = query.where(
        ReceiptLine.person.in_(people),
        ReceiptLine.kind == "contribution",
        Receipt.fund.in_([fund.id for fund in serving]),
        ReceiptStanding.state == "waiting",
    )
    rows = sorted(query.tuples(), key=lambda row: (row[5] or row[4], row[2], row[3])) if serving else ()
    return {
        (person, fund): [book, no, paid_on.isoformat(), covers_to and covers_to.isoformat()]
        for person, fund, book, no, paid_on, covers_to in rows
    }
