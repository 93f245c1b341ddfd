"""After a restore nothing is paid until what paper says of the time since the backup was entered, counted and signed by two."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


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

    class Reopening(Known):
        fund = ForeignKeyField(Fund)
        tie = IntegerField()
        first_n = IntegerField()
        last_n = IntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "reopening"
            constraints = [Check("last_n >= first_n - 1")]

    class ReopeningNumber(Known):
        reopening = ForeignKeyField(Reopening)
        n = IntegerField()
        voucher = ForeignKeyField(Voucher, null=True, unique=True)
        words = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "reopening_number"
            indexes = ((("reopening", "n"), True),)

    class ReopeningSignature(Known):
        reopening = ForeignKeyField(Reopening)
        turn = TextField(constraints=[Check("turn IN ('treasurer', 'auditor')")])
        counted = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "reopening_signature"
            indexes = ((("reopening", "turn"), True),)

    made = ("reopening", "reopening_number", "reopening_signature")
    db.create_tables([Reopening, ReopeningNumber, ReopeningSignature])
    for table in made:
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
