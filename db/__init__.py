"""The one door to the database: connection, base model, transactions and migrations. Knows nothing of the app above it."""

import sqlite3
from pathlib import Path

from peewee import DatabaseProxy, Model, SqliteDatabase
from playhouse import migrations

MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "cache_size": -16_000,
}

database = DatabaseProxy()


class Base(Model):
    class Meta:
        database = database
        legacy_table_names = False


def open_database(path):
    """Point the proxy at an SQLite file; every write transaction is IMMEDIATE and every commit reaches the disk."""
    database.initialize(
        SqliteDatabase(str(path), pragmas=PRAGMAS, lock_type="IMMEDIATE", timeout=10, check_same_thread=False)
    )
    return database


def hold_open():
    """A connection to keep for as long as the process serves: without one, SQLite folds its log away after each request."""
    held = sqlite3.connect(database.obj.database, check_same_thread=False)
    held.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    return held


def migrate():
    """Apply the numbered migrations that are missing; returns their names."""
    return migrations.run(database.obj, str(MIGRATIONS))
