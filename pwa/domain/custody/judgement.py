"""Why a line is received, or quarantined for a person to decide: who wrote it, who carried it, and whether they may."""

import uuid
from dataclasses import dataclass

from db.models import Account, Approval, Entry, Household, Opening, Person, Unit
from db.statements import Prepared
from pwa.domain import kinds
from pwa.domain.custody import authorship, clocks, collectors, replacements, states
from pwa.domain.people import roles, signing
from pwa.domain.places import units
from pwa.domain.text.dates import BANGKOK

FIELD_ROLES = kinds.RECORD.recorders
RECORDING_ROLES = roles.may("send")
"""Whoever may record an entry of any kind."""

_account = Prepared(lambda author: Account.select(Account.person, Unit.code).join(Unit).where(Account.id == author))
_house = Prepared(lambda subject: Household.select(Household.id).where(Household.id == subject)).value
_was_approved = Prepared(
    lambda subject: (
        Approval.select(Approval.id)
        .join(Opening, on=Opening.entry == Approval.entry)
        .where(Opening.subject == subject)
        .limit(1)
    )
).value
_is_open = Prepared(
    lambda subject: (
        Entry.select(Entry.id).join(Opening).where(Opening.subject == subject, *states.open_still()).limit(1)
    )
).value


@dataclass(frozen=True)
class Author:
    """Who says to have written a line: their person in the register, and the code of their own unit."""

    is_known: bool
    person: object
    home: str


STRANGER = Author(False, None, "")


@dataclass(frozen=True)
class Sent:
    """How lines came: with whose cookie (None: in a file), when, brought in by which officer, or written by the desk itself."""

    sender: uuid.UUID | None
    at: object
    imported_by: uuid.UUID | None = None
    is_desk: bool = False


@dataclass
class Verdict:
    """`reason` is why it is quarantined, "" when it is received; `sits` whether it takes its seat."""

    proof: authorship.Proof
    reason: str
    place: str
    sits: bool


class Claim:
    """What its kind asks of a line (kinds.kind.Claim)."""

    def __init__(self, judge, envelope):
        self._judge, self._envelope = judge, envelope
        self.named = envelope.content.get("place") or ""

    @property
    def home(self):
        return self._judge.author(self._envelope.author).home

    @property
    def roles(self):
        return self._judge.granted(self._envelope.author, kinds.of(self._envelope.content["kind"]).recorders)

    @property
    def own_house(self):
        home = self._judge.home(self._envelope)
        return home and home.place.code

    def reaches(self, code):
        return self._judge.reaches(self.roles, code)

    def collects(self):
        return self._judge.collects(self._envelope)


class Judge:
    """Judges the lines of some batches; asks the database once for each author and phone. `held` are ids that a line holds already."""

    def __init__(self, held=()):
        self._ids = set(held)
        self._standings, self._authors, self._granted, self._above, self._collecting = {}, {}, {}, {}, {}
        self._at = None
        self._authorship = authorship.Authorship(records_at=self._records_at, standing=self._standing)

    def verdict(self, envelope, *, table, sent, signed_by=None, entry=None):
        """`table` are the seats around, `sent` says how it came; `entry` is the row that the line has already, if it has one."""
        self._at = sent.at
        proof = self._proof(envelope, sent, signed_by)
        there = {"is_signed": proof.signing == "good", "entry": entry}
        taken, far = table.is_taken(envelope, **there), table.is_too_far(envelope)
        reason = self._reason(envelope, proof, sent.sender, taken=taken, far=far)
        if proof.transport != "unproved":
            self._ids.add(envelope.id)
        return Verdict(proof, reason, self.place(envelope), proof.sits and not taken and not far)

    def _proof(self, envelope, sent, signed_by):
        if sent.is_desk:
            return authorship.DESK
        facts = {"sender": sent.sender, "imported_by": sent.imported_by, "at": sent.at}
        return self._authorship.of(envelope, signed_by=signed_by, **facts)

    def place(self, envelope):
        """The unit code that the entry belongs to, as its kind says; "" when nothing is known."""
        return kinds.of(envelope.content["kind"]).place(Claim(self, envelope)) if envelope.content else ""

    def _reason(self, envelope, proof, sender, *, taken, far):
        """The first typed reason that applies; "" when it is received. What nobody vouches for holds neither id nor seat."""
        author = self.author(envelope.author)
        if proof.transport != "unproved" and envelope.id in self._ids:
            return "conflict"
        if proof.sits and (taken or far):
            return "fork" if taken else "too_far"
        if envelope.fault == "bad_envelope":
            return "bad_envelope"
        if not author.is_known:
            return "unknown_author"
        if self._standing(sender).is_revoked or self._standing(envelope.device).is_revoked:
            return "revoked_device"
        return (
            proof.reason or envelope.fault or self._right(envelope) or self._replacing(envelope) or self._gone(envelope)
        )

    def _records_at(self, account, envelope):
        """Whether an account may record where this line belongs, or, of a kind that takes no role, in its author's unit."""
        if not envelope.content:
            return False
        is_authors = kinds.of(envelope.content["kind"]).carried_to == "author"
        code = self.author(envelope.author).home if is_authors else self.place(envelope)
        return self.reaches(self.granted(account, RECORDING_ROLES), code)

    def _right(self, envelope):
        """What a role or a place forbids."""
        return kinds.of(envelope.content["kind"]).refusal(Claim(self, envelope))

    def _replacing(self, envelope):
        replaced = envelope.replaces
        return "" if not replaced or replacements.allowed(envelope.author, replaced) else "replaces_other"

    def _gone(self, envelope):
        """A visit that began with what the register had of a house, which a counter-decision has taken out, and nothing of it is open."""
        has_base = kinds.of(envelope.content["kind"]).has_base
        began = has_base and (envelope.content.get("base") or {}).get("version")
        subject = envelope.subject
        if not began or _house(subject) or not _was_approved(subject) or _is_open(subject):
            return ""
        return "record_gone"

    def home(self, envelope):
        """The author's own household, if that is what the line is about."""
        person, subject = self.author(envelope.author).person, envelope.subject
        if person is None:
            return None
        lives_there = Person.select().where(Person.id == person, Person.household == subject).exists()
        return Household.get_or_none(Household.id == subject) if lives_there else None

    def author(self, author):
        if author not in self._authors:
            rows = _account(author) if author else []
            known = [Author(True, *row) for row in rows]
            self._authors[author] = known[0] if known else STRANGER
        return self._authors[author]

    def granted(self, author, roles):
        """The units on which an account holds one of these roles."""
        if (author, roles) not in self._granted:
            self._granted[author, roles] = (
                frozenset(units.granted_on(author, roles)) if author and roles else frozenset()
            )
        return self._granted[author, roles]

    def reaches(self, granted_on, code):
        """Whether a place is one of these units, or below them."""
        if code not in self._above:
            self._above[code] = units.lineage(code)
        return not granted_on.isdisjoint(self._above[code])

    def collects(self, envelope):
        """Whether the author may take money, on the day of recording, for the fund that the payload names."""
        content = envelope.content
        ahead = content.get("clock_ms")
        on = clocks.happened(content["recorded_at"], ahead_ms=ahead, received_at=self._at).astimezone(BANGKOK).date()
        key = envelope.author, envelope.fund, on
        if key not in self._collecting:
            self._collecting[key] = collectors.may(*key)
        return self._collecting[key]

    def _standing(self, device):
        if device not in self._standings:
            self._standings[device] = signing.Standing() if device is None else signing.standing(device)
        return self._standings[device]
