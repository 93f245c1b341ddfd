"""Lines of banks' statements, what they were matched to, and those of which nobody knows yet what they are."""

from peewee import AutoField, BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=AutoField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title().replace("_", ""), (Known,), about)

    LedgerAccount, LedgerTransaction = there("ledger_account"), there("ledger_transaction", IntegerField)
    Account = there("account", UUIDField)

    class StatementLine(Known):
        ledger_account = ForeignKeyField(LedgerAccount, index=False)
        n = IntegerField()
        on = DayField()
        words = TextField()
        amount_satang = BigIntegerField(constraints=[Check("amount_satang <> 0")])
        left_satang = BigIntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "statement_line"
            indexes = ((("ledger_account", "n"), True),)

    class StatementMatch(Known):
        line = ForeignKeyField(StatementLine, unique=True)
        transaction = ForeignKeyField(LedgerTransaction)
        booking = ForeignKeyField(LedgerTransaction, null=True, backref="+")
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "statement_match"

    class StatementRiddle(Known):
        line = ForeignKeyField(StatementLine, unique=True)
        owner = ForeignKeyField(Account)
        booking = ForeignKeyField(LedgerTransaction)
        account = ForeignKeyField(Account, backref="+")
        at = BigIntegerField()

        class Meta:
            table_name = "statement_riddle"

    made = [StatementLine, StatementMatch, StatementRiddle]
    db.create_tables(made)
    for table in (one._meta.table_name for one in made):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
