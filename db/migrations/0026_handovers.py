"""Cash from hand to hand: what was offered and which receipts it names, who took it and what that came to, and voids that are asked for."""

from peewee import BigIntegerField, BooleanField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField

CLEARED = "how IN ('repaid', 'written_off', 'to_give_back', 'to_income')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=None):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__}
        return type(table.title().replace("_", ""), (Known,), about | ({"id": key(primary_key=True)} if key else {}))

    Fund, Entry, LedgerAccount, Receipt = (there(name) for name in ("fund", "entry", "ledger_account", "receipt"))
    LedgerTransaction, Account = there("ledger_transaction", IntegerField), there("account", UUIDField)
    Resolution = there("resolution")

    class Handover(Known):
        fund = ForeignKeyField(Fund)
        entry = ForeignKeyField(Entry, unique=True)
        giver = ForeignKeyField(LedgerAccount)
        on = DayField()
        told_at = BigIntegerField()
        expected_satang = BigIntegerField()
        counted_satang = BigIntegerField()
        paid_out_satang = BigIntegerField()
        at = BigIntegerField()

        class Meta:
            table_name = "handover"

    class HandoverRange(Known):
        handover = ForeignKeyField(Handover, index=False)
        fund = ForeignKeyField(Fund, index=False)
        book = TextField()
        first = IntegerField()
        last = IntegerField()

        class Meta:
            table_name = "handover_range"
            indexes = ((("handover", "book", "first"), True), (("fund", "book", "first"), False))

    class HandoverPart(Known):
        handover = ForeignKeyField(Handover, index=False)
        named = UUIDField()

        class Meta:
            table_name = "handover_part"
            indexes = ((("handover", "named"), True),)

    class HandoverAgreement(Known):
        entry = ForeignKeyField(Entry, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "handover_agreement"

    class Taking(Known):
        handover = ForeignKeyField(Handover, unique=True)
        entry = ForeignKeyField(Entry, index=False)
        taker = ForeignKeyField(LedgerAccount)
        on = DayField()
        counted_satang = BigIntegerField()
        at = BigIntegerField()

        class Meta:
            table_name = "taking"

    class TakingStep(Known):
        taking = ForeignKeyField(Taking, index=False)
        n = IntegerField()
        from_hand_satang = BigIntegerField()
        awaited_satang = BigIntegerField()
        transaction = ForeignKeyField(LedgerTransaction, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "taking_step"
            indexes = ((("taking", "n"), True),)

    class HandedOn(Known):
        receipt = ForeignKeyField(Receipt, index=False)
        n = IntegerField()
        taking = ForeignKeyField(Taking, null=True)
        amount_satang = BigIntegerField()
        is_late = BooleanField()
        at = BigIntegerField()

        class Meta:
            table_name = "handed_on"
            indexes = ((("receipt", "n"), True),)

    class PassedOn(Known):
        part = ForeignKeyField(Taking, unique=True)
        taking = ForeignKeyField(Taking)
        at = BigIntegerField()

        class Meta:
            table_name = "passed_on"

    class HandoverClosing(Known):
        taking = ForeignKeyField(Taking, unique=True)
        account = ForeignKeyField(Account)
        reason = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "handover_closing"

    class VoidAsked(Known):
        entry = ForeignKeyField(Entry, unique=True)
        receipt = ForeignKeyField(Receipt)
        money = TextField()
        told_at = BigIntegerField()
        at = BigIntegerField()

        class Meta:
            table_name = "void_asked"

    class DifferenceClearing(Known):
        hand = ForeignKeyField(LedgerAccount)
        resolution = ForeignKeyField(Resolution)
        how = TextField(constraints=[Check(CLEARED)])
        amount_satang = BigIntegerField(constraints=[Check("amount_satang > 0")])
        account = ForeignKeyField(Account)
        transaction = ForeignKeyField(LedgerTransaction)
        at = BigIntegerField()

        class Meta:
            table_name = "difference_clearing"

    digested = [Handover, HandoverRange, HandoverPart, Taking, TakingStep, HandedOn, PassedOn, VoidAsked]
    tied = [HandoverAgreement, HandoverClosing, DifferenceClearing]
    db.create_tables([*digested, *tied])
    for model in (*digested, *tied):
        append_only.freeze(db, model._meta.table_name)
    for model in tied:
        table = model._meta.table_name
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
