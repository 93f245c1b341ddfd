"""Signed notes (C2SP signed-note, Ed25519): which key a unit has, and whether a line of signature holds for a body. Pure.

A key is written as vkey, `unit+id+base64(0x01 ‖ public key)`; its id is the first 4 bytes of SHA-256(unit ‖ LF ‖ 0x01 ‖ public key).
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519 = b"\x01"
UNIT = re.compile(r"[A-Za-z0-9_.-]{1,64}")
"""How a unit is written where it names a key: no space and no plus."""


class Signer(Protocol):
    """A private key."""

    def sign(self, data: bytes, /) -> bytes: ...


class Key(NamedTuple):
    """A unit's public key, 32 bytes. It counts for reports from the number `from_seq` on and before `until` (None: it is in use);
    where the unit `by` certified it, only for reports that go to that unit."""

    unit: str
    public: bytes
    from_seq: int = 1
    until: int | None = None
    by: str = ""

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.unit.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key as vkey."""
        return f"{self.unit}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @property
    def spoken(self) -> str:
        """Eight groups of four digits, to be compared on paper: the SHA-256 of the vkey, 16 bits a group."""
        mark = hashlib.sha256(self.text.encode()).digest()
        return " ".join(f"{int.from_bytes(mark[at : at + 2]) % 10_000:04d}" for at in range(0, 16, 2))

    def counts(self, seq: int) -> bool:
        """Whether a report of this number may be signed with it."""
        return self.from_seq <= seq and (self.until is None or seq < self.until)

    def holds(self, signature: "Signature", body: bytes) -> bool:
        """Whether this key signed exactly these bytes."""
        if (signature.unit, signature.id) != (self.unit, self.id):
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.bytes, body)
        except InvalidSignature:
            return False
        return True


class Signature(NamedTuple):
    """What a line of signature says: of whom, by which key, and its 64 bytes."""

    unit: str
    id: bytes
    bytes: bytes


def canonical(value: Mapping[str, Any]) -> str:
    """A line of JSON as it must be written."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_key(text: str) -> Key:
    """The Key that a vkey names. Raises ValueError for anything else."""
    unit, _, rest = text.strip().partition("+")
    mark, _, encoded = rest.partition("+")
    public = _decoded(encoded)
    if not UNIT.fullmatch(unit) or len(public) != 33 or public[:1] != ED25519:
        raise ValueError("not a key")
    key = Key(unit, public[1:])
    if key.id.hex() != mark:
        raise ValueError("the key and its id differ")
    return key


def line(key: Key, private: Signer, body: bytes) -> str:
    """The line with which a key signs a body, without its line feed."""
    return f"— {key.unit} {base64.b64encode(key.id + private.sign(body)).decode()}"


def read_line(text: str) -> Signature:
    """What a line of signature says. Raises ValueError for anything else."""
    dash, unit, encoded = text.split(" ") if text.count(" ") == 2 else ("", "", "")
    signed = _decoded(encoded)
    if dash != "—" or not UNIT.fullmatch(unit) or len(signed) != 68:
        raise ValueError("not a signature")
    return Signature(unit, signed[:4], signed[4:])


def _decoded(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
    return found if base64.b64encode(found).decode() == text else b""
