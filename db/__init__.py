"""The one door to the database: connection, base model, transactions and migrations. Knows nothing of the app above it."""

from pathlib import Path

from peewee import DatabaseError, DatabaseProxy, Model
from playhouse import migrations
from playhouse.pool import PooledPostgresqlDatabase, PooledSqliteDatabase

from db.ties import tying
from db.writing import Writer

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_S = 10
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,  # what REPLACE deletes is heard by the triggers that refuse it
    "busy_timeout": PATIENCE_S * 1000,
    "temp_store": "memory",  # what a statement would take back if it failed: in a file, that is a third of what a line's rows cost
    "cache_size": -1_000,  # for the connection of each thread; the system keeps the file in memory anyway
}
POOL = {"max_connections": 64, "timeout": PATIENCE_S}

database = DatabaseProxy()


class Base(Model):
    class Meta:
        database = database
        legacy_table_names = False


class Sqlite(tying(PooledSqliteDatabase)):
    """Knows that SQLite takes a transaction back by itself when the disk is full, and leaves the error that said so as it is."""

    context_class = Writer

    def rollback(self):
        if not self._is_back():
            super().rollback()

    def execute_sql(self, sql, params=None):
        if sql.startswith("ROLLBACK TO") and self._is_back():
            return None  # the savepoint went with its transaction
        return super().execute_sql(sql, params)

    def _is_back(self):
        return not self.is_closed() and not self.connection().in_transaction


class Postgres(tying(PooledPostgresqlDatabase)):
    """Takes one writer at a time, as SQLite's IMMEDIATE does, so that a rule that holds on one database holds on the other.

    The lock belongs to the schema: provinces that share a cluster, each in a schema of its own, do not wait for one another.
    """

    context_class = Writer

    def begin(self, isolation_level=None):
        super().begin(isolation_level)
        if isolation_level is not None:
            return
        try:
            self.execute_sql("SELECT pg_advisory_xact_lock(hashtext(current_schema()), 1)")
        except DatabaseError:
            self.rollback()
            raise


def open_database(where):
    """Point the proxy at an SQLite file (a path) or at a PostgreSQL server (postgresql://…); connections are pooled.

    Every write transaction excludes other writers from its first statement, and every commit reaches the disk.
    """
    if database.obj is not None:
        database.obj.close_all()
    database.initialize(postgres(where) if is_postgres(where) else _sqlite(where))
    return database


def is_postgres(where=None):
    """Whether this address, or without one the open database, is PostgreSQL."""
    if where is None:
        return isinstance(database.obj, Postgres)
    return str(where).startswith("postgresql://")


def migrate():
    """Apply the numbered migrations that are missing; returns their names."""
    return migrations.run(database.obj, str(MIGRATIONS))


def _sqlite(path):
    return Sqlite(str(path), pragmas=PRAGMAS, lock_type="IMMEDIATE", check_same_thread=False, **POOL)


def postgres(url):
    """A PostgreSQL server, not opened yet. Statements are not prepared, which a pooler in front of the server would not survive."""
    options = f"-c lock_timeout={PATIENCE_S}s -c timezone=UTC"
    return Postgres(url, prefer_psycopg3=True, prepare_threshold=None, options=options, **POOL)
