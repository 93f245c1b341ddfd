"""Ties: the transaction that makes a row of a small frozen table also notes its hash, chained to the tie before.

Whoever changes such a row below the app, or adds one, cannot make it fit again without making the chain anew from there on,
and the hash of its last tie (the head) lies in every backup and on paper. Triggers note which rows are new
(`append_only.tie`), so that nothing above has to remember it; what is written by hand is noted too, and never tied.
"""

import hashlib
import json
import re
import threading
import uuid
from contextlib import contextmanager, nullcontext
from datetime import date

from peewee import PostgresqlDatabase

INTO = re.compile(r'INSERT (?:OR \w+ )?INTO "(\w+)"')
NOTED = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_tied'",
    "postgres": (
        "SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
        "WHERE relnamespace = current_schema()::regnamespace AND tgname = relname || '_tied'"
    ),
}
COLUMNS = ("id", "table", "row", "columns", "hash", "mark", "previous")
PAGE = 500
GAP = 100_000
"""A restored chain goes on so much higher: a number on paper that the backup does not hold is never given again."""


def tying(engine):
    """A kind of database whose transactions tie what they made before they commit; a lone INSERT gets a transaction for it."""

    class Tying(engine):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.ties = Ties(self)

        def begin(self, *args, **kwargs):
            self.ties.begin()
            super().begin(*args, **kwargs)

        def execute_sql(self, sql, params=None):
            if not sql.startswith("INSERT"):
                return super().execute_sql(sql, params)
            with self.ties.around(sql):
                return super().execute_sql(sql, params)

        def commit(self):
            self.ties.tie()
            super().commit()

    return Tying


class Ties:
    """What one database has to tie at the end of the transaction of this thread."""

    def __init__(self, database):
        self._database, self._tables, self._local = database, None, threading.local()

    def forget(self):
        """A migration has changed which tables are tied."""
        self._tables = None

    def begin(self):
        self._local.since = None

    @contextmanager
    def _alone(self):
        with self._database.atomic():
            self._watch()
            yield

    def around(self, sql):
        """Enter this around a statement: what it adds to a tied table is tied when the transaction commits."""
        found = INTO.match(sql)
        if not found or found[1] not in self._tied():
            return nullcontext()
        if not self._database.in_transaction():
            return self._alone()
        self._watch()
        return nullcontext()

    def tie(self):
        """Tie what this transaction added. Notes from before it are not ours: somebody wrote those rows by hand."""
        since, self._local.since = getattr(self._local, "since", None), None
        if since is None:
            return
        database = self._database
        newer = f'FROM "untied" WHERE "id" > {int(since)}'
        notes = database.execute_sql(f'SELECT "table", "row", "columns" {newer} ORDER BY "id"').fetchall()
        if notes:
            fasten(database, _rows(database, notes))
            database.execute_sql(f"DELETE {newer}")

    def _tied(self):
        if self._tables is None:
            kind = "postgres" if isinstance(self._database, PostgresqlDatabase) else "sqlite"
            self._tables = {table for (table,) in self._database.execute_sql(NOTED[kind]).fetchall()}
        return self._tables

    def _watch(self):
        if getattr(self._local, "since", None) is None:
            [(self._local.since,)] = self._database.execute_sql(
                'SELECT COALESCE(MAX("id"), 0) FROM "untied"'
            ).fetchall()


def named(key):
    """The key of a row as its tie names it."""
    return str(_plain(key))


def spelled(values):
    """The hash of a row's values, spelled alike for every database: JSON, in which an id is its hex and a blob its own hash."""
    return hashlib.sha256(json.dumps([_plain(value) for value in values], separators=(",", ":")).encode()).hexdigest()


def last(database):
    """(number, code) of the last tie, the head of the chain; (0, "") when there is none."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    rows = database.execute_sql(f'SELECT {names} FROM "tie" ORDER BY "id" DESC LIMIT 1').fetchall()
    return (rows[0][0], spelled(rows[0])) if rows else (0, "")


def fasten(database, rows, mark=""):
    """Add a tie for each row, (table, columns, values with the key in front), inside the transaction in hand."""
    number, head = last(database)
    made = []
    for place, (table, columns, values) in enumerate(rows, number + 1):
        made.append((place, table, named(values[0]), columns, spelled(values), mark, head))
        head = spelled(made[-1])
    _add(database, made)


def go_on_after_a_restore(database):
    """A marked tie, far above all others, from which the chain of a restored database goes on."""
    number, head = last(database)
    number += GAP
    _add(database, [(number, "", str(number), "", "", "restored", head)])


def pages(database, table, columns, *, after=None, size=PAGE):
    """The rows of a table over these columns in the order of the first one, its key, some at a time."""
    names = ", ".join(f'"{name}"' for name in columns)
    order = f'ORDER BY "{columns[0]}" LIMIT {size}'
    while True:
        above = "" if after is None else f'WHERE "{columns[0]}" > {database.param}'
        rows = database.execute_sql(f'SELECT {names} FROM "{table}" {above} {order}', () if after is None else (after,))
        rows = rows.fetchall()
        if rows:
            yield rows
        if len(rows) < size:
            return
        after = rows[-1][0]


def _rows(database, notes):
    """What is to be tied, in the order in which it was noted."""
    keys = {}
    for table, key, columns in notes:
        keys.setdefault((table, columns), []).append(key)
    found = {}
    for (table, columns), wanted in keys.items():
        names = columns.split(",")
        select = ", ".join(f'"{name}"' for name in names)
        for start in range(0, len(wanted), PAGE):
            some = wanted[start : start + PAGE]
            marks = ", ".join([database.param] * len(some))
            sql = f'SELECT {select} FROM "{table}" WHERE "{names[0]}" IN ({marks})'
            for values in database.execute_sql(sql, some).fetchall():
                found[table, str(values[0])] = values
    return [(table, columns, found[table, key]) for table, key, columns in notes if (table, key) in found]


def _add(database, made):
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    marks = ", ".join([database.param] * len(COLUMNS))
    database.cursor().executemany(f'INSERT INTO "tie" ({names}) VALUES ({marks})', made)


def _plain(value):
    """A value as both databases can say it. PostgreSQL takes every character in a text but NUL, which a move replaces."""
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else hashlib.sha256(value).hexdigest()
