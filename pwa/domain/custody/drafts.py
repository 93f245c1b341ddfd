"""Unfinished forms in custody: readable by their author alone, checked by nobody, offered back until they are finished."""

from db.memory import Memory
from db.models import Entry, Opening
from pwa.domain import kinds
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import entries
from pwa.domain.kinds import forms
from pwa.domain.text import characters

KIND = kinds.draft.KIND.name
_kinds = Memory()


def finished(rows, author):
    """Row ids of those drafts whose form the author has recorded since about the same subject: nothing of them is left to do."""
    openings = list(Opening.select(Opening.entry, Opening.subject).where(Opening.entry.in_(list(rows))))
    subjects = {opening.subject for opening in openings}
    recorded = (
        Opening.select(Opening.entry, Opening.subject, Opening.kind)
        .join(Entry)
        .where(Entry.author == author, Opening.subject.in_(list(subjects)), Opening.kind != KIND)
    )
    last = {}
    for opening in recorded:
        later = last.setdefault(opening.subject, {})
        later[opening.kind] = max(opening.entry_id, later.get(opening.kind, 0))
    begun = [draft for draft in openings if any(row > draft.entry_id for row in last.get(draft.subject, {}).values())]
    return {draft.entry_id for draft in begun if _is_done(draft, _kind(rows[draft.entry_id]), last[draft.subject])}


def _is_done(draft, kind, later):
    """Whether a later entry is of the kind that was begun; an erased draft is nobody's business any more."""
    return kind == "" or later.get(kind, 0) > draft.entry_id


def _kind(row):
    """The kind of the form that was begun, which only the sealed draft says; "" when that was erased. It never changes."""
    known = _kinds()
    if row.id not in known:
        try:
            known[row.id] = forms.kind_of(str(entries.plaintext(row)["payload"].get("form")))
        except entries.Erased:
            known[row.id] = ""
    return known[row.id]


def opened(plaintext, author):
    """The plaintext with what was filled in as `values`, also where the phone had sealed it at every letter.

    `values` stays away when the seal does not open.
    """
    payload = dict(plaintext["payload"])
    sealed = payload.pop("sealed", None)
    if sealed and "values" not in payload:
        kid, enc, ct = sealed.split(".")
        try:
            inner = sealing.open_sealed(kid, keyring.unb64url(enc) + keyring.unb64url(ct), sealing.draft_info(author))
            payload["values"] = characters.read(inner)
        except (sealing.UnknownKey, sealing.Unsealable, ValueError, RecursionError):
            return plaintext | {"payload": payload}
    return plaintext | {"payload": payload}
