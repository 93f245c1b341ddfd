"""A phone on which money is taken: its books of receipts, what it remembers to be in the hand, and what it writes about both."""

import copy
import json
import uuid
from dataclasses import dataclass, field
from typing import NamedTuple

from pwa.domain.text.dates import BANGKOK
from tests.collecting import SOMCHAI, coins, void
from tests.faults.phones import FieldPhone

BANK, DIGITS = "ออมสิน", "4821"
ACCOUNT = f"{BANK} {DIGITS}"


class Said(NamedTuple):
    """What a sealed line says about money, as its phone remembers it. `holder` is the handle of who recorded it."""

    kind: str
    id: str
    payload: dict
    holder: str


@dataclass
class Purse:
    """`books`: [[name, next number, last]]; `held`: {(book, no): satang} not handed over, `parts`: {hand-over: satang} taken and not passed on."""

    books: list = field(default_factory=list)
    held: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    written: list = field(default_factory=list)
    void: set = field(default_factory=set)


class Collector(FieldPhone):
    """A phone that writes receipts, voids and hand-overs. `told` of the world knows what each seal hides."""

    def __init__(self, world, handle, *, signs):
        super().__init__(world, handle, signs=signs)
        self.handle, self.purse = handle, Purse()

    def say(self, kind, payload, recorded_at=None, subject=None):
        """Save one entry of money; its id."""
        line = self.phone.line(kind, payload, at=recorded_at or self.world.at, subject=subject or uuid.uuid4())
        self._remember(line, kind, payload)
        return self.keep(line).id

    def take_number(self):
        """The books were given to the number that it leaves."""
        taken = super().take_number()
        self.purse.books = [] if taken else self.purse.books
        return taken

    def receipt(self, baht, recorded_at, **more):
        """Take so much from somebody; None where no book is to be had. What was given for an older one stays with it."""
        number = self._number()
        if number is None:
            return None
        lines = [{"kind": "donation", "amount_satang": baht * 100}]
        if baht % 2:
            lines = [{"kind": "contribution", "person": SOMCHAI, "amount_satang": baht * 50} for _ in range(2)]
        payload = {
            "fund": "fund",
            "book": number[0],
            "no": number[1],
            "paid_on": self.world.at.astimezone(BANGKOK).date().isoformat(),
            "channel": "cash",
            "payer": {"type": "donor", "name": "ใจดี"},
            "lines": lines,
            "total_satang": baht * 100,
        } | more
        self.say("contribution", payload, recorded_at)
        self.purse.written.append(payload)
        if payload["channel"] == "cash":
            old = payload.get("instead_of") or {}
            self.purse.held[number] = baht * 100
            self.purse.held.pop((old.get("book"), old.get("no")), None)
        return payload

    def forgetting(self, act):
        """Do something, and be put back to a copy from before it."""
        seq, prev, purse = self.phone.seq, self.phone.prev, copy.deepcopy(self.purse)
        act()
        self.phone.seq, self.phone.prev, self.purse = seq, prev, purse

    def void(self, payload, money):
        number = payload["book"], payload["no"]
        self.purse.void.add(number)
        if money == "given_back":
            self.purse.held.pop(number, None)
        self.say("receipt_void", void(number[1], number[0], **({money: True} if money else {})))

    def offer(self, amiss):
        """Offer all that is in the hand as it remembers; {id, giver, satang, receipts} as its QR says, None where there is nothing."""
        there = sum(self.purse.held.values()) + sum(self.purse.parts.values())
        if not self.purse.held and not self.purse.parts:
            return None
        receipts = [{"book": book, "ranges": [[no, no]]} for book, no in self.purse.held]
        payload = {"fund": "fund", "receipts": receipts, "expected_satang": there, "counted": coins(there // 100)}
        payload |= {"handovers": list(self.purse.parts)} if self.purse.parts else {}
        payload |= {"counted": coins(max(there // 100 + amiss, 0)), "reason": "นับไม่ตรง"} if amiss else {}
        about = {"receipts": list(self.purse.held), "parts": list(self.purse.parts)}
        return {"id": self.say("handover", payload), "phone": self, "satang": there, **about}

    def forget_handed(self, offered):
        """The answer of who took it came back."""
        for number in offered["receipts"]:
            self.purse.held.pop(number, None)
        for part in offered["parts"]:
            self.purse.parts.pop(part, None)

    def take(self, offered, amiss):
        """Count what somebody offers and take it."""
        baht = max(offered["satang"] // 100 + amiss, 0)
        reason = {"reason": "นับไม่ตรง"} if amiss else {}
        self.say("handover_receipt", {"handover": offered["id"], "counted": coins(baht)} | reason)
        self.purse.parts.setdefault(offered["id"], baht * 100)

    def changed(self, held):
        """More money than was received."""
        said = self.world.told.get(json.loads(held.line)["ct"])
        if said is None or said.kind != "contribution":
            return super().changed(held)
        return "contribution", said.payload | {"total_satang": said.payload["total_satang"] * 2}

    def _number(self):
        if not self.purse.books:
            self.purse.books = [[one["book"], one["next"], one["last"]] for one in self.world.books(self)]
        if not self.purse.books:
            return None
        book = self.purse.books[0]
        number = book[0], book[1]
        book[1] += 1
        if book[1] > book[2]:
            self.purse.books.pop(0)
        return number

    def _remember(self, line, kind, payload):
        outer = json.loads(line)
        self.world.told[outer["ct"]] = Said(kind, outer["id"], payload, self.handle)
