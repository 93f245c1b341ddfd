"""Certificates of keys (`ombun-key@1`): the unit above says with its signature from which report on a key of a unit counts. Pure.

A note of one line of canonical JSON, an empty line and the signature of the unit above. In the header of a report, where no line can
end, the same stands as an object with the signature beside the rest.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pwa.domain.network import notes

FORMAT = "ombun-key@1"
SAID = ("from_seq", "key", "replaces", "revoked", "unit")
"""What a certificate says, beside its format."""


class Certificate(NamedTuple):
    """`key` of `unit` counts from the report `from_seq` on, in the place of `replaces` ("" for the first one), or never (`revoked`)."""

    unit: str
    key: str
    from_seq: int
    replaces: str
    revoked: bool
    signed: str

    @property
    def by(self) -> str:
        """The unit that signed it."""
        return notes.read_line(self.signed).unit

    @property
    def said(self) -> dict[str, Any]:
        return {"format": FORMAT} | {name: getattr(self, name) for name in SAID}

    @property
    def body(self) -> bytes:
        """The bytes that are signed."""
        return _line(self.said)

    @property
    def note(self) -> bytes:
        """The certificate as a file."""
        return self.body + b"\n" + self.signed.encode() + b"\n"

    @property
    def in_header(self) -> dict[str, Any]:
        return self.said | {"signed": self.signed}

    def signer(self, keys: Iterable[notes.Key]) -> notes.Key | None:
        """The one of these keys that signed it."""
        signature = notes.read_line(self.signed)
        return next((key for key in keys if key.holds(signature, self.body)), None)


def made(
    key: notes.Key, above: notes.Key, private: notes.Signer, *, replaces: str = "", revoked: bool = False
) -> Certificate:
    """The certificate of a key from its `from_seq` on, signed by the key of the unit above."""
    blank = Certificate(key.unit, key.text, key.from_seq, replaces, revoked, "")
    return blank._replace(signed=notes.line(above, private, blank.body))


def read(data: bytes) -> Certificate:
    """The certificate in a file. Raises ValueError for anything else."""
    said, gap, signed = data.decode().partition("\n\n")
    value = json.loads(said) if gap else None
    found = from_header(value | {"signed": signed.removesuffix("\n")}) if isinstance(value, dict) else None
    if found is None or found.note != data:
        raise ValueError("not a certificate")
    return found


def from_header(value: dict[str, Any]) -> Certificate:
    """The same out of a report's header. Raises ValueError."""
    if value.keys() != {"format", "signed", *SAID} or value["format"] != FORMAT:
        raise ValueError("not a certificate")
    texts = [value[name] for name in ("unit", "key", "replaces", "signed")]
    seq = value["from_seq"]
    if not all(isinstance(one, str) for one in texts) or type(seq) is not int or not 1 <= seq < 2**31:
        raise ValueError("not a certificate")
    named = [notes.read_key(one) for one in texts[1:3] if one]
    if type(value["revoked"]) is not bool or [one.text for one in named] != [one for one in texts[1:3] if one]:
        raise ValueError("not a certificate")
    if not texts[1] or any(one.unit != texts[0] for one in named):
        raise ValueError("not a certificate")
    notes.read_line(texts[3])
    return Certificate(texts[0], texts[1], seq, texts[2], value["revoked"], texts[3])


def fits(value: Any) -> bool:
    """Whether something of a header's `keys` is a key or a certificate."""
    try:
        if isinstance(value, dict):
            from_header(value)
        else:
            notes.read_key(value)
    except (ValueError, AttributeError):
        return False
    return True


def of_header(keys: Sequence[Any]) -> list[Certificate]:
    """The certificates among the `keys` of a header that fits."""
    return [from_header(one) for one in keys if isinstance(one, dict)]


def windows(keys: Sequence[notes.Key], replaced: dict[str, int], gone: Iterable[str] = ()) -> list[notes.Key]:
    """These keys without the ones that are `gone` (as vkeys), each with the number at which it ends: where another of its unit
    begins later, or where one begins that names it (`replaced`: {vkey: that number}).
    """
    gone, found = set(gone), []
    for key in keys:
        ends = [one.from_seq for one in keys if one.unit == key.unit and one.from_seq > key.from_seq]
        ends += [replaced[key.text]] if key.text in replaced else []
        ends += [key.until] if key.until is not None else []
        if key.text not in gone:
            found.append(key._replace(until=min(ends, default=None)))
    return found


def joined(
    keys: Sequence[notes.Key], certificates: Iterable[Certificate], revoked: Iterable[str] = ()
) -> list[notes.Key]:
    """The keys that count by these, which are trusted (but for the `revoked`), and by the certificates that a key in use of the unit
    above signed."""
    known, left = {key.text: key for key in keys}, list(certificates)
    replaced: dict[str, int] = {}
    gone = set(revoked)
    while True:
        current = windows(list(known.values()), replaced, gone)
        holding = [(one, above) for one in left if (above := one.signer(key for key in current if key.until is None))]
        if not holding:
            return current
        for certificate, above in holding:
            left.remove(certificate)
            _learn(certificate, above, known, replaced, gone)


def _learn(
    certificate: Certificate, above: notes.Key, known: dict[str, notes.Key], replaced: dict[str, int], gone: set[str]
) -> None:
    if certificate.revoked:
        gone.add(certificate.key)
        return
    key = notes.read_key(certificate.key)._replace(from_seq=certificate.from_seq, by=above.unit)
    known.setdefault(key.text, key)
    if certificate.replaces and certificate.replaces != certificate.key:
        replaced[certificate.replaces] = min(
            certificate.from_seq, replaced.get(certificate.replaces, certificate.from_seq)
        )


def _line(value: dict[str, Any]) -> bytes:
    return notes.canonical(value).encode() + b"\n"
