"""Digests of custody and of the books: that is too much to be tied row by row, so before each backup the new rows go into a digest.

A digest keeps eight bytes a row, at the place of the row's id, and is tied itself. It names the columns that it is over, none of
which is ever changed or erased.
"""

from peewee import fn

from db import database, ties
from db.models import (
    Advance,
    Booking,
    ChainBreak,
    Digest,
    Entry,
    HandedOn,
    Handover,
    HandoverPart,
    HandoverRange,
    LedgerTransaction,
    NamedPhoto,
    Opening,
    PassedOn,
    Posting,
    Receipt,
    ReceiptLine,
    ReceiptStep,
    Seat,
    Taking,
    TakingStep,
    VoidAsked,
)

TABLES = (
    Entry, Opening, Seat, ChainBreak, NamedPhoto,
    LedgerTransaction, Posting, Receipt, ReceiptLine, Booking, ReceiptStep, Advance,
    Handover, HandoverRange, HandoverPart, Taking, TakingStep, HandedOn, PassedOn, VoidAsked,
)  # fmt: skip
BYTES = 8
MOST_ROWS = 10_000
NOTHING = bytes(BYTES)


def take(*, at):
    """Digest every row of custody that no digest holds yet; the rows are read before anything is locked."""
    for model in TABLES:
        while _take_some(model, at):
            pass


def held(digest):
    """{id: eight bytes} of the rows that were there."""
    hashes = bytes(digest.hashes)
    cut = [hashes[start : start + BYTES] for start in range(0, len(hashes), BYTES)]
    return {digest.first + place: one for place, one in enumerate(cut) if one != NOTHING}


def rows(table, columns, first, last):
    """{id: eight bytes} of the rows that are there now."""
    found = {}
    for page in ties.pages(database.obj, table, columns, after=first - 1):
        found |= {values[0]: short(values) for values in page if values[0] <= last}
        if page[-1][0] >= last:
            break
    return found


def short(values):
    return bytes.fromhex(ties.spelled(values))[:BYTES]


def columns_of(model):
    """All of them, the id first."""
    return tuple(field.column_name for field in model._meta.sorted_fields)


def _take_some(model, at):
    table, columns = model._meta.table_name, columns_of(model)
    through = Digest.select(fn.MAX(Digest.last)).where(Digest.table == table).scalar() or 0
    first = model.select(fn.MIN(model.id)).where(model.id > through).scalar()
    if first is None:
        return False
    found = rows(table, columns, first, first + MOST_ROWS - 1)
    hashes = b"".join(found.get(number, NOTHING) for number in range(first, max(found) + 1))
    Digest.create(table=table, columns=",".join(columns), first=first, last=max(found), hashes=hashes, at=at)
    return True
