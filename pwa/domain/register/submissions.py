"""Entries opened for the register and its checkers, many with one query. An erased entry keeps its place and says nothing."""

from dataclasses import dataclass, field

from peewee import JOIN

from db.models import Entry, EntryKey, Opening
from db.statements import Prepared
from pwa.domain import kinds
from pwa.domain.crypto import sealing
from pwa.domain.custody import clocks, entries
from pwa.domain.register import projection
from pwa.domain.text import characters

BROUGHT = (Entry.author, Entry.device, Entry.sender, Entry.imported_by, Entry.transport, Entry.received_at)
DECIDES = (Entry.id, *BROUGHT, Opening.kind, Opening.subject, Opening.place)
"""What says who may decide about an entry."""


@dataclass(frozen=True)
class Opened:
    """An entry row with its opening and what it says: `says` is for the register, `blobs` are the pictures it names."""

    row: Entry
    opening: Opening
    says: projection.Submission
    blobs: list = field(default_factory=list)


def opened(query):
    """[Opened] of a query made by `rows`, in its order."""
    return [_open(row) for row in query]


def rows():
    """Entries for checkers that could be opened, with opening and key; to be narrowed and ordered."""
    query = Entry.select(Entry, Opening, EntryKey).join(Opening).switch(Entry).join(EntryKey, JOIN.LEFT_OUTER)
    return query.where(Opening.kind.in_(kinds.CHECKED))


def of(entry):
    """One entry opened, or None when it cannot be."""
    found = opened(_one.rows(entry.id))
    return found[0] if found else None


_one = Prepared(lambda entry: rows().where(Entry.id == entry))


def bare(rows):
    """Entries of which nothing was opened, from rows with DECIDES."""
    return [Opened(row, row, None) for row in rows]


def named(entries):
    """The same of these row ids, as far as they are for checkers."""
    return bare(_named.rows(list(entries)))


_named = Prepared(
    lambda ids: (
        Entry.select(*DECIDES).join(Opening).where(Entry.id.in_(ids), Opening.kind.in_(kinds.CHECKED)).namedtuples()
    )
)


def _open(row):
    opening = row.opening
    content = _content(row, opening)
    says = projection.FOLDED.get(opening.kind, projection.Submission)(
        entry=row.id,
        kind=opening.kind,
        subject=opening.subject,
        place=opening.place,
        recorded_at=clocks.spoken(opening, received_at=row.received_at),
        received_at=row.received_at,
        base=opening.base_version,
        payload=content["payload"] if content else None,
        moves=bool(content and content.get("place")),
        author=row.author,
        shown=_shown(content),
    )
    return Opened(row, opening, says, content.get("blobs") or [] if content else [])


def _shown(content):
    """The paths that a form filled in from a kit had to show; None for a form that opened with everything."""
    paths = ((content or {}).get("base") or {}).get("shown")
    if not isinstance(paths, list):
        return None
    return frozenset(path for path in paths if isinstance(path, str))


def _content(row, opening):
    wrapped = getattr(row, "entrykey", None)
    if wrapped is None:
        return None
    key = sealing.unwrap(wrapped.wrapped, entries.bound_to(row, "key"))
    return characters.read(sealing.decrypt(key, opening.plaintext, entries.bound_to(row, "plaintext")))
