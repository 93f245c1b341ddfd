"""What a database holds, in numbers and one hash: said by a backup of itself, and asked again of what was restored from it."""

import hashlib

from peewee import fn

from db import models
from db.models import Entry, ErasedBlob, StoredBlob
from pwa.domain.field import coverage

FACTS = ("entries", "through", "chain", "tables")


def of(database, *, at):
    """Counts of every table, the hash over all lines in their order, and which photos and unfinished entries there are."""
    entries, through = Entry.select(fn.COUNT(Entry.id), fn.MAX(Entry.id)).tuples().execute(database)[0]
    gone = ErasedBlob.select(ErasedBlob.blob)
    photos = StoredBlob.select(StoredBlob.sha256).where(StoredBlob.sha256.not_in(gone)).order_by(StoredBlob.sha256)
    return {
        "entries": entries,
        "through": through or 0,
        "chain": _chain(database),
        "tables": {model._meta.table_name: _count(model, database) for model in models.ALL},
        "photos": [sha256 for (sha256,) in photos.tuples().execute(database)],
        "uncovered": [entry for (entry,) in coverage.incomplete(at).tuples().execute(database)],
    }


def differ(told, found):
    """Names of what is not as the backup said; a backup of an earlier version says less."""
    tables = {table for table, count in told.get("tables", {}).items() if found["tables"].get(table) != count}
    return sorted(tables | {name for name in FACTS if name != "tables" and told.get(name, found[name]) != found[name]})


def _chain(database):
    digest = hashlib.sha256()
    for row in Entry.select(Entry.id, Entry.sha256).order_by(Entry.id).tuples().iterator(database):
        digest.update(b"%d|%s\n" % (row[0], row[1].encode()))
    return digest.hexdigest()


def _count(model, database):
    return model.select(fn.COUNT(model._meta.primary_key)).tuples().execute(database)[0][0]
