"""The device cookie: a signed, dated word on which number of which phone this is. It lets a phone upload and nothing else.

It also names what a restored server may have forgotten: the lineage's first number, and the key that the number signs with.
"""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import timedelta

from pwa.domain.crypto import keyring

LIFETIME = timedelta(days=180)
PARTS = 5


@dataclass(frozen=True)
class Claims:
    """What a cookie says of a number. `first` is None in a cookie of the old form; `key` is the SHA-256 of the public point, or ""."""

    device: uuid.UUID
    first: uuid.UUID | None = None
    key: str = ""
    from_seq: int = 0


def write(claims, *, at):
    """The cookie's text: device, seconds of 1970, first number, key and its first line, and our signature, with dots between."""
    first = claims.first or claims.device
    text = f"{claims.device}.{int(at.timestamp())}.{first}.{claims.key}.{claims.from_seq}"
    return f"{text}.{_signature(text)}"


def read(text, *, at):
    """Claims, or None when the text is forged, malformed or older than 180 days. The old form, device and time only, goes on being read."""
    head, _, signature = (text or "").rpartition(".")
    if not hmac.compare_digest(_signature(head).encode(), signature.encode(errors="replace")):
        return None
    device, issued, *rest = head.split(".")
    if not issued.isdigit() or at.timestamp() - int(issued) > LIFETIME.total_seconds():
        return None
    if len(rest) != PARTS - 2:
        return Claims(uuid.UUID(device)) if not rest else None
    first, key, from_seq = rest
    return Claims(uuid.UUID(device), uuid.UUID(first), key, int(from_seq))


def _signature(text):
    return hmac.new(keyring.ring.secret, b"device|" + text.encode(errors="replace"), hashlib.sha256).hexdigest()
