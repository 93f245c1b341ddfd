"""Unfinished forms in custody: readable by their author alone, checked by nobody, offered back until they are finished."""

from db.models import Entry, Opening
from pwa.domain import texts
from pwa.domain.field import keys, sealing

KIND = "draft"


def finished(rows, author):
    """Row ids of those drafts whose subject the author has recorded since: nothing of them is left to do."""
    openings = list(Opening.select(Opening.entry, Opening.subject).where(Opening.entry.in_(list(rows))))
    subjects = {opening.subject for opening in openings}
    recorded = (
        Opening.select(Opening.entry, Opening.subject)
        .join(Entry)
        .where(Entry.author == author, Opening.subject.in_(list(subjects)), Opening.kind != KIND)
    )
    last = {}
    for opening in recorded:
        last[opening.subject] = max(opening.entry_id, last.get(opening.subject, 0))
    return {draft.entry_id for draft in openings if last.get(draft.subject, 0) > draft.entry_id}


def opened(plaintext, author):
    """The plaintext with what was filled in as `values`, also where the phone had sealed it at every letter.

    `values` stays away when the seal does not open.
    """
    payload = dict(plaintext["payload"])
    sealed = payload.pop("sealed", None)
    if sealed and "values" not in payload:
        kid, enc, ct = sealed.split(".")
        try:
            inner = sealing.open_sealed(kid, keys.unb64url(enc) + keys.unb64url(ct), sealing.draft_info(author))
            payload["values"] = texts.read(inner)
        except (sealing.UnknownKey, sealing.Unsealable, ValueError, RecursionError):
            return plaintext | {"payload": payload}
    return plaintext | {"payload": payload}
