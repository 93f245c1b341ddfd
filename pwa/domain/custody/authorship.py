"""Who wrote a line: proved, carried, or nobody can say (protocol, "Author" and "Signed by the phone")."""

from dataclasses import dataclass
from datetime import timedelta

from db.models import DeviceUse
from pwa.domain.crypto import keyring, signatures
from pwa.domain.people import sessions, signing

TOLERANCE = timedelta(days=30)
"""So long after a key came, or after a restore, a page of before may still send lines without the signature that is due."""


@dataclass(frozen=True)
class Proof:
    """`signing` as Entry keeps it, `sits` whether the line takes its seat whatever else is wrong, `reason` the fault of its authorship."""

    transport: str
    signing: str | None
    sits: bool
    reason: str = ""


DESK = Proof("carried", None, True)
"""The desk's own lines are the server's."""


class Authorship:
    """Answers for the lines of some batches; asks the database once for each account and number."""

    def __init__(self, *, records_at, standing):
        """`records_at(account id, envelope)` says whether the account holds a recording role over the line's place; `standing`
        gives a number's signing.Standing."""
        self._records_at, self._standing = records_at, standing
        self._keys, self._uses, self._known = {}, {}, {}

    def of(self, envelope, *, sender, imported_by, signed_by, at):
        """The Proof of a line. `signed_by` is a key that its signature is known to hold by, if one was tried."""
        key = self._cached(self._keys, envelope.device, signing.key_of)
        own = sender == envelope.device and imported_by is None
        signed = _signing(envelope, key, own, signed_by)
        is_due = key is not None and envelope.seq >= key[1]
        sits = signed == "good" or (own and (not is_due or signed == "unsigned"))
        if not self._was_on(envelope.author, envelope.device) or signed == "bad":
            return Proof("unproved", signed, sits, "unproved")
        if signed == "unsigned" and at - _since(key) > TOLERANCE:
            return Proof("unproved", signed, sits, "unsigned")
        if self._is_past_its_end(envelope, signed, imported_by):
            return Proof("unproved", signed, sits, "unproved")
        if own:
            return Proof("proved", signed, True)
        if signed == "good" or imported_by is not None or self._may_carry(envelope, sender):
            return Proof("carried", signed, True)
        return Proof("unproved", signed, sits, "unproved")

    def _is_past_its_end(self, envelope, signed, imported_by):
        """Whether the phone had left this number before the line; where it could not say when, only its signature or an officer helps."""
        number = self._standing(envelope.device)
        if not number.is_left:
            return False
        if number.last is None:
            return signed != "good" and imported_by is None
        return envelope.seq > number.last

    def _may_carry(self, envelope, sender):
        """Who brings an unsigned line of another number: its author, or somebody who may record there."""
        if self._was_on(envelope.author, sender):
            return True
        there = self._cached(self._known, sender, _accounts_on)
        return any(self._records_at(account, envelope) for account in there)

    def _was_on(self, author, device):
        if author is None or device is None:
            return False
        return self._cached(self._uses, (author, device), lambda pair: sessions.was_on(*pair))

    @staticmethod
    def _cached(memory, key, ask):
        if key not in memory:
            memory[key] = ask(key)
        return memory[key]


def is_by(public_key, envelope):
    """Whether the line is signed by this key."""
    return envelope.version == 2 and signatures.holds(public_key, envelope.signed_text, envelope.signature)


def _signing(envelope, key, own, signed_by):
    if key is None:
        return "unknown" if envelope.version == 2 else None
    public_key, from_seq, _ = key
    if envelope.version == 2 and (signed_by == public_key or is_by(public_key, envelope)):
        return "good"
    if envelope.seq < from_seq:
        return None
    return "unsigned" if envelope.version == 1 and own else "bad"


def _since(key):
    """When the key came, or this server was last restored: since then a phone knows that it is to sign."""
    return max(key[2], keyring.newest("receipt").created_at)


def _accounts_on(device):
    return [account for (account,) in DeviceUse.select(DeviceUse.account).where(DeviceUse.device == device).tuples()]
