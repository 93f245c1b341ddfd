"""The auditor's desk: samples drawn from closed months and years, and what was said about each thing that was drawn."""

from peewee import AutoField, BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only

ONE_OF_THREE = (
    "(kind = 'receipt') = (receipt_id IS NOT NULL) AND (kind = 'voucher') = (voucher_id IS NOT NULL)"
    " AND (kind = 'claim') = (claim_id IS NOT NULL)"
)


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=AutoField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title().replace("_", ""), (Known,), about)

    Fund, MonthClose, YearClose = there("fund"), there("month_close"), there("year_close")
    Receipt, Voucher, Claim, Account = (
        there("receipt"),
        there("voucher"),
        there("claim", UUIDField),
        there("account", UUIDField),
    )

    class Audit(Known):
        fund = ForeignKeyField(Fund)
        month = ForeignKeyField(MonthClose, null=True)
        year = ForeignKeyField(YearClose, null=True)
        rule = TextField()
        seed = TextField()
        set_hash = TextField()
        said = TextField(unique=True)
        receipts = IntegerField()
        receipts_of = IntegerField()
        vouchers = IntegerField()
        vouchers_of = IntegerField()
        claims = IntegerField()
        claims_of = IntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "audit"
            constraints = [Check("(month_id IS NULL) <> (year_id IS NULL)")]

    class AuditItem(Known):
        audit = ForeignKeyField(Audit, index=False)
        kind = TextField(constraints=[Check("kind IN ('receipt', 'voucher', 'claim')")])
        place = IntegerField()
        receipt = ForeignKeyField(Receipt, null=True)
        voucher = ForeignKeyField(Voucher, null=True)
        claim = ForeignKeyField(Claim, null=True)
        whose = ForeignKeyField(Account, null=True)

        class Meta:
            table_name = "audit_item"
            indexes = ((("audit", "kind", "place"), True),)
            constraints = [Check(ONE_OF_THREE)]

    class AuditWord(Known):
        item = ForeignKeyField(AuditItem, index=False)
        n = IntegerField()
        kind = TextField(constraints=[Check("kind IN ('right', 'finding', 'answer', 'kept_open', 'settled')")])
        words = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "audit_word"
            indexes = ((("item", "n"), True),)

    made = [Audit, AuditItem, AuditWord]
    db.create_tables(made)
    for table in (one._meta.table_name for one in made):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
