"""How many lines of each phone came: the same however often it was asked before, and for one phone as for all."""

import db
from db.models import Entry, Seat
from pwa.domain.custody import tallies
from tests import small_fund
from tests.small_fund import MINUTE, NOW


def lines(phone, count):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def counted():
    """The same, read off every row."""
    seated, came = {}, {}
    for seat in Seat.select():
        seated.setdefault(seat.device, []).append(seat.seq)
    for entry in Entry.select().where(Entry.transport != "unproved"):
        came[entry.device] = came.get(entry.device, 0) + 1
    return {phone: (max(numbers), len(numbers)) for phone, numbers in seated.items()}, came


def test_it_counts_on_from_where_it_counted_last(kept_fund):
    one, other = small_fund.phone(kept_fund), small_fund.phone(kept_fund)
    sent, more = lines(one, 4), lines(other, 2)
    for some, phone in (([sent[0]], one), ([sent[3]], one), (more, other), (sent[1:3], one)):
        phone.send(some, at=NOW + 10 * MINUTE)
        seated, came = counted()
        assert (tallies.arrived(list(seated)), tallies.sent(list(came))) == (seated, came)
        assert tallies.arrived([one.device.id]) == {one.device.id: seated[one.device.id]}
    assert tallies.arrived([one.device.id, other.device.id]) == {one.device.id: (4, 4), other.device.id: (2, 2)}


def test_what_a_transaction_takes_back_was_never_counted(kept_fund):
    one, other = small_fund.phone(kept_fund), small_fund.phone(kept_fund)
    one.send(lines(one, 2), at=NOW + MINUTE)
    phones = [one.device.id, other.device.id]
    with db.database.atomic() as transaction:
        other.send(lines(other, 3), at=NOW + MINUTE)
        assert tallies.arrived(phones)[other.device.id] == (3, 3)
        transaction.rollback()
    assert tallies.arrived(phones) == {one.device.id: (2, 2)}


def test_a_phone_that_sent_nothing_is_not_named(kept_fund):
    phone = small_fund.phone(kept_fund)
    assert tallies.arrived([phone.device.id]) == tallies.sent([phone.device.id]) == {}
