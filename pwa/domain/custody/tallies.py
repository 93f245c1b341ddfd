"""How many lines of each phone came and how many of them sit: counted on from where it was counted last.

A line that came stays, and so does a taken seat; so each process counts a row once, and a look at a board of many phones costs
what has come since the look before.
"""

from peewee import Case, fn

from db import database
from db.memory import Memory
from db.models import Entry, Seat
from db.statements import Prepared
from pwa.domain.people import devices


class Tally:
    """{phone: numbers} of a table whose rows only ever come. `count` asks for (phone, newest row id, numbers…) of rows above an id,
    `add` joins the numbers of before with the new ones."""

    def __init__(self, count, add):
        self._count, self._add, self._held = Prepared(count), add, Memory()

    def of(self, phones):
        through, held = self._held().get("tally", (0, {}))
        fresh = self._count.rows(through)
        if fresh:
            newer = {phone: self._add(held.get(phone), numbers) for phone, _, *numbers in fresh}
            through, held = max(row for _, row, *_ in fresh), held | newer
            self._held()["tally"] = through, held  # whole, so that whoever reads meanwhile has the one or the other
        return {phone: held[phone] for phone in phones if phone in held}


def _by_phone(column):
    """The phone as an expression: grouped by the bare column, SQLite would walk the whole index to spare itself a sort."""
    return fn.COALESCE(column, column)


def _seats_above(row):
    phone = _by_phone(Seat.device)
    query = Seat.select(phone, fn.MAX(Seat.id), fn.MAX(Seat.seq), fn.COUNT(Seat.id)).where(Seat.id > row)
    return query.group_by(phone).tuples()


def _lines_above(row):
    phone, genuine = _by_phone(Entry.device), fn.SUM(Case(None, [(devices.is_genuine(), 1)], 0))
    return Entry.select(phone, fn.MAX(Entry.id), genuine).where(Entry.id > row).group_by(phone).tuples()


_seats = Tally(_seats_above, lambda held, new: (max(held[0], new[0]), held[1] + new[1]) if held else tuple(new))
_lines = Tally(_lines_above, lambda held, new: (held or 0) + new[0])
_of_one = Prepared(lambda phone: Seat.select(fn.MAX(Seat.seq), fn.COUNT(Seat.id)).where(Seat.device == phone))


def arrived(phones):
    """{phone: (highest number that arrived, how many arrived)}: the two differ where numbers are missing."""
    if len(phones) == 1 or database.in_transaction():
        return {phone: tuple(found) for phone in phones for found in _of_one(phone) if found[1]}
    return _seats.of(phones)


def sent(phones):
    """{phone: how many lines it sent}, with a seat or without one."""
    return _lines.of(phones)
