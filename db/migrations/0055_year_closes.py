"""A fund's fiscal year closed by two signatures, and the figures that are told in public once a month is closed."""

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

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

    Fund, MonthClose, Account, Device = (
        there("fund"),
        there("month_close"),
        there("account", UUIDField),
        there("device", UUIDField),
    )

    class CloseFigure(Known):
        close = ForeignKeyField(MonthClose, unique=True)
        members = IntegerField()
        is_told = BooleanField()
        put_in_satang = BigIntegerField()
        paid_out_satang = BigIntegerField()
        held_satang = BigIntegerField()
        year_put_in_satang = BigIntegerField(null=True)
        year_paid_out_satang = BigIntegerField(null=True)

        class Meta:
            table_name = "close_figure"

    class YearClose(Known):
        fund = ForeignKeyField(Fund)
        through = DayField()
        n = IntegerField()
        months = TextField()
        set_hash = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "year_close"
            indexes = ((("fund", "through", "n"), True),)

    class YearSignature(Known):
        close = ForeignKeyField(YearClose, index=False)
        turn = TextField(constraints=[Check("turn IN ('treasurer', 'auditor')")])
        account = ForeignKeyField(Account)
        device = ForeignKeyField(Device, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "year_signature"
            indexes = ((("close", "turn"), True), (("close", "account"), True))

    class YearFall(Known):
        close = ForeignKeyField(YearClose, unique=True)
        account = ForeignKeyField(Account, null=True)
        reason = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "year_fall"

    made = [CloseFigure, YearClose, YearSignature, YearFall]
    db.create_tables(made)
    for table in (one._meta.table_name for one in made):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
