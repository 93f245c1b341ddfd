"""What one entry says beside a record of the register: three values meet at each path, base (the register when the visit
began), register (now) and entry. Only what the entry changed is a change; a kit's form is silent about what it could not show.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from pwa.domain.register import payloads

NOT_ASKED = {"refused", "absent"}
ANEW = ("visit.", "respondent.")
ABOUT_THE_VISIT = ("visit.", "respondent.", "notice.")
OWN_SECTIONS = ("application", "passbook", "consent", "health")


@dataclass(frozen=True)
class Value:
    """What the register holds at a path, and the row id of the entry that it came from."""

    value: object
    entry: int


@dataclass(frozen=True)
class Change:
    """A field that the entry changes: its three values. None means that there is none."""

    path: str
    base: object
    register: Value | None
    entry: object

    @property
    def now(self):
        return self.register.value if self.register else None

    @property
    def is_asked(self):
        """The register moved meanwhile, to something else: a person has to choose."""
        return self.now != self.base and not _is_about_visit(self.path)


@dataclass(frozen=True)
class Submission:
    """What one entry says: of a kind that the register does not fold, nothing to it. `payload` is None when the entry was erased.

    `moves` when it names its place itself; `shown` are the paths that the form had to show, None when it was the whole record.
    """

    is_visit: ClassVar = False
    """Whether somebody was there, and asked about the whole house."""

    entry: int
    kind: str
    subject: object
    place: str
    recorded_at: str
    received_at: datetime
    base: int | None
    payload: dict | None
    moves: bool = True
    author: object = None
    shown: frozenset | None = None

    @cached_property
    def values(self):
        """{path: value} that it says of the record."""
        return {}

    @cached_property
    def people(self):
        """{payload's person id: {path below the person: value}} of those whom it lists."""
        return {}

    @property
    def makes_version(self):
        """Whether an approval lets something of it into the record."""
        return self.is_visit or bool(self.values)

    def is_silent(self, path, base):
        """Whether a value's absence leaves it as it was, instead of clearing it."""
        return True

    def is_about(self, path):
        """Whether its silence about a path means that there is nothing: the visit is always asked anew."""
        return self.shown is None or path in self.shown or path.startswith(ANEW) or path.endswith(".present")

    def began_with(self, record):
        """The register at the version that it began with, as {path: value}.

        Version 0 is a house that the author had recorded but nobody had checked yet: the visit began with their own words.
        """
        began = self.base or 0
        if self.base == 0 and self.author:
            began = record.made.get(self.author, 0)
        versions = [version for version in record.past if version <= began]
        return record.past[max(versions)] if versions else {}


class Visit(Submission):
    """The form of the whole household, as it was filled in at the door."""

    is_visit = True

    @cached_property
    def values(self):
        """Health only with the consent of the same form."""
        said = payloads.flatten(self.payload)
        return {path: value for path, value in said.items() if not is_health(path) or consents(said, path)}

    @cached_property
    def people(self):
        return payloads.by_person(self.values)

    def is_silent(self, path, base):
        """Rules: nobody was asked (refused, absent); pictures stay; a person who is not in the form stays, as does a section of
        theirs that was not opened; health is only spoken about together with its consent; an ID number is not typed again; nor
        is what the form did not show, except a number of a card that turned out to be none.
        """
        said = self.values
        if (said.get("visit.outcome") in NOT_ASKED and not _is_about_visit(path)) or path.startswith("evidence."):
            return True
        person = payloads.person_of(path)
        if person is None:
            return not self.is_about(path)
        own = payloads.of_person(said, person)
        section = path.split(".")[2]
        if section in OWN_SECTIONS:
            spoken = "consent" if section == "health" else section
            return not any(name.startswith(f"{spoken}.") for name in own)
        if section == "id_number" and own.get("id_kind") == base.get(f"people.{person}.id_kind"):
            return True
        if not self.is_about(path):
            return section != "id_number" or "id_kind" not in own
        return not own


class Proposal(Submission):
    """What a member says is wrong: the one value that they propose, if any."""

    @cached_property
    def values(self):
        proposed = self.payload.get("proposed")
        return {} if proposed in (None, "", []) else {self.payload["path"]: proposed}

    def began_with(self, record):
        """Without a version it answers what is there now."""
        return record.plain() if self.base is None else super().began_with(record)


FOLDED = {"household": Visit, "correction": Proposal}
"""The kinds that the register is folded from, and how each speaks; all others are decided about and change no record."""


def changes(record, submission, base=None):
    """What the entry changes, in the order of its form, then what it clears.

    Of a house or a person whom a counter-decision took out of the register, the entry says everything anew.
    """
    said = submission.values
    base = submission.began_with(record) if base is None else base
    if base:
        there = {payloads.person_of(path) for path in record.values}
        base = {path: value for path, value in base.items() if payloads.person_of(path) in there}
    found = []
    for path in dict.fromkeys([*said, *base]):
        new, before, held = said.get(path), base.get(path), record.values.get(path)
        if new is None and submission.is_silent(path, base):
            continue
        if not submission.is_about(path) and _is_less_exact(path, new, before, held):
            continue
        if new not in (before, held.value if held else None):
            found.append(Change(path, before, held, new))
    return found


def _is_less_exact(path, new, before, held):
    """A year of birth beside the full date that the form could not show says nothing new."""
    known = (before, held.value if held else None)
    return path.endswith(".birth_date") and any(isinstance(one, str) and one.startswith(str(new)) for one in known)


def _is_about_visit(path):
    parts = path.split(".")
    return path.startswith(ABOUT_THE_VISIT) or (parts[0] == "people" and parts[2:] == ["present"])


def is_health(path):
    return payloads.is_health(path) and path.split(".")[2] == "health"


def consents(said, path):
    return said.get(f"people.{path.split('.')[1]}.consent.health") is True
