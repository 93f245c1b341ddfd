"""Receipts in the books: one of a fund by its book and number, whichever of its entries came first (fund.md §5).

In custody its money is in a hand and stands on 2000, received and unchecked. What is decided about it moves it on (settling).
The same lines told again join it; other lines under its number are a conflict that people must settle.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import date

from db.models import Booking, Receipt, ReceiptLine, ReceiptStanding
from db.statements import insert
from pwa.domain.fund import chart, handed, handovers, holders, ledger, settling, verdicts


@dataclass(frozen=True)
class Told:
    """What an entry of money tells. `on` is the day of booking, `told_on` that of recording, by the corrected clock (`told_at`).

    `is_decided`: somebody decided about it before it was booked.
    """

    entry: object
    payload: dict
    author: object
    told_on: date
    on: date
    at: object
    told_at: object
    is_decided: bool = False


def book(told):
    """Put a receipt into the books; the reason why it cannot be, "" when it is."""
    fund = holders.fund(told.payload["fund"])
    if fund is None:
        return "unknown_fund"
    hand = _hand(fund, told)
    if hand is None:
        return "unknown_collector"
    said = spelled(told.payload, hand)
    known = settling.numbered(fund, told.payload["book"], told.payload["no"])
    if known is not None:
        return _join(known, said, told) or _follow(known, told)
    if _takes_over_itself(fund, told.payload):
        return "circle"
    if _is_taken_over(fund, told.payload):
        return "taken_over"
    taker = settling.taker_over(fund, told.payload["book"], told.payload["no"])
    if taker is not None and settling.is_paid_back(taker):
        return "paid_back"
    receipt = _keep(fund, hand, said, told)
    _into_custody(receipt, told)
    return _follow(receipt, told)


def spelled(payload, hand):
    """The hash of all that two tellings of one receipt may not differ in: who got how much from whom, when and for what.

    Note and pictures may differ. A page of the paper book and the phone that rebuilt it from the stub say the same.
    """
    payer = payload["payer"]
    parts = [
        payload["paid_on"], payload["channel"], hand.code, payload["total_satang"], payer["type"], payer.get("person") or "",
        [[line.get(part) or "" for part in ("person", "kind", "amount_satang", "covers_from", "covers_to")] for line in payload["lines"]],
        [(payload.get("instead_of") or {}).get(part) for part in ("book", "no")],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _hand(fund, told):
    if told.payload["channel"] == "transfer":
        return holders.on_the_way(fund, told.payload["bank_account"])
    return holders.hand_named(fund, told.payload.get("collector") or told.author)


def _takes_over_itself(fund, payload):
    """Whether the receipts before this one, each the one whose money the next takes over, lead back to it."""
    own, old = (payload["book"], payload["no"]), payload.get("instead_of")
    number = (old["book"], old["no"]) if old else None
    while number not in (None, own):
        receipt = settling.numbered(fund, *number)
        number = (receipt.old_book, receipt.old_no) if receipt is not None and receipt.old_no is not None else None
    return number == own


def _is_taken_over(fund, payload):
    """Whether another receipt took over the same money before this one came."""
    old = payload.get("instead_of")
    return old is not None and settling.taker_over(fund, old["book"], old["no"]) is not None


def _join(receipt, said, told):
    if receipt.said != said:
        return "conflict"
    _note(told, receipt)
    return ""


def _keep(fund, hand, said, told):
    one, payer, old = told.payload, told.payload["payer"], told.payload.get("instead_of") or {}
    row = dict(
        fund=fund.id,
        book=one["book"],
        no=one["no"],
        paid_on=date.fromisoformat(one["paid_on"]),
        told_on=told.told_on,
        hand=hand.id,
        payer_kind=payer["type"],
        payer=_id(payer.get("person")),
        total_satang=one["total_satang"],
        said=said,
        entry=told.entry.id,
        old_book=old.get("book", ""),
        old_no=old.get("no"),
        at=told.at,
    )
    insert(Receipt, [row])
    receipt = settling.numbered(fund, one["book"], one["no"])
    insert(ReceiptStanding, [dict(receipt=receipt.id, fund=fund.id, hand=hand.id, state="waiting", money="")])
    insert(ReceiptLine, [_line(receipt, place, line) for place, line in enumerate(one["lines"])])
    _note(told, receipt)
    return receipt


def _note(told, receipt):
    insert(Booking, [dict(entry=told.entry.id, receipt=receipt.id, at=told.at)])


def _line(receipt, place, said):
    return {
        "receipt": receipt.id,
        "place": place,
        "person": _id(said.get("person")),
        "kind": said["kind"],
        "amount_satang": said["amount_satang"],
        "covers_from": _day(said.get("covers_from")),
        "covers_to": _day(said.get("covers_to")),
    }


def _into_custody(receipt, told):
    """The money into the hand; what was decided of the receipt that took it over before it came is decided once more, of the two."""
    successor, about = settling.successor(receipt), dict(entry=told.entry, on=told.on, at=told.at)
    if successor is None:
        return _receive(receipt, None, told)
    settling.move(successor, "waiting", **about)
    _receive(receipt, successor, told)
    verdicts.settle(successor, **about)


def _follow(receipt, told):
    """Bring it to where it stands by what was decided of this entry before it was booked; "" as reason."""
    if told.is_decided:
        verdicts.settle(receipt, entry=told.entry, on=told.on, at=told.at)
    return ""


def _receive(receipt, successor, told):
    """A receipt and the one that takes over its money come to the new one's total, in its hand what it adds to the old one's."""
    adds, moved = receipt.total_satang - settling.taken_over(receipt), receipt.total_satang if successor else 0
    is_there = successor is not None and successor.hand_id == receipt.hand_id
    taking = handed.claimed_by(receipt)
    into = handovers.awaited_on(taking) if taking and not is_there else receipt.hand
    lines = [ledger.Line(into, adds), ledger.Line(ledger.account(receipt.fund, chart.UNCHECKED), moved - adds)]
    lines += [ledger.Line(successor.hand, -moved)] if successor else []
    about = dict(kind="receipt", source=f"receipt/{settling.name(receipt)}", occurred_on=receipt.paid_on)
    ledger.post(receipt.fund, actor=told.author, lines=lines, on=told.on, at=told.at, **about)
    brings = adds - moved if is_there else adds
    handovers.receive_late(receipt, taking, brings, on=told.on, at=told.at)


def _id(said):
    return uuid.UUID(said) if said else None


def _day(said):
    return date.fromisoformat(said) if said else None
