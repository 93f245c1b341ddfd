"""A phone on which claims are told and payees sign: what happened in the fund's days, as whoever is at the door writes it down."""

import json
from dataclasses import dataclass

from tests.faults.purses import Collector


@dataclass(frozen=True)
class Event:
    """What happens once, whoever tells of it. `member` is 0 or 1, `satang` what each payee gets by the rules."""

    benefit: str
    member: int
    event_on: str
    payees: tuple[str, ...]
    satang: int
    nth: int = 1
    admit_on: str = ""

    def told(self, person, turned):
        """The payload of a claim; `turned` names the payees in the other order."""
        names = reversed(self.payees) if turned else self.payees
        share = 100 // len(self.payees)
        payees = [{"type": "other", "name": name, "share": share, "how": "cash"} for name in names]
        subject = {"type": "child", "name": f"คนที่ {self.nth}"} if self.benefit == "birth" else {"type": "member"}
        said = {"fund": "fund", "benefit": self.benefit, "member": str(person), "event_on": self.event_on}
        said |= {"subject": subject, "payees": payees, "evidence": [{"paper": "ใบรับรอง"}], "nth": self.nth}
        return said | ({"admit_on": self.admit_on} if self.admit_on else {})


EVENTS = (
    Event("birth", 0, "2026-11-01", ("ก", "ข"), 50_000),
    Event("birth", 0, "2026-11-01", ("ก", "ข"), 50_000, nth=2),
    Event("illness", 0, "2026-10-15", ("บุญมา",), 60_000, admit_on="2026-10-12"),
    Event("death", 1, "2026-11-10", ("ค", "ง"), 500_000),
)
"""Twins, a stay of three nights, and a death."""


def event_of(payload):
    """The number in EVENTS of what a claim tells of, by what is written in it."""
    told = payload["benefit"], payload["event_on"], payload.get("nth", 1)
    return next(n for n, one in enumerate(EVENTS) if (one.benefit, one.event_on, one.nth) == told)


class Claimant(Collector):
    """Claims and signatures, beside the visits of other phones. `told` of the world knows what each seal hides."""

    def claim(self, event, turned, recorded_at=None):
        person = self.world.fund.members[event.member]
        self.say("claim", event.told(person.id, turned), recorded_at, subject=person.household_id)

    def sign(self, command, *, less=0, given=True, is_old=False):
        """The payee's word on the payment that this phone has shown; an old page does not sign for the phone itself."""
        said = {"payment": str(command), "not_given": "ไม่พบผู้รับ"}
        if given:
            said = {"payment": str(command), "signature": {"blob": "0" * 64, "kind": "signature"}}
            said |= {"received_satang": less} if less else {}
        key, self.phone.key = self.phone.key, None if is_old else self.phone.key
        self.say("payout_receipt", said)
        self.phone.key = key

    def changed(self, held):
        """The money for somebody else."""
        said = self.world.told.get(json.loads(held.line)["ct"])
        if said is None or said.kind != "claim":
            return super().changed(held)
        return "claim", said.payload | {"payees": [{"type": "other", "name": "จ", "share": 100, "how": "cash"}]}
