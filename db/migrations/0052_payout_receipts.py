"""What payees say of the money that the fund paid them."""

from peewee import BigIntegerField, Check, ForeignKeyField, Model, TextField, UUIDField

from db import append_only

HOW = "how IN ('signature', 'thumbprint', 'paper', 'passkey', 'not_given')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Voucher(Known):
        class Meta:
            table_name = "voucher"

    class Entry(Known):
        class Meta:
            table_name = "entry"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class PayoutReceipt(Known):
        voucher = ForeignKeyField(Voucher)
        entry = ForeignKeyField(Entry, null=True, unique=True)
        how = TextField(constraints=[Check(HOW)])
        amount_satang = BigIntegerField(constraints=[Check("amount_satang >= 0")])
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "payout_receipt"
            constraints = [Check("(how = 'passkey') = (entry_id IS NULL)")]

    db.create_tables([PayoutReceipt])
    append_only.freeze(db, "payout_receipt")
    append_only.tie(db, "payout_receipt", [column.name for column in db.get_columns("payout_receipt")])
