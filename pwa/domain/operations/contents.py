"""What a database holds, in numbers and one hash: said by a backup of itself, and asked again of what was restored from it."""

import hashlib

from peewee import fn

from db import models, ties
from db.models import Entry, ErasedBlob, StoredBlob


def of(database):
    """{entries, through, chain, head, tables}: the counts of every table, the hash over all lines in their order, the last tie."""
    return _of(database, [model._meta.table_name for model in models.ALL])


def differ(told, database):
    """Names of what is not as the backup said. Asked before newer tables are made; an earlier version told less."""
    there = set(database.get_tables())
    found = _of(database, [table for table in told.get("tables", {}) if table in there])
    return sorted(name for name, value in found.items() if told.get(name, value) != value)


def photos(database):
    """Hashes of the photos that should be on the disk."""
    gone = ErasedBlob.select(ErasedBlob.blob)
    kept = StoredBlob.select(StoredBlob.sha256).where(StoredBlob.sha256.not_in(gone)).order_by(StoredBlob.sha256)
    return [sha256 for (sha256,) in kept.tuples().execute(database)]


def _of(database, tables):
    entries, through = Entry.select(fn.COUNT(Entry.id), fn.MAX(Entry.id)).tuples().execute(database)[0]
    counts = {table: _count(table, database) for table in tables}
    head = list(ties.last(database)) if "tie" in counts else None
    return {"entries": entries, "through": through or 0, "chain": _chain(database), "head": head, "tables": counts}


def _chain(database):
    digest = hashlib.sha256()
    for number, sha256 in Entry.select(Entry.id, Entry.sha256).order_by(Entry.id).tuples().iterator(database):
        digest.update(f"{number}|{sha256}\n".encode())
    return digest.hexdigest()


def _count(table, database):
    return database.execute_sql(f'SELECT count(*) FROM "{table}"').fetchone()[0]
