"""Lists of what falls due by the calendar, their lines, and who saw a payee alive."""

from peewee import BigIntegerField, BlobField, ForeignKeyField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        class Meta:
            table_name = "fund"

    class Voucher(Known):
        class Meta:
            table_name = "voucher"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class Claim(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "claim"

    class Batch(Known):
        id = UUIDField(primary_key=True)
        fund = ForeignKeyField(Fund)
        first = DayField()
        said = BlobField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "batch"

    class BatchLine(Known):
        batch = ForeignKeyField(Batch)
        claim = ForeignKeyField(Claim)

        class Meta:
            table_name = "batch_line"
            indexes = ((("batch", "claim"), True),)

    class Sighting(Known):
        voucher = ForeignKeyField(Voucher, unique=True)
        seen_by = TextField()
        seen_on = DayField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "sighting"

    db.create_tables([Batch, BatchLine, Sighting])
    for table in ("batch", "batch_line", "sighting"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
