"""What a fund leaves in one hand at most, by resolution."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        class Meta:
            table_name = "fund"

    class Resolution(Known):
        class Meta:
            table_name = "resolution"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class HandLimit(Known):
        fund = ForeignKeyField(Fund)
        resolution = ForeignKeyField(Resolution)
        most_days = IntegerField(constraints=[Check("most_days > 0")])
        most_satang = BigIntegerField(constraints=[Check("most_satang > 0")])
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "hand_limit"

    db.create_tables([HandLimit])
    append_only.freeze(db, "hand_limit")
    append_only.tie(db, "hand_limit", [column.name for column in db.get_columns("hand_limit")])
