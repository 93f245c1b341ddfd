"""Claims of benefits: events, the entries that tell of them, and the acts that followed."""

from peewee import (
    AutoField,
    BigIntegerField,
    BlobField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

from db import append_only
from db.fields import DayField

ACTS = (
    "kind IN ('certify', 'withdraw', 'propose', 'object', 'grant', 'refuse', 'reopen', "
    "'hold', 'release', 'pay', 'receive', 'bring_back')"
)


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=AutoField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title().replace("_", ""), (Known,), about)

    Fund, Resolution, Voucher, Entry = (there(name) for name in ("fund", "resolution", "voucher", "entry"))
    Account = there("account", UUIDField)

    class Claim(Known):
        id = UUIDField(primary_key=True)
        fund = ForeignKeyField(Fund)
        person = UUIDField(index=True)
        event_on = DayField()
        said = BlobField()
        at = BigIntegerField()

        class Meta:
            table_name = "claim"

    class ClaimEntry(Known):
        claim = ForeignKeyField(Claim)
        entry = ForeignKeyField(Entry, unique=True)
        at = BigIntegerField()

        class Meta:
            table_name = "claim_entry"

    class ClaimAct(Known):
        claim = ForeignKeyField(Claim)
        n = IntegerField()
        kind = TextField(constraints=[Check(ACTS)])
        payee = IntegerField(null=True)
        entry = ForeignKeyField(Entry, null=True)
        resolution = ForeignKeyField(Resolution, null=True)
        voucher = ForeignKeyField(Voucher, null=True, unique=True)
        amount_satang = BigIntegerField(null=True, constraints=[Check("amount_satang >= 0")])
        said = BlobField(null=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "claim_act"
            indexes = ((("claim", "n"), True),)
            constraints = [Check("(kind = 'pay') = (voucher_id IS NOT NULL)")]

    db.create_tables([Claim, ClaimEntry, ClaimAct])
    for table in ("claim", "claim_entry", "claim_act"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
