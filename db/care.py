"""What looking after a database needs and every database says in its own words: damage, triggers, patience, scrubbing."""

from contextlib import contextmanager
from functools import cache, partial

from db import PATIENCE_S, append_only, database, is_postgres, models
from db.statements import Prepared

TRIGGERS = (
    "SELECT relname, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
    "JOIN pg_proc ON tgfoid = pg_proc.oid WHERE relnamespace = current_schema()::regnamespace AND tgtype = %s AND prosrc = %s "
    "AND tgenabled = 'A' AND tgqual IS NULL AND tgattr::text = ''"
)
VERBS = {"update": 19, "delete": 11, "truncate": 34}
"""How PostgreSQL notes when a trigger is heard: before such a change, for each row or (truncate) each statement."""
AFTER_INSERT = 5


def damage():
    """Sentences about what is broken in the file, and about references that lead nowhere."""
    if is_postgres():
        return [*_dangling()]
    found = [word for (word,) in database.execute_sql("PRAGMA integrity_check") if word != "ok"]
    lost = database.execute_sql("PRAGMA foreign_key_check")
    return [f"The database is damaged: {word}" for word in found] + [_nowhere(*row[:3]) for row in lost]


def sort_on_disk():
    """From now on this process lays what it sorts into files: whoever looks at everything must fit into a small box."""
    if not is_postgres():
        database.pragma("temp_store", "file", permanent=True)


def verbs():
    """What a frozen table of the open database refuses: to `update`, to `delete`, and `truncate` or `replace`."""
    return tuple(VERBS) if is_postgres() else ("update", "delete", "replace")


def frozen(verb):
    """The tables whose trigger refuses this, always and for every row."""
    if is_postgres():
        return {table for table, _ in database.execute_sql(TRIGGERS, (VERBS[verb], append_only.REFUSE))}
    return {
        table for table, name, sql in _triggers()
        if name == f"{table}_no_{verb}" and sql == append_only.guard(database, table, verb)
    }  # fmt: skip


def tied():
    """{table: columns} of those whose new rows are noted for their tie."""
    if is_postgres():
        rows = database.execute_sql(TRIGGERS, (AFTER_INSERT, append_only.NOTE))
        return {table: tuple(told.removesuffix("\\000").split(",")) for table, told in rows}
    noted = [(table, sql.split("'")[-2].split(","), sql) for table, name, sql in _triggers() if name == f"{table}_tied"]
    return {table: tuple(columns) for table, columns, sql in noted if sql == append_only.noting(table, columns)}


def _triggers():
    """[(table, trigger, its SQL)] of a file of SQLite."""
    return database.execute_sql("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()


@contextmanager
def impatient(milliseconds):
    """Inside, wait only so long for somebody else's write to end."""
    setting = "SET lock_timeout" if is_postgres() else "PRAGMA busy_timeout"
    database.execute_sql(f"{setting} = {milliseconds}")
    try:
        yield
    finally:
        database.execute_sql(f"{setting} = {PATIENCE_S * 1000}")


def takes_writes():
    """Whether the transaction that has begun could write; SQLite already said so when it began."""
    return not is_postgres() or database.execute_sql("SHOW transaction_read_only").fetchone()[0] == "off"


@contextmanager
def scrubbing(*tables):
    """What is deleted or changed in these tables inside is gone from the disk afterwards, not only out of sight."""
    if not is_postgres():
        database.execute_sql("PRAGMA secure_delete = ON")
    yield
    if is_postgres():
        for table in tables:
            database.execute_sql(f'VACUUM FULL "{table._meta.table_name}"')
    else:
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _dangling():
    """PostgreSQL keeps references whole by itself, but not through a trigger that was switched off."""
    for table, target, lost in _references():
        yield from (_nowhere(table, row, target) for (row,) in lost())


@cache
def _references():
    """[(table, the table it names, a query for the rows that name nothing)]."""
    every = [(model._meta, key, target) for model in models.ALL for key, target in model._meta.refs.items()]
    return [
        (one.table_name, target._meta.table_name, Prepared(partial(_lost, one.model, key, target)))
        for one, key, target in every
    ]


def _lost(model, key, target):
    return model.select(model._meta.primary_key).where(key.is_null(False), key.not_in(target.select(key.rel_field)))


def _nowhere(table, row, target):
    return f"{table} {row} names a {target} that is not there."
