"""A hand-over between two phones comes by either of them, in any order and more than once; the books are the same each time."""

import itertools
import uuid

import pytest

from db.models import Entry, Handover, Receipt, Taking, Unbooked
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings
from tests.collecting import balances, collector, gift, offer, taking
from tests.small_fund import NOW

OFFER = uuid.UUID("33333333-3333-4333-8333-333333333333")
LINES = ("receipt", "offer", "taking")


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def phones(fund):
    return {"giver": collector(fund), "taker": Phone(fund.people["zone-leader"], at=NOW)}


@pytest.fixture
def lines(phones):
    """The sealed lines of a receipt, of the offer that names it, and of its taking, as both phones hold them."""
    giver, taker = phones["giver"], phones["taker"]
    return {
        "receipt": giver.line("contribution", gift(), at=NOW),
        "offer": giver.line("handover", offer(), at=NOW, entry_id=OFFER),
        "taking": taker.line("handover_receipt", taking(OFFER), at=NOW),
    }


def bring(phone, line):
    phone.deliver([line], at=NOW)
    bookings.catch_up(at=NOW)


@pytest.mark.parametrize("order", list(itertools.permutations(LINES)), ids="-".join)
@pytest.mark.parametrize("carrier", ["giver", "taker"])
def test_one_phone_brings_both_words_in_any_order(phones, lines, carrier, order):
    for name in order:
        bring(phones["giver" if name == "receipt" else carrier], lines[name])
        assert Taking.select().count() == 0 or balances().get("1000-volunteer") is None
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}
    assert {row.outcome for row in Entry.select()} == {"received"} and not Unbooked.select().exists()


@pytest.mark.parametrize("order", sorted(set(itertools.permutations(["giver", "taker"] * 2))), ids="-".join)
def test_both_phones_bring_both_words_and_each_counts_once(phones, lines, order):
    bring(phones["giver"], lines["receipt"])
    names = {"giver": iter(["offer", "taking"]), "taker": iter(["taking", "offer"])}
    for carrier in order:
        bring(phones[carrier], lines[next(names[carrier])])
    assert balances() == {"1000-zone-leader": 10000, "2000": -10000}
    assert [table.select().count() for table in (Receipt, Handover, Taking, Entry)] == [1, 1, 1, 3]


def test_until_the_taking_comes_it_is_in_the_givers_name(phones, lines):
    bring(phones["giver"], lines["receipt"])
    bring(phones["taker"], lines["offer"])
    assert balances() == {"1000-volunteer": 10000, "2000": -10000}


def test_a_taking_of_an_offer_that_nobody_brought_waits(phones, lines):
    bring(phones["giver"], lines["taking"])
    assert balances() == {} and [row.reason for row in Unbooked.select()] == ["unknown_handover"]
