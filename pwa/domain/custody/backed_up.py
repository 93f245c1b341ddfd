"""Which photos belong to which entry, so that a phone keeps both until a backup holds both.

An entry counts as covered by a backup when every photo that it names is in it. One that never comes is waited for 90 days.
"""

from datetime import timedelta

from peewee import fn

from db import database
from db.models import Backup, Entry, Erasure, NamedPhoto, Seat, StoredBlob, Uncovered
from db.statements import Prepared, insert

WAITED_FOR = timedelta(days=90)
MOST_LACKING = 200
HEX = set("0123456789abcdef")


def note(opened):
    """Remember the photos that these opened entries name: [(entry row id, plaintext)]."""
    rows = [{"entry": entry, "sha256": sha256} for entry, content in opened for sha256 in _named(content)]
    insert(NamedPhoto, rows)


def lacking(*devices):
    """Hashes of photos that lines of these phones name and that are not here, the oldest first: whoever holds them sends them again."""
    return [sha256 for (sha256,) in _lacking(list(devices))]


def incomplete(at):
    """The query of entries that lack a photo, as row ids; `database` may be a copy."""
    recent = Entry.select(Entry.id).where(Entry.received_at > at - WAITED_FOR)
    return NamedPhoto.select(NamedPhoto.entry).where(_is_missing(), NamedPhoto.entry.in_(recent)).distinct()


def record(*, through, uncovered, at, size):
    """A backup is whole on the disk: every entry up to `through` is covered, except those that lacked a photo."""
    with database.atomic():
        if through >= (Backup.select(fn.MAX(Backup.through)).scalar() or 0):
            Uncovered.delete().execute()
            for start in range(0, len(uncovered), 500):
                Uncovered.insert_many(
                    [(entry,) for entry in uncovered[start : start + 500]], [Uncovered.entry]
                ).execute()
        return Backup.create(through=through, at=at, size=size)


def _named(content):
    """The well-formed hashes in a plaintext's `blobs`, each once."""
    named = [blob["sha256"] for blob in content.get("blobs") or []]
    return dict.fromkeys(sha256 for sha256 in named if len(sha256) == 64 and set(sha256) <= HEX)


def _is_missing():
    erased = Erasure.select(Erasure.entry)
    return NamedPhoto.sha256.not_in(StoredBlob.select(StoredBlob.sha256)) & NamedPhoto.entry.not_in(erased)


_lacking = Prepared(
    lambda devices: (
        NamedPhoto.select(NamedPhoto.sha256)
        .join(Seat, on=(Seat.entry == NamedPhoto.entry))
        .where(Seat.device.in_(devices), _is_missing())
        .group_by(NamedPhoto.sha256)
        .order_by(fn.MIN(NamedPhoto.id))
        .limit(MOST_LACKING)
    )
)
