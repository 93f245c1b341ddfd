"""What a member's correction may set: one value, never a membership or a consent, and only one that the form would take."""

from pwa.domain import N_, Refusal, kinds
from pwa.domain.kinds import forms
from pwa.domain.register import payloads

NEVER = {"people.*.membership", "people.*.consent.health", "people.*.gone"}


def must_be_possible(one, record, changes):
    """Refuses the approval of one (submissions.Opened) whose change the record could not carry."""
    if not record.applied:
        raise Refusal(N_("This household is not in the register."))
    for change in changes:
        if kinds.generic(change.path) in NEVER or not _is_field(change.path):
            raise Refusal(N_("This value cannot be set by a correction. Visit the house and record it anew."))
        wished = payloads.unflatten(record.plain() | {change.path: change.entry})
        for path, sentence in forms.problems(forms.newest(kinds.RECORD.name), wished):
            if path == change.path:
                raise Refusal(sentence, field=path)


def _is_field(path):
    """Whether the path names one value of the record, not a section of it."""
    below = f"{kinds.generic(path)}."
    return bool(kinds.label(path)) and not any(name.startswith(below) for name in kinds.RECORD.labels)
