"""The money of a day counted once more from what phones wrote and people decided, in plain lists that share no code with the books."""

import json
from collections import Counter

from db.models import Booking, Entry, Unbooked, Whereabouts
from pwa.domain.custody import entries
from pwa.domain.fund import bookings
from pwa.domain.operations import promises
from tests.collecting import balances

INCOME = ("4010", "4110", "4120", "2100")


def settle(day):
    """The books catch up, and must be what the lists say; nothing is left to be booked a second time."""
    bookings.catch_up(at=day.world.at, again=True)
    books_are_what_was_told(day)
    stands = balances()
    assert bookings.catch_up(at=day.world.at, again=True) == 0, "nothing is booked twice"
    assert balances() == stands
    what_is_not_booked_has_its_reason(day)
    assert not (broken := promises.check()), broken


def books_are_what_was_told(day):
    """No baht is lost, none doubled: each hand, the bank, what waits, what is owed and what came in."""
    found, count = _grouped(balances()), Count(day.world)
    loose = count.givers_of_missing()
    for key in {*found, *count.books} - loose - {"2400"}:
        assert found[key] == count.books[key], (key, found, count.books)
    hands = {key for key in {*found, *count.books} if key in loose}
    assert sum(found[key] for key in hands) + found["2400"] == sum(count.books[key] for key in hands)
    assert found["2400"] == 0 if not loose else found["2400"] <= 0, (found["2400"], loose)


class Count:
    """`books`: {"hand <holder>", "1150", "2000", "2200", "income": satang} from what is booked; what stands on the desk is not in them."""

    def __init__(self, world):
        self.world, self.books = world, Counter()
        self.booked = [(row.entry, said(world, row.entry)) for row in Booking.select(Booking, Entry).join(Entry)]
        self.receipts, self.verdicts, self.void = {}, {}, {}
        for entry, one in self.booked:
            getattr(self, f"read_{one.kind}")(entry, one)
        for number in self.receipts:
            self.add(number)
        self.takings = self.read_takings()
        for voucher in world.vouchers:
            self.pay(*voucher)

    def read_contribution(self, entry, one):
        number = one.payload["book"], one.payload["no"]
        known = self.receipts.setdefault(number, one)
        assert spelled(known) == spelled(one), "one number, one receipt"
        self.verdicts.setdefault(number, set()).add(self.world.decisions.get((entry.entry_id, entry.sha256)))

    def read_receipt_void(self, entry, one):
        if self.world.decisions.get((entry.entry_id, entry.sha256)) == "approved":
            self.void[one.payload["book"], one.payload["no"]] = money_of(one.payload)

    def read_handover(self, entry, one):
        """An offer moves nothing."""

    def read_handover_receipt(self, entry, one):
        """Counted once an offer, below."""

    def add(self, number):
        one = self.receipts[number]
        whose, total, adds = place(one), one.payload["total_satang"], self.adds(number)
        self.books[whose] += adds
        self.books["2000"] -= adds
        state = self.state(number)
        if state == "approved":
            self.books["2000"] += total
            self.books["income"] -= total
        elif state in ("rejected", "void"):
            is_owed = adds > 0 and self.money(number) == "to_give_back"
            self.books["2000"] += adds
            self.books["2200" if is_owed else whose] -= adds

    def adds(self, number):
        """What a receipt brings beyond what another brought whose money it takes over."""
        old = self.receipts.get(before(self.receipts[number]))
        return self.receipts[number].payload["total_satang"] - (old.payload["total_satang"] if old else 0)

    def state(self, number):
        if number in self.void:
            return "void"
        later = [one for one in self.receipts if before(self.receipts[one]) == number]
        if any(self.state(one) in ("approved", "replaced") for one in later):
            return "replaced"
        found = self.verdicts[number]
        return next(
            (verdict for verdict in ("approved", "rejected", "never_paid") if verdict in found), "waiting"
        ).replace("never_paid", "rejected")

    def money(self, number):
        if number in self.void:
            return self.void[number]
        is_transfer = self.receipts[number].payload["channel"] == "transfer"
        return "never_paid" if is_transfer or "never_paid" in self.verdicts[number] else "to_give_back"

    def read_takings(self):
        offers = {one.id: one for _, one in self.booked if one.kind == "handover"}
        found = {}
        for _, one in self.booked:
            if one.kind == "handover_receipt":
                sum_counted = sum(row["satang"] * row["count"] for row in one.payload["counted"])
                found.setdefault(one.payload["handover"], set()).add((one.holder, sum_counted))
        for offer, ways in found.items():
            [(taker, counted)] = ways
            self.books[f"hand {offers[offer].holder}"] -= counted
            self.books[f"hand {taker}"] += counted
        return {offers[offer].id: offers[offer] for offer in found}

    def pay(self, kind, satang):
        self.books["hand treasurer"] -= satang
        self.books["1150" if kind == "deposit" else "2200"] += satang

    def givers_of_missing(self):
        """The hands whose hand-overs name receipts that are not booked: their cash stands on 2400 meanwhile."""
        return {
            f"hand {offer.holder}"
            for offer in self.takings.values()
            if set(named(offer.payload)) - self.receipts.keys()
        }


def what_is_not_booked_has_its_reason(day):
    count = Count(day.world)
    for row in Unbooked.select(Unbooked, Entry).join(Entry):
        if Whereabouts.get(Whereabouts.entry == row.entry).waits_for == "desk" or row.entry.outcome == "aside":
            continue
        one = said(day.world, row.entry)
        assert one is None or REASONS[row.reason](count, one), (row.reason, one)


def _is_conflict(count, one):
    known = count.receipts.get((one.payload["book"], one.payload["no"]))
    return known is not None and spelled(known) != spelled(one)


def _is_unknown_receipt(count, one):
    return (one.payload["book"], one.payload["no"]) not in count.receipts


def _is_unknown_handover(count, one):
    offers = {each.id: each for _, each in count.booked if each.kind == "handover"}
    offer = offers.get(one.payload["handover"])
    return offer is None or bool(set(offer.payload.get("handovers", ())) - count.takings.keys())


def _is_taken(count, one):
    return one.payload["handover"] in count.takings


REASONS = {
    "conflict": _is_conflict,
    "unknown_receipt": _is_unknown_receipt,
    "unknown_handover": _is_unknown_handover,
    "taken_already": _is_taken,
    "taken_over": lambda count, one: before(one) in {before(known) for known in count.receipts.values()},
}


def said(world, entry):
    """What the phone that sealed it remembers of an entry."""
    return world.told.get(json.loads(entries.line(entry))["ct"])


def spelled(one):
    """What two tellings of one receipt may not differ in."""
    kept = {key: value for key, value in one.payload.items() if key not in ("note", "evidence", "collector")}
    return place(one), json.dumps(kept, sort_keys=True)


def place(one):
    """Where a receipt's money is."""
    if one.payload["channel"] == "transfer":
        return "1150"
    return f"hand {one.payload.get('collector') or one.holder}"


def before(one):
    old = one.payload.get("instead_of")
    return (old["book"], old["no"]) if old else None


def money_of(payload):
    return next((money for money in ("given_back", "never_paid") if payload.get(money)), "to_give_back")


def named(payload):
    return [
        (row["book"], no)
        for row in payload["receipts"]
        for first, last in row["ranges"]
        for no in range(first, last + 1)
    ]


def _grouped(stands):
    found = Counter()
    for key, satang in stands.items():
        code = key.split()[0]
        stem, _, whose = code.partition("-")
        group = f"hand {whose}" if stem in ("1000", "1200", "2500") else "income" if stem in INCOME else stem
        found[group] += satang
    return found
