"""How much a phone says it still holds, and gaps in its numbers that somebody explained."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class GapClosing(Model):
        device = UUIDField(index=True)
        first = IntegerField()
        last = IntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        why = TextField(constraints=[Check("why IN ('lost','imported','other')")])
        reason = TextField(default="")

        class Meta:
            database = db
            table_name = "gap_closing"

    migrator.migrate(
        migrator.add_column("device", "waiting", IntegerField(null=True)),
        migrator.add_column("device", "waiting_at", BigIntegerField(null=True)),
    )
    db.create_tables([GapClosing])
    append_only.freeze(db, "gap_closing")
