"""What each account came to day by day, so that no page adds up postings since the first; filled from those that are there."""

from peewee import SQL, BigIntegerField, ForeignKeyField, Model, TextField

from db import ledger_days
from db.fields import DayField


def up(migrator, db):
    class LedgerAccount(Model):
        class Meta:
            database = db
            table_name = "ledger_account"

    class LedgerDay(Model):
        account = ForeignKeyField(LedgerAccount, index=False)
        pot = TextField()
        day = DayField()
        until = DayField()
        debit_satang = BigIntegerField()
        credit_satang = BigIntegerField()

        class Meta:
            database = db
            table_name = "ledger_day"
            indexes = ((("account", "pot", "day"), True), (("account", "until"), False))

    empty = SQL("debit_satang = credit_satang")
    LedgerDay.add_index(LedgerDay.index(LedgerDay.account, LedgerDay.day, where=empty, name="ledger_day_empty"))
    db.create_tables([LedgerDay])
    ledger_days.fill(db)
