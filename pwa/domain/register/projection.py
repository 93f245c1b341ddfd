"""The register as a pure fold over approved entries in the order of their versions: the same entries always give the same register.

An entry's payload is the whole form as filled in. Three values meet at each path: base (the register when the visit began),
register (now) and entry. Only what the entry changed moves; a change never overwrites another one silently. A form that was
filled in from a phone's kit names in its base what it had to show; about the rest its silence says nothing. A counter-decision
takes an entry out again: the others are folded anew without it, and a version that was once made keeps its meaning for ever.
"""

from dataclasses import dataclass, field

from pwa.domain.register.three_way_merge import FOLDED, Change, Submission, Value, changes, consents, is_health

__all__ = ["FOLDED", "Change", "Record", "Submission", "Undoing", "Value", "changes", "project", "undo"]


@dataclass(frozen=True)
class Undoing:
    """A counter-decision about the approval of an entry."""

    subject: object
    entry: int


@dataclass(frozen=True)
class Applied:
    """An entry that stands in the record: what it says, what its visit began with, and what was chosen when it came in."""

    submission: Submission
    base: dict | None
    choices: dict


@dataclass
class Record:
    """One household as the approved entries make it. `past` holds its values at each version, for base values; `made` the
    latest version that each author made."""

    place: str = ""
    version: int = 0
    visited_at: str = ""
    values: dict = field(default_factory=dict)
    past: dict = field(default_factory=dict)
    made: dict = field(default_factory=dict)
    received: dict = field(default_factory=dict)
    named_at: dict = field(default_factory=dict)
    met: set = field(default_factory=set)
    applied: list = field(default_factory=list)

    def get(self, path):
        held = self.values.get(path)
        return held.value if held else None

    def plain(self):
        return {path: held.value for path, held in self.values.items()}


def project(state, decided):
    """Fold (submission or Undoing, version, choices) in the order of versions into {subject: Record}; returns the state."""
    for said, version, choices in decided:
        record = state.setdefault(said.subject, Record())
        if isinstance(said, Undoing):
            undo(record, said.entry, version)
        else:
            apply(record, said, version, choices)
    return state


def apply(record, submission, version, choices):
    """One approved entry. A field that is asked and for which nobody chose stays as the register has it."""
    base = None if submission.base is None and not submission.is_visit else submission.began_with(record)
    if submission.payload is not None:
        asked = {change.path: "register" for change in changes(record, submission, base) if change.is_asked}
        choices = asked | choices
        if submission.is_visit:
            record.made[submission.author] = version
    _stand(record, Applied(submission, base, choices))
    record.version = version
    record.past[version] = record.plain()


def undo(record, entry, version):
    """The record without this entry. What came after keeps the base that it saw and the choices that were made for it."""
    again = Record(past=record.past, made=record.made)
    for one in record.applied:
        if one.submission.entry != entry:
            _stand(again, one)
    vars(record).update(vars(again))
    record.version = version
    record.past[version] = record.plain()


def _stand(record, one):
    submission = one.submission
    record.applied.append(one)
    record.place = record.place or submission.place
    record.received[submission.entry] = submission.received_at
    if submission.payload is None:
        return
    for change in changes(record, submission, one.base):
        _take(record, change, one.choices.get(change.path, "entry"), submission.entry)
    if submission.is_visit:
        _visit(record, submission)
    _forget_without_consent(record)


def _take(record, change, choice, entry):
    value = {"entry": change.entry, "base": change.base, "register": change.now}[choice]
    if value == change.now:
        return
    if value is None:
        record.values.pop(change.path, None)
    else:
        record.values[change.path] = Value(value, entry)


def _visit(record, submission):
    if submission.moves or not record.place:
        record.place = submission.place
    record.visited_at = submission.recorded_at
    for person, own in submission.people.items():
        record.named_at.setdefault(person, submission.received_at)
        if own.get("present") is True or submission.values.get("respondent.person") == person:
            record.met.add(person)


def _forget_without_consent(record):
    """Withdrawn consent removes what it allowed (PDPA s.19, s.26)."""
    plain = record.plain()
    for path in plain:
        if is_health(path) and not consents(plain, path):
            del record.values[path]
