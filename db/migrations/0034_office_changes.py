"""The treasurer's office handed over: what lies where, and three signatures."""

from peewee import BigIntegerField, Check, ForeignKeyField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField

TURNS = "turn IN ('leaving', 'coming', 'auditor')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        class Meta:
            table_name = "fund"

    class LedgerAccount(Known):
        class Meta:
            table_name = "ledger_account"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class OfficeChange(Known):
        fund = ForeignKeyField(Fund)
        leaving = ForeignKeyField(Account)
        coming = ForeignKeyField(Account)
        on = DayField()
        at = BigIntegerField()

        class Meta:
            table_name = "office_change"
            constraints = [Check("leaving_id <> coming_id")]

    class OfficeLine(Known):
        change = ForeignKeyField(OfficeChange, index=False)
        ledger_account = ForeignKeyField(LedgerAccount)
        amount_satang = BigIntegerField()

        class Meta:
            table_name = "office_line"
            indexes = ((("change", "ledger_account"), True),)

    class OfficeSignature(Known):
        change = ForeignKeyField(OfficeChange, index=False)
        turn = TextField(constraints=[Check(TURNS)])
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "office_signature"
            indexes = ((("change", "turn"), True), (("change", "account"), True))

    db.create_tables([OfficeChange, OfficeLine, OfficeSignature])
    for table in ("office_change", "office_line", "office_signature"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
