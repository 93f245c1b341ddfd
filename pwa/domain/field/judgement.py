"""Why a line is received, or quarantined for a person to decide: who wrote it, who carried it, and whether they may."""

import uuid
from dataclasses import dataclass

from db.models import Account, Household, Person, Unit
from pwa.domain.field import devices, replacements
from pwa.domain.people import sessions
from pwa.domain.places import units

FIELD_ROLES = ("volunteer", "zone_leader", "registrar")


@dataclass
class Verdict:
    transport: str
    reason: str
    place: str


class Judge:
    """Judges the lines of one batch; asks the database once for each author and phone."""

    def __init__(self, batch, known, *, sender, imported_by):
        self.sender, self.imported_by = sender, imported_by
        self._ids = {entry_id for entry_id, _ in known}
        self._uses, self._revoked, self._authors, self._units = {}, {}, {}, {}

    def verdict(self, envelope, *, taken):
        transport = self._transport(envelope)
        reason = self._reason(envelope, transport, taken)
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
        account = self._author(envelope.author)[0]
        return envelope.content.get("place") or (account.unit.code if account else "")

    def _transport(self, envelope):
        if envelope.author is None or not self._was_on(envelope.author, envelope.device):
            return "unproved"
        return "proved" if self.sender == envelope.device and self.imported_by is None else "carried"

    def _reason(self, envelope, transport, taken):
        """The first typed reason that applies; "" when it is received."""
        account, reach, roles = self._author(envelope.author)
        if envelope.id in self._ids:
            return "conflict"
        if taken:
            return "fork"
        if envelope.fault == "bad_envelope":
            return "bad_envelope"
        if account is None:
            return "unknown_author"
        if self._is_revoked(self.sender) or self._is_revoked(envelope.device):
            return "revoked_device"
        if transport == "unproved":
            return "unproved"
        return envelope.fault or self._right(envelope, reach, roles) or self._replacing(envelope)

    def _right(self, envelope, reach, roles):
        """What a role or a place forbids; a draft is nothing yet, and anybody known may put theirs into custody."""
        if envelope.content["kind"] == "draft":
            return ""
        if envelope.content["kind"] == "correction":
            return "" if self._home(envelope) else "no_right"
        if not roles & set(FIELD_ROLES):
            return "no_role"
        return "" if self._unit(self.place(envelope)) in reach else "no_right"

    def _replacing(self, envelope):
        replaced = envelope.content.get("replaces")
        return "" if not replaced or replacements.allowed(envelope.author, uuid.UUID(replaced)) else "replaces_other"

    def _home(self, envelope):
        """The author's own household, if that is what a correction is about."""
        account = self._author(envelope.author)[0]
        subject = uuid.UUID(envelope.content["subject"])
        if account is None or account.person is None:
            return None
        lives_there = Person.select().where(Person.id == account.person, Person.household == subject).exists()
        return Household.get_or_none(Household.id == subject) if lives_there else None

    def _author(self, author):
        if author not in self._authors:
            account = Account.get_or_none(Account.id == author) if author else None
            grants = units.grants(account, *FIELD_ROLES) if account else []
            reach = units.below({grant.unit_id for grant in grants})
            self._authors[author] = (account, reach, {grant.role for grant in grants})
        return self._authors[author]

    def _unit(self, code):
        if code not in self._units:
            self._units[code] = Unit.select(Unit.id).where(Unit.code == code).scalar()
        return self._units[code]

    def _was_on(self, author, device):
        if (author, device) not in self._uses:
            self._uses[author, device] = sessions.was_on(author, device)
        return self._uses[author, device]

    def _is_revoked(self, device):
        if device not in self._revoked:
            self._revoked[device] = device is not None and devices.is_revoked(device)
        return self._revoked[device]
