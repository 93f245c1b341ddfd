"""A member's passbook as a page: every payment with its receipt and how far that is, and which months are covered."""

from dataclasses import dataclass
from datetime import date, timedelta

from peewee import Select, fn

from db.models import Fund, Membership, Receipt, ReceiptLine, ReceiptStanding
from db.statements import Prepared
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.fund import account_books, books, rulings
from pwa.domain.fund.runs import Runs

LATEST = 12
"""So many payments of a fund are shown until all are asked for."""
BEFORE, AFTER = 11, 12
"""So many months before this one are shown, and at most so many after it that are paid already."""


STATES = {
    "waiting": N_("received, waits to be checked"),
    "approved": N_("in the books"),
    "rejected": N_("does not count"),
    "void": N_("void"),
    "replaced": N_("replaced"),
}
"""{state of a receipt: how it is told}."""


@dataclass(frozen=True)
class Month:
    """`state` is paid, part or open."""

    first: date
    state: str


@dataclass(frozen=True)
class Page:
    """One fund of a person. `stands` is None before the membership begins; `lines` are [(Receipt, ReceiptLine, state)], the latest first.

    `is_cut`: there are older ones, which were not asked for.
    """

    fund: Fund
    membership: Membership | None
    stands: object
    lines: list
    months: list
    is_cut: bool = False
    words = STATES


def of(person, held, *, on, most=None):
    """[Page] of every fund that the person is a member of, or has paid to; with one query. `held`: [(Membership, Standing or None)].

    `most` are so many payments of each fund, the latest; else all.
    """
    lines, found = _lines(person, most and most + 1), []
    for row, stands in held:
        months = list(_months(stands, on)) if stands else []
        found.append(_page(row.fund, row, stands, lines.pop(row.fund_id, []), months, most))
    return found + [_page(rest[0][0].fund, None, None, rest, [], most) for rest in lines.values()]


def shown(asked):
    """How many payments of a fund a page shows; None for all, where it `asked` for them."""
    return None if asked.get("payments") == "all" else LATEST


def _page(fund, membership, stands, lines, months, most):
    return Page(fund, membership, stands, lines[:most], months, bool(most) and len(lines) > most)


def held(person, *, on):
    """[(Membership, Standing or None)] of a person, as `of` asks for them."""
    mine = Membership.select(Membership.id).where(Membership.person == person.id, states.standing(Membership))
    pages = books.of([row for (row,) in mine.tuples()])
    return [(page.membership, _stands(page, page.membership.fund, on)) for page in pages.values()]


def _lines(person, most):
    """{fund: lines} of what was received for somebody, of each fund so many at most."""
    found = {}
    for line in _some.rows(person.id, most) if most else _all.rows(person.id):
        found.setdefault(line.receipt.fund_id, []).append((line.receipt, line, line.receipt.stands.state))
    return found


def _received(person):
    query = ReceiptLine.select(ReceiptLine, Receipt, Fund, ReceiptStanding.state).join(Receipt).join(Fund)
    query = query.switch(Receipt).join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id), attr="stands")
    return query.where(ReceiptLine.person == person).order_by(Receipt.paid_on.desc(), Receipt.id.desc())


def _latest(person, most):
    """The ids of the latest lines of each fund."""
    order = Receipt.paid_on.desc(), Receipt.id.desc()
    place = fn.ROW_NUMBER().over(partition_by=[Receipt.fund], order_by=order)
    numbered = ReceiptLine.select(ReceiptLine.id, place.alias("place")).join(Receipt)
    numbered = numbered.where(ReceiptLine.person == person).alias("numbered")
    return Select([numbered], [numbered.c.id]).where(numbered.c.place <= most)


_all = Prepared(_received)
_some = Prepared(lambda person, most: _received(person).where(ReceiptLine.id.in_(_latest(person, most))))


def _stands(book, fund, on):
    if not any(term.joined <= on for term in book.terms):
        return None
    return books.standing_of(book, rulings.of(fund, on), on)


def _months(stands, on):
    """The months of about a year with how much of each is covered; of the first and last only what was theirs is asked."""
    runs = Runs(stands.covered)
    month, last = _earlier(on.replace(day=1), BEFORE), max(on, min(stands.paid_through or on, _later(on, AFTER)))
    while month <= last:
        first, end = max(month, stands.joined_on), account_books.last_day(month)
        if first <= end:
            yield Month(month, _state(runs, first, end))
        month = end + timedelta(days=1)


def _state(runs, first, end):
    until, next_day = runs.end_of(first), runs.next_taken(first)
    if until and until >= end:
        return "paid"
    return "part" if next_day and next_day <= end else "open"


def _earlier(month, n):
    year, index = divmod(month.year * 12 + month.month - 1 - n, 12)
    return date(year, index + 1, 1)


def _later(day, n):
    return account_books.last_day(_earlier(day.replace(day=1), -n))
