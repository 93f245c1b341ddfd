"""Vouchers and openings that are undone by two people; a receipt's money may be given back again after its refund was undone."""

from peewee import BigIntegerField, BooleanField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=None):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__}
        return type(table.title().replace("_", ""), (Known,), about | ({"id": key(primary_key=True)} if key else {}))

    Fund, LedgerTransaction = there("fund"), there("ledger_transaction", IntegerField)
    Account = there("account", UUIDField)

    class Undoing(Known):
        fund = ForeignKeyField(Fund)
        transaction = ForeignKeyField(LedgerTransaction)
        n = IntegerField()
        reason = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "undoing"
            indexes = ((("transaction", "n"), True),)

    class UndoingAnswer(Known):
        undoing = ForeignKeyField(Undoing, unique=True)
        agrees = BooleanField()
        account = ForeignKeyField(Account)
        reversal = ForeignKeyField(LedgerTransaction, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "undoing_answer"
            constraints = [Check("agrees = (reversal_id IS NOT NULL)")]

    db.create_tables([Undoing, UndoingAnswer])
    for table in ("undoing", "undoing_answer"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
    append_only.thaw(db, "voucher")
    db.execute_sql('DROP INDEX "voucher_receipt_id"')
    db.execute_sql('CREATE INDEX "voucher_receipt_id" ON "voucher" ("receipt_id")')
    append_only.freeze(db, "voucher")
