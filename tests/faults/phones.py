"""A phone as the protocol describes it: it holds every line until a receipt verifies, and longer, until a backup covers it."""

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from db.models import Key
from pwa.domain.field import keys
from pwa.domain.field.phones import Phone
from tests import small_fund

KEEP = timedelta(days=30)


@dataclass
class Held:
    """A line on a phone, with the proofs that it has; `keep` as the server said last, `told` the receipt key that it came to again."""

    line: bytes
    id: str
    sha256: str
    seq: int
    at: object
    proofs: list = field(default_factory=list)
    keep: bool = False
    told: str = ""

    @property
    def name(self):
        return uuid.UUID(self.id), self.sha256

    @property
    def waits(self):
        return not self.proofs or self.keep


class FieldPhone:
    """One volunteer's phone. `held` is its queue, `carried` what it brings for other phones, `pruned` what it let go."""

    def __init__(self, world, handle):
        self.world = world
        self.phone = Phone(world.fund.people[handle], at=world.at)
        self.held, self.carried, self.pruned = {}, {}, {}

    @property
    def device(self):
        return self.phone.device

    def record(self, *, recorded_at, replaces=None):
        """Save one entry; recorded_at is what this phone takes for the time."""
        line = self.phone.line(
            "household", small_fund.household(), at=recorded_at, place="canal", replaces=replaces, subject=uuid.uuid4()
        )
        return self.keep(line)

    def keep(self, line):
        outer = json.loads(line)
        held = Held(line, outer["id"], hashlib.sha256(line).hexdigest(), outer["seq"], self.world.at)
        self.held[held.sha256] = held
        return held

    def record_and_forget(self, *, recorded_at):
        """A phone put back from a copy of itself: the next line takes the number of this one."""
        seq, prev = self.phone.seq, self.phone.prev
        self.record(recorded_at=recorded_at)
        self.phone.seq, self.phone.prev = seq, prev

    def everything(self):
        return {**self.held, **self.carried}

    def take_answer(self, lines, answer):
        """Believe an answer line by line, and only what verifies."""
        receipts = [json.loads(text) for text in answer.data.splitlines()]
        assert len(receipts) == len(lines) + 1, "a receipt for every line, and the sender's own chain"
        mine = self.everything()
        for held, receipt in zip(lines, receipts, strict=False):
            assert (receipt["id"], receipt["sha256"]) == (held.id, held.sha256), "in the order of the lines"
            assert verifies(receipt), receipt
            own = mine.get(held.sha256, held)
            own.keep = receipt.get("keep", False)
            self._add_proof(own, receipt)

    def _add_proof(self, held, receipt):
        """Under one receipt key the same line has one receipt, however often it was asked for."""
        proof = (receipt["kid"], receipt["number"], receipt["received_at"], receipt["sig"])
        earlier = [known for known in held.proofs if known[0] == proof[0]]
        assert earlier in ([], [proof]), (earlier, proof)
        if not earlier:
            held.proofs.append(proof)

    def prune(self):
        """Let go of what was proved, is thirty days old and lies in a backup."""
        old = [held for held in self.held.values() if not held.waits and self.world.at - held.at > KEEP]
        through = self.world.status(self.device)["backed_up_through"] if old else 0
        for held in old:
            if held.seq <= through:
                self.pruned[held.sha256] = self.held.pop(held.sha256)

    def lacking(self):
        """What the server does not have and this phone still holds, and once what it vouched for under an earlier receipt key only."""
        told, kid = self.world.status(self.device), keys.published()["receipt_keys"][0]["kid"]
        gone = [seq for low, high in told["missing"] for seq in range(low, high + 1)]
        lost = [held for held in self.held.values() if held.seq in gone or held.seq > told["seen_through"]]
        vouched = [held for held in self.held.values() if held.proofs and held.told != kid]
        before = [held for held in vouched if kid not in [proof[0] for proof in held.proofs]]
        for held in before:
            held.told = kid
        return lost + [held for held in before if held not in lost]


def verifies(receipt):
    key = Key.get_or_none(Key.kid == receipt["kid"])
    raw = base64.urlsafe_b64decode(receipt["sig"] + "==")
    r, s = (int.from_bytes(raw[half : half + 32], "big") for half in (0, 32))
    text = f"{receipt['id']}|{receipt['sha256']}|{receipt['number']}|{receipt['received_at']}"
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.unb64url(key.public))
    public.verify(encode_dss_signature(r, s), text.encode(), ec.ECDSA(hashes.SHA256()))
    return True
