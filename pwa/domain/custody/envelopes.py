"""Reading one line from a phone: what makes it an envelope at all, and what makes it a good one."""

import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field
from functools import lru_cache

from pwa.domain.crypto import keyring, sealing, signatures
from pwa.domain.custody import clocks
from pwa.domain.kinds import forms

MOST_BYTES = 128 * 1024
LAST_SEAT = 2**31 - 1
VERSIONS = (1, 2)
A_HASH = re.compile("[0-9a-f]{64}").fullmatch
PLAIN_FIELDS = {"kind", "form", "subject", "place", "recorded_at", "base", "replaces", "clock_ms", "payload", "blobs"}


class NotAnEnvelope(Exception):
    """The line has no id, device and seat by which it could be taken into custody."""


@dataclass
class Envelope:
    """A line with its seat. `fault` is the typed reason why it cannot be received as it is ("" = none found yet).

    `names` are author, device and id as they stand in what is sealed, signed and bound: written once, because it is asked ten times.
    `content` is what the plaintext says but for its payload, and `sealed` is let go once opened: many lines wait at one time.
    `signature` and what it covers are only read here; whose key they hold by is known to the database.
    """

    line: bytes
    sha256: str
    id: uuid.UUID
    device: uuid.UUID
    seq: int
    author: uuid.UUID | None
    names: tuple[str, str, str]
    prev: str = ""
    kid: str = ""
    version: int = 1
    signature: str = ""
    sealed: bytes = b""
    sealed_sha256: str = ""
    fault: str = ""
    plaintext: bytes = b""
    content: dict = field(default_factory=dict)
    fund: str = ""
    """The code of the fund whose money it is, where its payload names one."""

    @property
    def subject(self):
        """Whom or what it is about; only of an envelope with content."""
        return _uuid(self.content["subject"])

    @property
    def replaces(self):
        """The id of the entry whose place it takes, or None."""
        return _uuid(self.content.get("replaces"))

    def bound(self, what):
        """What a sealed part of it is tied to in custody."""
        return sealing.bound(self.names[-1], self.sha256, what)

    @property
    def signed_text(self):
        """What the phone signs (protocol, "Signed by the phone")."""
        author, device, entry_id = self.names
        return signatures.signed_text(author, device, self.seq, entry_id, self.prev, self.kid, self.sealed_sha256)

    def is_twin_of(self, other):
        """Whether both say the same in every signed field; the spaces of a line are no part of what it says."""
        return self.fault != "bad_envelope" and self.signed_text == other.signed_text


def read(line):
    """An Envelope of the line's bytes. Raises NotAnEnvelope; every lesser fault is only noted, so that custody is never refused."""
    if len(line) > MOST_BYTES:
        raise NotAnEnvelope("too long")
    try:
        outer = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise NotAnEnvelope("no JSON") from problem
    if not isinstance(outer, dict) or type(outer.get("v")) is not int or outer["v"] not in VERSIONS:
        raise NotAnEnvelope("no envelope")
    entry_id, device, seq = _uuid(outer.get("id")), _uuid(outer.get("device")), outer.get("seq")
    if entry_id is None or device is None or type(seq) is not int or not 1 <= seq <= LAST_SEAT:
        raise NotAnEnvelope("no id, device or seq")
    author = _uuid(outer.get("author"))
    names = str(author), str(device), str(entry_id)
    envelope = Envelope(line, hashlib.sha256(line).hexdigest(), entry_id, device, seq, author, names)
    _read_rest(envelope, outer)
    return envelope


def open_envelope(envelope, *, at):
    """Unseal and read the plaintext; notes unknown_key, unsealable, unknown_form, form_retired or bad_payload when it cannot."""
    if envelope.fault:
        return
    author, device, entry_id = envelope.names
    try:
        info = sealing.entry_info(author, device, envelope.seq, entry_id)
        envelope.plaintext = sealing.open_sealed(envelope.kid, envelope.sealed, info)
        envelope.sealed = b""
    except sealing.UnknownKey:
        envelope.fault = "unknown_key"
        return
    except sealing.Unsealable:
        envelope.fault = "unsealable"
        return
    envelope.fault = _read_plaintext(envelope, at)


