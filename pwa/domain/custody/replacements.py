"""An entry that takes the place of an earlier one by the same author (protocol, "States of an entry")."""

from db.models import Approval, Entry, Opening, Replacement
from db.statements import Prepared
from pwa.domain.custody import identities, states

_waited_for = Prepared(lambda ids: Opening.select(Opening.replaces).where(Opening.replaces.in_(ids)))


def target(replaced_id):
    """The row that the replaced id names, or None when it has not arrived yet."""
    return identities.named(replaced_id)


def allowed(author, replaced_id):
    """Only the same author replaces; an absent target is judged when it arrives."""
    row = target(replaced_id)
    return row is None or row.author == author


def base_version(replaced_id, own):
    """Replacing an approved entry makes a revisit: its base is the version that the approval made."""
    row = target(replaced_id) if replaced_id else None
    approval = Approval.get_or_none(Approval.entry == row, states.standing(Approval)) if row else None
    return approval.version if approval else own


def settle(entry, replaced_id, *, at):
    """Write what this entry replaces, and what replaces it when that came first."""
    if replaced_id is not None and (row := target(replaced_id)) is not None:
        _replace(entry, row, at=at)
    for later in _waiting_for(entry):
        _replace(later, entry, at=at)


def waited_for(ids):
    """Which of these ids some opened entry says it replaces."""
    return {Opening.replaces.python_value(replaced) for (replaced,) in _waited_for(ids)}


def newest_for(entry):
    """The entry that finally stands where this one stood; itself when nothing replaced it."""
    seen = set()
    while entry.id not in seen:
        seen.add(entry.id)
        rows = [
            r.entry
            for r in Replacement.select(Replacement, Entry)
            .join(Entry, on=Replacement.entry)
            .where(Replacement.replaced == entry)
        ]
        entry = max(rows, key=_seat, default=entry)
    return entry


def _replace(entry, row, *, at):
    if row.author != entry.author or row.id == entry.id or states.of(row) not in ("received", "returned", "replaced"):
        return
    rivals = [r.entry for r in Replacement.select().where(Replacement.replaced == row)]
    Replacement.get_or_create(entry=entry, replaced=row, defaults={"at": at})
    for rival in rivals:
        if rival.id != entry.id and states.of(rival) in ("received", "returned"):
            first, last = sorted((rival, entry), key=_seat)
            Replacement.get_or_create(entry=last, replaced=first, defaults={"at": at})


def _seat(entry):
    """Later on the same phone by its chain, otherwise by arrival."""
    return (entry.seq, entry.id)


def _waiting_for(entry):
    return (
        Entry.select()
        .join(Opening)
        .where(
            Opening.replaces == entry.entry_id,
            Entry.author == entry.author,
            Entry.outcome == "received",
            Entry.id != entry.id,
        )
    )
