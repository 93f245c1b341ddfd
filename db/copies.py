"""Whole databases as one SQLite file and back, whichever kind is in use: the form in which a backup keeps them."""

import sqlite3
import uuid
from contextlib import closing, contextmanager
from datetime import date

from peewee import AutoField, BooleanField, SqliteDatabase, __exception_wrapper__, sort_models
from playhouse import migrations

from db import MIGRATIONS, append_only, database, is_postgres, models, postgres

PAGE = 1000


class NotEmpty(Exception):
    """The database that should take a copy holds tables already."""


def write(path):
    """Everything in the open database, as it was at one instant while others write, into a new SQLite file."""
    if not is_postgres():
        with closing(sqlite3.connect(path)) as target:
            database.connection().backup(target)
        return
    target = SqliteDatabase(str(path), pragmas={"synchronous": 0, "foreign_keys": 0})
    with target.connection_context():
        migrations.run(target, str(MIGRATIONS))
        with database.transaction("REPEATABLE READ, READ ONLY"), target.atomic(), append_only.lifted(target):
            for model in sort_models(models.ALL):
                _copy(model, database.obj, target)


@contextmanager
def opened(path):
    """Such a file, to be asked with `query.execute(file)`."""
    file = SqliteDatabase(str(path))
    with file.connection_context():
        yield file


def is_empty(url):
    """Whether the PostgreSQL database holds nothing yet in the schema that it is used with."""
    with _server(url) as target:
        return not target.get_tables()


@contextmanager
def loaded(path, url, *, aside=None):
    """A PostgreSQL database with everything in the file. It takes effect when the `with` ends well; until then nothing has changed.

    A schema that is in the way is renamed to `aside` and kept; without that name it is refused with NotEmpty.
    """
    with _server(url) as target, opened(path) as source, target.atomic():
        _clear_the_way(target, aside)
        migrations.run(target, str(MIGRATIONS))
        with append_only.lifted(target):
            for model in sort_models(models.ALL):
                _copy(model, source, target)
                _go_on_above(model, target)
        yield


@contextmanager
def _server(url):
    target = postgres(url)
    try:
        with target.connection_context():
            yield target
    finally:
        target.close_all()


def _clear_the_way(target, aside):
    if not target.get_tables():
        return
    if aside is None:
        raise NotEmpty
    [schema] = target.execute_sql("SELECT current_schema()").fetchone()
    target.execute_sql(f'ALTER SCHEMA "{schema}" RENAME TO "{aside}"')
    target.execute_sql(f'CREATE SCHEMA "{schema}"')


def _copy(model, source, target):
    columns = [field.column_name for field in model._meta.sorted_fields]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([target.param] * len(columns))
    insert = f'INSERT INTO "{model._meta.table_name}" ({names}) VALUES ({marks})'
    stores = [_store(field, target) for field in model._meta.sorted_fields]
    for page in _pages(model, names, source):
        rows = [[store(value) for store, value in zip(stores, row, strict=True)] for row in page]
        with __exception_wrapper__:
            target.cursor().executemany(insert, rows)


def _pages(model, names, source):
    """All rows, a thousand at a time in the order of their keys; where rows name rows of the same table, the named ones first."""
    key = model._meta.primary_key
    place = model._meta.sorted_fields.index(key)
    select = f'SELECT {names} FROM "{model._meta.table_name}"'
    if model in model._meta.refs.values():
        yield _named_first(model, place, source.execute_sql(select).fetchall())
        return
    order = f'ORDER BY "{key.column_name}" LIMIT {PAGE}'
    rows = source.execute_sql(f"{select} {order}").fetchall()
    while rows:
        yield rows
        after = f'WHERE "{key.column_name}" > {source.param}'
        rows = source.execute_sql(f"{select} {after} {order}", (rows[-1][place],)).fetchall()


def _named_first(model, place, rows):
    own = [i for i, field in enumerate(model._meta.sorted_fields) if model._meta.refs.get(field) is model]
    done, ordered = {None}, []
    while ready := [row for row in rows if all(row[i] in done for i in own)]:
        ordered += ready
        done |= {row[place] for row in ready}
        rows = [row for row in rows if row[place] not in done]
    return ordered + rows


def _store(field, target):
    """How a value of either database is handed to the target's driver."""
    if isinstance(target, SqliteDatabase):
        return _plain
    return (lambda value: value if value is None else bool(value)) if isinstance(field, BooleanField) else _without_nul


def _plain(value):
    if isinstance(value, uuid.UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _without_nul(value):
    """PostgreSQL takes every character in a text but this one."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _go_on_above(model, target):
    """Ids that the database gives continue above those that came with the copy."""
    key = model._meta.primary_key
    if isinstance(key, AutoField):
        table, column = model._meta.table_name, key.column_name
        highest = f'SELECT max("{column}") FROM "{table}"'
        target.execute_sql(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), ({highest}))")