def _read_rest(envelope, outer):
    prev, kid = outer.get("prev"), outer.get("kid")
    envelope.prev = prev if _is_word(prev) else ""
    envelope.kid = kid if _is_word(kid) else ""
    envelope.version, signature = outer["v"], outer.get("sig")
    envelope.signature = signature if envelope.version == 2 and isinstance(signature, str) else ""
    try:
        envelope.sealed = keyring.unb64url(outer["enc"]) + keyring.unb64url(outer["ct"])
        envelope.sealed_sha256 = hashlib.sha256(envelope.sealed).hexdigest()
    except (KeyError, TypeError, ValueError, AttributeError):
        envelope.fault = "bad_envelope"
    good_prev = prev == "" or (isinstance(prev, str) and A_HASH(prev))
    author, device, entry_id = envelope.names
    lower_case = outer["id"] == entry_id and outer["device"] == device
    is_signed = envelope.version == 1 or isinstance(signature, str)
    if not is_signed or not good_prev or not isinstance(kid, str) or not lower_case:
        envelope.fault = "bad_envelope"
    elif envelope.author is None or outer["author"] != author:
        envelope.fault = "unknown_author"


def _read_plaintext(envelope, at):
    try:
        text = envelope.plaintext.decode()
        content = json.loads(text)
    except (ValueError, RecursionError):
        return "bad_payload"
    if ill_part(content):
        return "bad_payload"
    payload = content.pop("payload")
    envelope.content = content
    envelope.fund = _fund_of(payload)
    if not forms.known(content["form"]) or forms.kind_of(content["form"]) != content["kind"]:
        return "unknown_form"
    if forms.retired(content["form"], at.date()):
        return "form_retired"
    on = forms.day_of(content["recorded_at"], at.date())
    return "bad_payload" if forms.problems(content["form"], payload, on, text) else ""


def _fund_of(payload):
    named = payload.get("fund") if isinstance(payload, dict) else None
    return named if isinstance(named, str) else ""


def ill_part(content):
    """The name of the first part of a plaintext, other than what the payload says, that no app of ours writes; "" for none."""
    if not isinstance(content, dict):
        return "plaintext"
    for name in ("kind", "form", "recorded_at"):
        if not _is_word(content.get(name)):
            return name
    for name, is_good in PARTS.items():
        if not is_good(content.get(name)):
            return name
    return next((name for name in content if name not in PLAIN_FIELDS), "")


def _is_base(base):
    if base is None:
        return True
    return isinstance(base, dict) and type(base.get("version")) is int and 0 <= base["version"] <= LAST_SEAT


def _is_word(value):
    """A short text that every database can keep."""
    return isinstance(value, str) and len(value) <= 64 and value.isprintable()


def _listed(value):
    return value if isinstance(value, list) and len(value) <= 200 else ([None] if value is not None else [])


def _is_blob(blob):
    return isinstance(blob, dict) and all(_is_word(blob.get(name)) for name in ("sha256", "kid", "role", "type"))


def _uuid(value):
    return _read_uuid(value) if isinstance(value, str) and len(value) == 36 else None


@lru_cache(1024)
def _read_uuid(text):
    try:
        value = uuid.UUID(text)
    except ValueError:
        return None
    return value if text.lower() == str(value) else None


PARTS = {
    "subject": lambda value: _uuid(value) is not None,
    "payload": lambda value: isinstance(value, dict),
    "base": _is_base,
    "replaces": lambda value: value is None or _uuid(value) is not None,
    "place": lambda value: value is None or _is_word(value),
    "clock_ms": clocks.is_known_ahead,
    "blobs": lambda value: all(_is_blob(blob) for blob in _listed(value)),
}
