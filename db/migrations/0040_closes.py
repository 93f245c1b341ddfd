"""Months of the books closed by two signatures, what was open then, what banks said, and hands that were counted."""

from peewee import AutoField, BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only, ledger_guards
from db.fields import DayField

TURNS = "turn IN ('treasurer', 'auditor')"
OPEN = "what IN ('offer', 'on_the_way', 'unchecked', 'unbooked', 'uncounted', 'short', 'over', 'to_give_back', 'unexplained')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=AutoField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title().replace("_", ""), (Known,), about)

    Fund, LedgerAccount = there("fund"), there("ledger_account")
    Account, Device = there("account", UUIDField), there("device", UUIDField)

    class MonthClose(Known):
        fund = ForeignKeyField(Fund)
        through = DayField()
        n = IntegerField()
        set_hash = TextField()
        report = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "month_close"
            indexes = ((("fund", "through", "n"), True),)

    class CloseSignature(Known):
        close = ForeignKeyField(MonthClose, index=False)
        turn = TextField(constraints=[Check(TURNS)])
        account = ForeignKeyField(Account)
        device = ForeignKeyField(Device, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "close_signature"
            indexes = ((("close", "turn"), True), (("close", "account"), True))

    class CloseFall(Known):
        close = ForeignKeyField(MonthClose, unique=True)
        account = ForeignKeyField(Account, null=True)
        reason = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "close_fall"

    class CloseOpen(Known):
        close = ForeignKeyField(MonthClose, index=False)
        what = TextField(constraints=[Check(OPEN)])
        ledger_account = ForeignKeyField(LedgerAccount, null=True)
        amount_satang = BigIntegerField()
        many = IntegerField()

        class Meta:
            table_name = "close_open"
            indexes = ((("close", "what", "ledger_account"), True),)

    class BankBalance(Known):
        close = ForeignKeyField(MonthClose, index=False)
        ledger_account = ForeignKeyField(LedgerAccount)
        n = IntegerField()
        booked_satang = BigIntegerField()
        said_satang = BigIntegerField()
        owner = ForeignKeyField(Account, null=True, backref="+")
        note = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "bank_balance"
            indexes = ((("close", "ledger_account", "n"), True),)

    class BalanceAgreement(Known):
        balance = ForeignKeyField(BankBalance, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "balance_agreement"

    class HandCount(Known):
        hand = ForeignKeyField(LedgerAccount)
        on = DayField()
        counted_satang = BigIntegerField()
        booked_satang = BigIntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "hand_count"

    made = [MonthClose, CloseSignature, CloseFall, CloseOpen, BankBalance, BalanceAgreement, HandCount]
    db.create_tables(made)
    for table in (one._meta.table_name for one in made):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
    ledger_guards.put_of_closes(db)
