"""Triggers that keep what was recorded: they refuse to change, delete or write over a row, and note new rows for their tie (`db/ties.py`)."""

from contextlib import contextmanager

from peewee import PostgresqlDatabase

REFUSE = " BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END "
NOTE = (
    " DECLARE key text; BEGIN EXECUTE format('SELECT ($1).%I::text', split_part(TG_ARGV[0], ',', 1)) INTO key USING NEW; "
    'INSERT INTO untied ("table", "row", "columns") VALUES (TG_TABLE_NAME, key, TG_ARGV[0]); RETURN NULL; END '
)
VERBS = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
"""What PostgreSQL is to refuse; it has no REPLACE, and ON CONFLICT DO UPDATE is an UPDATE to it."""
UNIQUE = (
    "SELECT list.name, list.partial, info.name FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info "
    'WHERE list."unique" ORDER BY list.seq, info.seqno'
)
"""The columns of each unique key of a table of SQLite, in their order."""
BEFORE = {"update": "UPDATE", "delete": "DELETE", "replace": "INSERT"}
"""What a trigger of SQLite is heard before."""


def freeze(db, table):
    """Make one table append-only; breaking it raises IntegrityError with the words "append-only".

    Call it once more after a migration that changes the table's unique keys.
    """
    if isinstance(db, PostgresqlDatabase):
        _function(db, "refuse_change", REFUSE)
        for verb, each in VERBS.items():
            about = f'BEFORE {verb.upper()} ON "{table}" FOR EACH {each} EXECUTE FUNCTION refuse_change()'
            _put(db, table, f"{table}_no_{verb}", about)
    else:
        for name, sql in guards(db, table).items():
            _put_again(db, name, sql)


def tie(db, table, columns):
    """Let every new row of a table be tied over these columns, of which the first is its key."""
    if isinstance(db, PostgresqlDatabase):
        _function(db, "note_row", NOTE)
        about = f"AFTER INSERT ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION note_row('{','.join(columns)}')"
        _put(db, table, f"{table}_tied", about)
    else:
        _put_again(db, f"{table}_tied", noting(table, columns))
    if hasattr(db, "ties"):  # a copy on its way has none
        db.ties.forget()


def guards(db, table):
    """{name: SQL} of the triggers that keep a table of SQLite."""
    return {f"{table}_no_{verb}": guard(db, table, verb) for verb in BEFORE}


def guard(db, table, verb):
    """The SQL of one of them.

    INSERT OR REPLACE deletes without asking a delete trigger, so a row whose key is there already is refused: the hidden
    rowid and every unique key. Only that trigger asks the database which keys there are.
    """
    when = ""
    if verb == "replace":
        there = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}" WHERE {_same(key)})' for key in _keys(db, table))
        when = f"WHEN {there} "
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {BEFORE[verb]} ON "{table}" {when}{refuse}'


def noting(table, columns):
    """The SQL of the trigger that notes new rows of a table of SQLite."""
    note = f"VALUES ('{table}', NEW.\"{columns[0]}\", '{','.join(columns)}')"
    return (
        f'CREATE TRIGGER "{table}_tied" AFTER INSERT ON "{table}" '
        f'BEGIN INSERT INTO "untied" ("table", "row", "columns") {note}; END'
    )


def thaw(db, table):
    """Take the triggers of a table away, for a migration that mends what an earlier version wrote; freeze it again after."""
    verbs = ("update", "delete", "truncate") if isinstance(db, PostgresqlDatabase) else ("update", "delete")
    for verb in verbs:
        on = f' ON "{table}"' if isinstance(db, PostgresqlDatabase) else ""
        db.execute_sql(f'DROP TRIGGER "{table}_no_{verb}"{on}')


@contextmanager
def lifted(db):
    """Inside, no trigger of a table hears anything, so that a whole database can be copied into this one as it is."""
    if isinstance(db, PostgresqlDatabase):
        ours = db.execute_sql(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
            "WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal"
        ).fetchall()
        for table, name in ours:
            db.execute_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"')
        yield
        # What is only asked at the end is asked now: no table is altered before.
        db.execute_sql("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name in ours:
            db.execute_sql(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"')
        return
    ours = db.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in ours:
        db.execute_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in ours:
        db.execute_sql(sql)


def _put(db, table, name, about):
    """ALWAYS: a session that says it is a replica is heard too."""
    db.execute_sql(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
    db.execute_sql(f'CREATE TRIGGER "{name}" {about}')
    db.execute_sql(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"')


def _put_again(db, name, sql):
    db.execute_sql(f'DROP TRIGGER IF EXISTS "{name}"')
    db.execute_sql(sql)


def _function(db, name, body):
    doubled = body.replace("%", "%%")
    db.execute_sql(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${doubled}$$")


def _keys(db, table):
    """The columns of each unique key."""
    found = {"": ["rowid"]}
    for index, partial, column in db.execute_sql(UNIQUE, (table,)).fetchall():
        if partial or column is None:
            raise ValueError(f"{index} is unique only for some rows: say here how a row that is written over is known")
        found.setdefault(index, []).append(column)
    return sorted({tuple(columns) for columns in found.values()})


def _same(columns):
    return " AND ".join(f'"{name}" = NEW."{name}"' for name in columns)
