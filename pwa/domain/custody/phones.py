"""A phone as this server sees one: seals, numbers and chains entries just as the app does. The demo village and the tests record through it."""

import hashlib
import json
import uuid

from cryptography.hazmat.primitives.asymmetric import ec

from db.models import Entry
from pwa.domain.crypto import keyring, sealing, signatures
from pwa.domain.custody import blobs, entries
from pwa.domain.people import devices, numbering, sessions, signing
from pwa.domain.text.dates import BANGKOK

TIME = "%Y-%m-%dT%H:%M:%S+07:00"


def seal_line(plaintext, entry_id, *, author, device, seq, prev, key=None):
    """One line of a chain: the plaintext sealed to this server, in its envelope, as bytes; signed where the number has a key."""
    server = keyring.newest("seal")
    sealed = sealing.seal_to(server.public, plaintext, sealing.entry_info(author, device, seq, entry_id))
    envelope = {
        "v": 2 if key else 1,
        "id": str(entry_id),
        "author": str(author),
        "device": str(device),
        "seq": seq,
        "prev": prev,
        "kid": server.kid,
        "enc": keyring.b64url(sealed[: sealing.POINT]),
        "ct": keyring.b64url(sealed[sealing.POINT :]),
    }
    if key:
        digest = hashlib.sha256(sealed).hexdigest()
        text = signatures.signed_text(author, device, seq, entry_id, prev, server.kid, digest)
        envelope["sig"] = sealing.signature(key, text)
    return json.dumps(envelope).encode()


class Phone:
    """One account's phone with its chain; `ids` gives the next uuid, so that a demo can be the same every time.

    It signs from its first line on, unless `signs` says that it is a phone of before, or another one holds the number's key.
    """

    def __init__(self, account, *, at, ids=uuid.uuid4, device=None, signs=True):
        self.account, self.ids = account, ids
        self.device = device or devices.register(at=at, device_id=ids())
        self.seq, self.prev, self.key = 0, "", None
        sessions.use(account, self.device, at=at)
        if signs and signing.key_of(self.device.id) is None:
            self.sign(at=at)

    def sign(self, *, at):
        """Make a key and register it: from the next line on this number signs."""
        key = ec.generate_private_key(ec.SECP256R1())
        numbering.put_key(
            devices.claims(self.device.id),
            keyring.b64url(keyring.point(key)),
            self.seq + 1,
            account=self.account,
            at=at,
        )
        self.key = key

    def line(
        self,
        kind,
        payload,
        *,
        at,
        subject=None,
        place=None,
        base=None,
        replaces=None,
        ahead_ms=None,
        pictures=(),
        form=None,
        entry_id=None,
    ):
        """The next line of the chain as bytes. `at` is when it was recorded (aware)."""
        content = {
            "kind": kind,
            "form": form or f"{kind}@1",
            "subject": str(subject or self.ids()),
            "place": place,
            "recorded_at": at.astimezone(BANGKOK).strftime(TIME),
            **({} if ahead_ms is None else {"clock_ms": ahead_ms}),
            "base": {"version": base} if isinstance(base, int) else base,
            "replaces": str(replaces) if replaces else None,
            "payload": payload,
            "blobs": list(pictures),
        }
        return self.seal(json.dumps(content, ensure_ascii=False).encode(), entry_id=entry_id)

    def seal(self, plaintext, *, entry_id=None):
        """Seal any plaintext into the next seat."""
        self.seq += 1
        entry_id = entry_id or self.ids()
        line = seal_line(
            plaintext,
            entry_id,
            author=self.account.id,
            device=self.device.id,
            seq=self.seq,
            prev=self.prev,
            key=self.key,
        )
        self.prev = hashlib.sha256(line).hexdigest()
        return line

    def record(self, kind, payload, *, at, received_at=None, **about):
        """Record and send one entry; returns its Entry row."""
        return self.deliver([self.line(kind, payload, at=at, **about)], at=received_at or at)[0]

    def deliver(self, lines, *, at):
        """Send lines; returns their Entry rows."""
        named = [(uuid.UUID(receipt["id"]), receipt["sha256"]) for receipt in self.send(lines, at=at)]
        return [Entry.get(Entry.entry_id == entry_id, Entry.sha256 == sha256) for entry_id, sha256 in named]

    def send(self, lines, *, at):
        devices.meet(self.device.id, at=at)
        return entries.receive(lines, sender=self.device.id, at=at)

    def picture(self, jpeg, role, *, at):
        """Seal and deliver a photo; returns the item for the entry's `blobs`."""
        key = keyring.newest("seal")
        sealed = sealing.seal_to(key.public, jpeg, sealing.blob_info(self.account.id))
        sha256 = hashlib.sha256(sealed).hexdigest()
        blobs.keep(sha256, sealed, device=self.device.id, at=at)
        return {"sha256": sha256, "kid": key.kid, "role": role, "type": "image/jpeg", "bytes": len(jpeg)}
