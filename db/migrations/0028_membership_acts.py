"""Acts about memberships: ends, rejoining, rests, and days covered without the member's money."""

from peewee import (
    AutoField,
    BigIntegerField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

from db import append_only
from db.fields import DayField

KINDS = "kind IN ('end', 'rejoin', 'suspend', 'exempt', 'forgive', 'fund_pays', 'moved_in', 'undo')"
WHYS = "why IN ('', 'deceased', 'expelled', 'resigned', 'transferred', 'lapsed')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Membership(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "membership"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class Resolution(Known):
        id = AutoField()

        class Meta:
            table_name = "resolution"

    class LedgerTransaction(Known):
        id = IntegerField(primary_key=True)

        class Meta:
            table_name = "ledger_transaction"

    class MembershipAct(Known):
        membership = ForeignKeyField(Membership)
        kind = TextField(constraints=[Check(KINDS)])
        first = DayField()
        last = DayField(null=True)
        why = TextField(constraints=[Check(WHYS)])
        counted_from = DayField(null=True)
        undoes = ForeignKeyField("self", null=True, unique=True)
        resolution = ForeignKeyField(Resolution, null=True)
        reason = TextField()
        amount_satang = BigIntegerField(null=True)
        transaction = ForeignKeyField(LedgerTransaction, null=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "membership_act"
            indexes = ((("membership", "kind", "first"), False),)
            constraints = [Check("(kind = 'undo') = (undoes_id IS NOT NULL)"), Check("(kind = 'end') = (why <> '')")]

    db.create_tables([MembershipAct])
    append_only.freeze(db, "membership_act")
    append_only.tie(db, "membership_act", [column.name for column in db.get_columns("membership_act")])
