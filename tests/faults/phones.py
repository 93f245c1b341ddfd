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

from db.models import Device, Key
from pwa.domain.crypto import keyring
from pwa.domain.custody import rejudgement
from pwa.domain.custody.phones import Phone
from pwa.domain.people import devices, sessions
from tests import small_fund

KEEP, DAY = timedelta(days=30), timedelta(days=1)


@dataclass
class Held:
    """A line on a phone, with the proofs that it has; `keep` as the server said last, `told` the receipt key that it came to again."""

    line: bytes
    id: str
    sha256: str
    device: uuid.UUID
    seq: int
    at: object
    proofs: list = field(default_factory=list)
    keep: bool = False
    told: str = ""
    asked_at: object = None

    @property
    def name(self):
        return uuid.UUID(self.id), self.sha256

    @property
    def waits(self):
        return not self.proofs or self.keep


class FieldPhone:
    """One volunteer's phone. `held` is its queue, `carried` what it brings for other phones, `pruned` what it let go.

    `chosen` is the key that it has made, and the first line that it will sign, while the server has not answered. `left` is the
    last line that it named of each number that it left.
    """

    def __init__(self, world, handle, *, signs):
        self.world = world
        self.phone = Phone(world.fund.people[handle], at=world.at, signs=signs)
        self.held, self.carried, self.pruned = {}, {}, {}
        self.chosen, self.numbers, self.left = None, [self.phone.device.id], {}

    @property
    def device(self):
        return self.phone.device

    def record(self, *, recorded_at, replaces=None):
        """Save one entry; recorded_at is what this phone takes for the time."""
        about = dict(place="canal", replaces=replaces, subject=uuid.uuid4())
        return self.keep(self.phone.line("household", small_fund.household(), at=recorded_at, **about))

    def sign_in(self):
        """Its volunteer has a session on it: what it sent before in their name counts."""
        self.session()
        rejudgement.when_known(self.device.id, author=self.phone.account.id, at=self.world.at)

    def session(self):
        devices.meet(self.device.id, at=self.world.at, first=self.numbers[0])
        return sessions.start(self.phone.account, device=self.device, at=self.world.at)

    def take_number(self):
        """It goes on under another number, with a key from the first line on -> whether it may by now."""
        key = ec.generate_private_key(ec.SECP256R1())
        said = {
            "public_key": keyring.b64url(keyring.point(key)),
            "leaves": {"device": str(self.device.id), "seq": self.phone.seq},
        }
        answer = self.world.ask(self.device, "POST", "/sync/device", json=said)
        if answer.status_code == 429:
            return False
        self.left[self.device.id] = self.phone.seq
        self.phone.device = Device(id=uuid.UUID(answer.get_json()["device"]))
        self.phone.key, self.phone.seq, self.phone.prev, self.chosen = key, 0, "", None
        self.numbers.append(self.phone.device.id)
        self.sign_in()
        return True

    def put_key(self, *, answered=True):
        """Say which key it signs with from the next line on; until that is answered it goes on without."""
        if self.chosen is None:
            self.chosen = self.phone.key or ec.generate_private_key(ec.SECP256R1()), self.phone.seq + 1
        key, from_seq = self.chosen
        said = {"public_key": keyring.b64url(keyring.point(key)), "from_seq": from_seq}
        session = None if self.phone.key else self.session()
        answer = self.world.ask(self.device, "PUT", "/sync/device/key", answered=answered, session=session, json=said)
        assert answer.status_code == 200, answer.data
        if answered:
            self.phone.key, self.chosen = key, None

    def keep(self, line):
        outer = json.loads(line)
        digest = hashlib.sha256(line).hexdigest()
        held = Held(line, outer["id"], digest, uuid.UUID(outer["device"]), outer["seq"], self.world.at)
        self.held[held.sha256] = held
        return held

    def record_and_forget(self, *, recorded_at):
        """A phone put back from a copy of itself: the next line takes the number of this one."""
        seq, prev = self.phone.seq, self.phone.prev
        self.record(recorded_at=recorded_at)
        self.phone.seq, self.phone.prev = seq, prev

    def record_unsigned(self, *, recorded_at):
        key, self.phone.key = self.phone.key, None
        self.record(recorded_at=recorded_at)
        self.phone.key = key

    def changed(self, held):
        """(kind, payload) of what somebody makes of a line on its way."""
        return "household", small_fund.household("9")

    def seal_again(self, held):
        """Other contents under the id and the number of a line that it holds; its chain goes on as it was."""
        now = self.phone.device, self.phone.seq, self.phone.prev
        self.phone.device, self.phone.seq = Device(id=held.device), held.seq - 1
        line = self.phone.line(*self.changed(held), at=held.at, place="canal", entry_id=uuid.UUID(held.id))
        self.phone.device, self.phone.seq, self.phone.prev = now
        return self.keep(line)

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
            own.keep, own.told = receipt.get("keep", False), keyring.published()["receipt_keys"][0]["kid"]
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
        told = self.world.status(self.device, *self.numbers[:-1]) if old else {}
        for held in old:
            if held.seq <= told[held.device]["backed_up_through"]:
                self.pruned[held.sha256] = self.held.pop(held.sha256)

    def _may_ask_again(self, held, kid):
        """A line that the newest receipt key vouches for is sent again once a day at most."""
        if _newest(held, kid) and held.asked_at is not None and self.world.at - held.asked_at < DAY:
            return False
        held.asked_at = self.world.at
        return True

    def lacking(self):
        """What the server does not have and this phone still holds, and once what it vouched for under an earlier receipt key only."""
        told, kid = self.world.status(self.device, *self.numbers[:-1]), keyring.published()["receipt_keys"][0]["kid"]
        lost = [held for held in self.held.values() if is_gone(told[held.device], held.seq)]
        lost = [held for held in lost if self._may_ask_again(held, kid)]
        vouched = [held for held in self.held.values() if held.proofs and held.told != kid]
        before = [held for held in vouched if kid not in [proof[0] for proof in held.proofs]]
        for held in before:
            held.told = kid
        return lost + [held for held in before if held not in lost]


def is_gone(told, seq):
    """Whether the server says that it lacks this number, or has not come so far."""
    return seq > told["seen_through"] or any(low <= seq <= high for low, high in told["missing"])


def _newest(held, kid):
    return kid in [proof[0] for proof in held.proofs]


def verifies(receipt):
    key = Key.get_or_none(Key.kid == receipt["kid"])
    raw = base64.urlsafe_b64decode(receipt["sig"] + "==")
    r, s = (int.from_bytes(raw[half : half + 32], "big") for half in (0, 32))
    text = f"{receipt['id']}|{receipt['sha256']}|{receipt['number']}|{receipt['received_at']}"
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keyring.unb64url(key.public))
    public.verify(encode_dss_signature(r, s), text.encode(), ec.ECDSA(hashes.SHA256()))
    return True
