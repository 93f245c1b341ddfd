"""Why a line is received, or quarantined for a person to decide: who wrote it, who carried it, and whether they may."""

import uuid
from dataclasses import dataclass

from db.models import Account, Approval, Entry, Household, Opening, Person, Unit
from db.statements import Prepared
from pwa.domain.field import devices, replacements, states
from pwa.domain.people import sessions
from pwa.domain.places import units

FIELD_ROLES = ("volunteer", "zone_leader", "registrar")

_account = Prepared(lambda author: Account.select(Account.person, Unit.code).join(Unit).where(Account.id == author))
_unit = Prepared(lambda code: Unit.select(Unit.id).where(Unit.code == code)).value
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


@dataclass
class Author:
    """Who says to have written a line: their person in the register, the code of their own unit, where they may record."""

    is_known: bool
    person: object
    home: str
    granted_on: set
    reach: set | None = None


STRANGER = Author(False, None, "", frozenset())


@dataclass
class Verdict:
    transport: str
    reason: str
    place: str


class Judge:
    """Judges the lines of some batches; asks the database once for each author and phone."""

    def __init__(self, known):
        self._ids = {entry_id for entry_id, _ in known}
        self._uses, self._revoked, self._authors, self._units, self._tree = {}, {}, {}, {}, None

    def verdict(self, envelope, *, taken, sender, imported_by):
        transport = self._transport(envelope, sender, imported_by)
        reason = self._reason(envelope, transport, taken, sender)
        self._ids.add(envelope.id)
        return Verdict(transport, reason, self.place(envelope))

    def place(self, envelope):
        """The unit code that the entry belongs to: as named, else the author's own unit; "" when nothing is known.

        A draft belongs to nobody but its author, and so to no place.
        """
        if not envelope.content or envelope.content["kind"] == "draft":
            return ""
        if envelope.content["kind"] == "correction" and (home := self._home(envelope)):
            return home.place.code
        return envelope.content.get("place") or self._author(envelope.author).home

    def _transport(self, envelope, sender, imported_by):
        if envelope.author is None or not self._was_on(envelope.author, envelope.device):
            return "unproved"
        return "proved" if sender == envelope.device and imported_by is None else "carried"

    def _reason(self, envelope, transport, taken, sender):
        """The first typed reason that applies; "" when it is received."""
        author = self._author(envelope.author)
        if envelope.id in self._ids:
            return "conflict"
        if taken:
            return "fork"
        if envelope.fault == "bad_envelope":
            return "bad_envelope"
        if not author.is_known:
            return "unknown_author"
        if self._is_revoked(sender) or self._is_revoked(envelope.device):
            return "revoked_device"
        if transport == "unproved":
            return "unproved"
        return envelope.fault or self._right(envelope, author) or self._replacing(envelope) or self._gone(envelope)

    def _right(self, envelope, author):
        """What a role or a place forbids; a draft is nothing yet, and anybody known may put theirs into custody."""
        if envelope.content["kind"] == "draft":
            return ""
        if envelope.content["kind"] == "correction":
            return "" if self._home(envelope) else "no_right"
        if not author.granted_on:
            return "no_role"
        return "" if self._unit(self.place(envelope)) in self._reach(author) else "no_right"

    def _replacing(self, envelope):
        replaced = envelope.content.get("replaces")
        return "" if not replaced or replacements.allowed(envelope.author, uuid.UUID(replaced)) else "replaces_other"

    def _gone(self, envelope):
        """A visit that began with what the register had of a house, which a counter-decision has taken out, and nothing of it is open."""
        began = (envelope.content.get("base") or {}).get("version")
        subject = uuid.UUID(envelope.content["subject"])
        if not began or _house(subject) or not _was_approved(subject) or _is_open(subject):
            return ""
        return "record_gone"

    def _home(self, envelope):
        """The author's own household, if that is what a correction is about."""
        person = self._author(envelope.author).person
        subject = uuid.UUID(envelope.content["subject"])
        if person is None:
            return None
        lives_there = Person.select().where(Person.id == person, Person.household == subject).exists()
        return Household.get_or_none(Household.id == subject) if lives_there else None

    def _author(self, author):
        if author not in self._authors:
            rows = _account(author) if author else []
            known = [Author(True, *row, units.granted_on(author, FIELD_ROLES)) for row in rows]
            self._authors[author] = known[0] if known else STRANGER
        return self._authors[author]

    def _reach(self, author):
        """The units on which the author's roles were granted, and all below."""
        if author.reach is None:
            self._tree = self._tree or units.children()
            author.reach = units.below(author.granted_on, self._tree)
        return author.reach

    def _unit(self, code):
        if code not in self._units:
            self._units[code] = _unit(code)
        return self._units[code]

    def _was_on(self, author, device):
        if (author, device) not in self._uses:
            self._uses[author, device] = sessions.was_on(author, device)
        return self._uses[author, device]

    def _is_revoked(self, device):
        if device not in self._revoked:
            self._revoked[device] = device is not None and devices.is_revoked(device)
        return self._revoked[device]
