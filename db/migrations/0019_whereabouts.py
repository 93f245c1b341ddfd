"""What lists and counts are read from, so that a page of a large village costs no more than one of a small: in whose hands each
entry is, who is still to be told, which applications are open; and the indexes that such pages walk along."""

from peewee import BigIntegerField, ForeignKeyField, IntegerField, Model, PostgresqlDatabase, TextField, UUIDField

from db import whereabouts

STILL_TO_TELL = (
    'INSERT INTO "untold" ("person", "place_id", "named_at") '
    'SELECT p."id", h."place_id", p."named_at" FROM "person" p JOIN "household" h ON h."id" = p."household_id" '
    'LEFT JOIN "notice" n ON n."person" = p."id" '
    'WHERE n."id" IS NULL AND NOT p."present" AND p."gone" = \'\' AND p."named_at" IS NOT NULL'
)
RESOLVED = (
    'UPDATE "application" SET "is_open" = {no} WHERE EXISTS (SELECT 1 FROM "admission" m '
    'JOIN "approval" a ON a."entry_id" = "application"."entry_id" '
    'WHERE m."person" = "application"."person" AND m."fund_id" = "application"."fund_id" '
    'AND (m."accepted" OR (m."kind" = "application"."kind" AND m."at" >= a."at")) AND NOT EXISTS '
    '(SELECT 1 FROM "counter_decision" c WHERE c."entry_id" = a."entry_id" AND c."turn" = a."turn") AND NOT EXISTS '
    """(SELECT 1 FROM "taking_back" t WHERE t."kind" = 'admission' AND t."row" = m."id"))"""
)


def up(migrator, db):
    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class Unit(Model):
        class Meta:
            database = db
            table_name = "unit"

    class Whereabouts(Model):
        id = IntegerField(primary_key=True)
        entry = ForeignKeyField(Entry, unique=True)
        author = UUIDField(null=True)
        kind = TextField()
        waits_for = TextField()
        stirred = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "whereabouts"
            indexes = ((("author", "waits_for", "id"), False), (("waits_for", "kind"), False))

    class Untold(Model):
        person = UUIDField(primary_key=True)
        place = ForeignKeyField(Unit, index=False)
        named_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "untold"
            indexes = ((("named_at", "place"), False),)

    db.create_tables([Whereabouts, Untold])
    whereabouts.follow(db)
    db.execute_sql(STILL_TO_TELL)
    is_postgres = isinstance(db, PostgresqlDatabase)
    kind = "BOOLEAN NOT NULL DEFAULT TRUE" if is_postgres else "INTEGER NOT NULL DEFAULT 1"
    db.execute_sql(f'ALTER TABLE "application" ADD COLUMN "is_open" {kind}')
    db.execute_sql(RESOLVED.format(no="FALSE" if is_postgres else "0"))
    migrator.migrate(
        migrator.drop_index("entry", "entry_author"),
        migrator.add_index("entry", ("author", "received_at")),
        migrator.add_index("approval", ("at",)),
        migrator.add_index("lot", ("drawn",)),
        migrator.add_index("household", ("place_id", "sort_key", "id")),
        migrator.add_index("application", ("fund_id", "is_open", "applied_on")),
    )
