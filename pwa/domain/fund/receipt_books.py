"""Books of receipts for phones: "M<n>", one in use and one spare for each fund that somebody may collect for, on this phone.

A number n is given once and never again, also by a server that was restored: then numbers go on far above those it may have given
since its backup. Which number is next in a book is for the phone to know; here stands only what has reached the fund.
"""

import re
from itertools import count
from typing import NamedTuple

from peewee import fn

from db import database
from db.models import Receipt, ReceiptBook
from pwa.domain.custody import collectors
from pwa.domain.fund import after_restore
from pwa.domain.people import devices

LAST = 500
"""The last number of a book."""
AT_HAND = 2
"""The book in use and a spare."""


class Held(NamedTuple):
    """A book on a phone. `next` is the number after the highest that reached the fund."""

    fund: str
    book: str
    next: int
    last: int


def issue(device, account, *, at, on):
    """[Held] of this phone (an id) and account, those that are not full: two a fund, given now where they lack.

    Nothing for a phone whose right to send was taken away, nor for funds that the account may not collect for on this day.
    """
    if devices.is_revoked(device):
        return []
    with database.atomic():
        numbers = count(_next_number())
        return [
            held for fund in collectors.funds(account.id, on) for held in _of_fund(fund, device, account, numbers, at)
        ]


def name(number):
    """How a book is called on its receipts."""
    return f"M{number}"


def number_of(book):
    """The number of a phone's book by its name, or None for a paper book's."""
    found = re.fullmatch(r"M([1-9][0-9]{0,8})", book)
    return int(found[1]) if found else None


def _of_fund(fund, device, account, numbers, at):
    mine = ReceiptBook.select().where(
        ReceiptBook.fund == fund, ReceiptBook.device == device, ReceiptBook.account == account
    )
    held = [_held(fund, book.number) for book in mine.order_by(ReceiptBook.number)]
    held = [one for one in held if one.next <= one.last]
    while len(held) < AT_HAND:
        book = ReceiptBook.create(number=next(numbers), fund=fund, device=device, account=account, at=at)
        held.append(_held(fund, book.number))
    return held


def _held(fund, number):
    reached = Receipt.select(fn.MAX(Receipt.no)).where(Receipt.fund == fund, Receipt.book == name(number)).scalar()
    return Held(fund.code, name(number), (reached or 0) + 1, LAST)


def _next_number():
    """Inside a write transaction, so that nobody else asks meanwhile. Restores since the last book stand among the ties."""
    last = ReceiptBook.select().order_by(ReceiptBook.number.desc()).first()
    return (last.number if last else 0) + 1 + after_restore.gap(last)
