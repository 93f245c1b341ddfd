"""Guards against writing over a row on every frozen table, a tie for each row of the small ones, and digests for custody."""

from peewee import BigIntegerField, BlobField, IntegerField, Model, PostgresqlDatabase, TextField

from db import append_only, ties

FROZEN = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_update'",
    "postgres": (
        "SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
        "WHERE relnamespace = current_schema()::regnamespace AND tgname = relname || '_no_update'"
    ),
}
DIGESTED = {"entry", "opening", "seat", "chain_break", "named_photo"}
PARTLY = {
    "account": ("id", "handle", "created_at"),
    "enrolment": (
        "id", "account_id", "token_hash", "issued_by_id", "issued_at", "expires_at", "reason", "identity_check"
    ),
    "passkey": ("id", "account_id", "credential_id", "public_key", "created_at"),
    "membership": ("id", "person", "fund_id", "number", "joined_on", "admission_id"),
    "key": ("kid", "purpose", "public", "number_floor", "created_at"),
    "backup": ("id", "through", "at", "size"),
}  # fmt: skip
"""Tables that are not frozen, and what of their rows never changes."""


def up(migrator, db):
    class Tie(Model):
        id = IntegerField(primary_key=True)
        table = TextField()
        row = TextField()
        columns = TextField()
        hash = TextField()
        mark = TextField()
        previous = TextField()

        class Meta:
            database = db
            table_name = "tie"

    class Untied(Model):
        table = TextField()
        row = TextField()
        columns = TextField()

        class Meta:
            database = db
            table_name = "untied"

    class Digest(Model):
        table = TextField()
        columns = TextField()
        first = IntegerField()
        last = IntegerField()
        hashes = BlobField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "digest"

    db.create_tables([Tie, Untied, Digest])
    kind = "postgres" if isinstance(db, PostgresqlDatabase) else "sqlite"
    frozen = [table for (table,) in db.execute_sql(FROZEN[kind]).fetchall()]
    for table in (*frozen, "tie", "digest"):
        append_only.freeze(db, table)
    tied = {table: columns_of(db, table) for table in (*frozen, "digest") if table not in DIGESTED} | PARTLY
    for table, columns in sorted(tied.items()):
        for rows in ties.pages(db, table, columns, size=1000):
            ties.fasten(db, [(table, ",".join(columns), values) for values in rows], mark="found")
        append_only.tie(db, table, columns)


def columns_of(db, table):
    """All of them, the key first."""
    [key] = db.get_primary_keys(table)
    return (key, *(column.name for column in db.get_columns(table) if column.name != key))
