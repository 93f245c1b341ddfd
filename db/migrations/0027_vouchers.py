"""Vouchers: what the treasurer pays out, pays in, takes out or moves, numbered in each fund."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField

KINDS = "kind IN ('refund', 'deposit', 'withdrawal', 'expense', 'income', 'between_pots')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=None):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__}
        return type(table.title().replace("_", ""), (Known,), about | ({"id": key(primary_key=True)} if key else {}))

    Fund, LedgerAccount, Receipt = (there(name) for name in ("fund", "ledger_account", "receipt"))
    LedgerTransaction, Account = there("ledger_transaction", IntegerField), there("account", UUIDField)

    class Voucher(Known):
        fund = ForeignKeyField(Fund)
        n = IntegerField()
        command_id = UUIDField(unique=True)
        kind = TextField(constraints=[Check(KINDS)])
        on = DayField()
        payee = TextField()
        ground = TextField()
        source = ForeignKeyField(LedgerAccount, null=True)
        amount_satang = BigIntegerField(constraints=[Check("amount_satang > 0")])
        receipt = ForeignKeyField(Receipt, null=True, unique=True)
        transaction = ForeignKeyField(LedgerTransaction)
        account = ForeignKeyField(Account)
        said = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "voucher"
            indexes = ((("fund", "n"), True),)

    db.create_tables([Voucher])
    append_only.freeze(db, "voucher")
    append_only.tie(db, "voucher", [column.name for column in db.get_columns("voucher")])
