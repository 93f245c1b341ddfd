"""The fund's accounts at banks."""

from peewee import BigIntegerField, ForeignKeyField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        class Meta:
            table_name = "fund"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class Bank(Known):
        fund = ForeignKeyField(Fund)
        name = TextField()
        digits = TextField()
        since = DayField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "bank"
            indexes = ((("fund", "name", "digits"), True),)

    db.create_tables([Bank])
    append_only.freeze(db, "bank")
    append_only.tie(db, "bank", [column.name for column in db.get_columns("bank")])
