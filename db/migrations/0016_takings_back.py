"""Who let a line in, put it aside or took a second look takes that back within minutes, and decides again in the next turn."""

from peewee import BigIntegerField, IntegerField, Model, TextField, UUIDField

from db import append_only

TURNED = {"acceptance": "entry_id", "aside": "entry_id", "finding": "lot_id"}
"""Tables that had one row for each of these."""


def up(migrator, db):
    class TakingBack(Model):
        kind = TextField()
        row = IntegerField()
        account = UUIDField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "taking_back"
            indexes = ((("kind", "row"), True),)

    db.create_tables([TakingBack])
    for table, column in TURNED.items():
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "turn" INTEGER NOT NULL DEFAULT 0')
        db.execute_sql(f'DROP INDEX "{table}_{column}"')
        db.execute_sql(f'CREATE UNIQUE INDEX "{table}_{column}_turn" ON "{table}" ("{column}", "turn")')
    for table in (*TURNED, "taking_back"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
