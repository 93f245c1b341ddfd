"""Money from people: books of receipts, receipts with their lines, what became of them, and what waits to be booked."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField

STATES = "state IN ('waiting', 'approved', 'rejected', 'void', 'replaced')"
WHERE = "money IN ('', 'to_give_back', 'given_back', 'never_paid')"
LINES = "kind IN ('contribution','entry_fee','donation')"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=None):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__}
        return type(table.title().replace("_", ""), (Known,), about | ({"id": key(primary_key=True)} if key else {}))

    Fund, Entry, LedgerAccount = there("fund"), there("entry"), there("ledger_account")
    LedgerTransaction = there("ledger_transaction", IntegerField)
    Account, Device, Assignment = (there(name, UUIDField) for name in ("account", "device", "assignment"))

    class AssignmentFund(Known):
        assignment = ForeignKeyField(Assignment)
        fund = ForeignKeyField(Fund)

        class Meta:
            table_name = "assignment_fund"
            indexes = ((("assignment", "fund"), True),)

    class ReceiptBook(Known):
        number = IntegerField(unique=True)
        fund = ForeignKeyField(Fund)
        device = ForeignKeyField(Device)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "receipt_book"
            indexes = ((("device", "account", "fund"), False),)

    class Receipt(Known):
        fund = ForeignKeyField(Fund)
        book = TextField()
        no = IntegerField()
        paid_on = DayField()
        told_on = DayField()
        hand = ForeignKeyField(LedgerAccount)
        payer_kind = TextField()
        payer = UUIDField(null=True, index=True)
        total_satang = BigIntegerField()
        said = TextField()
        entry = ForeignKeyField(Entry, index=False)
        old_book = TextField()
        old_no = IntegerField(null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "receipt"
            indexes = (
                (("fund", "book", "no"), True),
                (("hand", "paid_on"), False),
                (("fund", "paid_on"), False),
                (("fund", "old_book", "old_no"), False),
            )

    class ReceiptLine(Known):
        receipt = ForeignKeyField(Receipt)
        place = IntegerField()
        person = UUIDField(null=True, index=True)
        kind = TextField(constraints=[Check(LINES)])
        amount_satang = BigIntegerField(constraints=[Check("amount_satang > 0")])
        covers_from = DayField(null=True)
        covers_to = DayField(null=True)

        class Meta:
            table_name = "receipt_line"
            indexes = ((("receipt", "place"), True),)

    class Booking(Known):
        entry = ForeignKeyField(Entry, unique=True)
        receipt = ForeignKeyField(Receipt, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "booking"

    class Unbooked(Known):
        entry = ForeignKeyField(Entry, primary_key=True)
        kind = TextField()
        reason = TextField(index=True)
        tried_at = BigIntegerField(null=True)

        class Meta:
            table_name = "unbooked"

    class ReceiptStep(Known):
        receipt = ForeignKeyField(Receipt, index=False)
        n = IntegerField()
        state = TextField(constraints=[Check(STATES)])
        money = TextField(constraints=[Check(WHERE)])
        on = DayField()
        account = ForeignKeyField(Account, null=True)
        entry = ForeignKeyField(Entry, null=True)
        transaction = ForeignKeyField(LedgerTransaction, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "receipt_step"
            indexes = ((("receipt", "n"), True),)

    class ReceiptStanding(Known):
        receipt = ForeignKeyField(Receipt, primary_key=True)
        fund = ForeignKeyField(Fund, index=False)
        hand = ForeignKeyField(LedgerAccount, index=False)
        state = TextField()
        money = TextField()

        class Meta:
            table_name = "receipt_standing"
            indexes = ((("fund", "state", "hand"), False), (("hand", "state"), False))

    class Advance(Known):
        step = ForeignKeyField(ReceiptStep)
        line = ForeignKeyField(ReceiptLine)

        class Meta:
            table_name = "advance"
            indexes = ((("step", "line"), True),)

    class NeverReceived(Known):
        entry = ForeignKeyField(Entry, index=False)
        turn = IntegerField()
        account = ForeignKeyField(Account)
        heard = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "never_received"
            indexes = ((("entry", "turn"), True),)

    frozen = [AssignmentFund, ReceiptBook, Receipt, ReceiptLine, Booking, ReceiptStep, Advance, NeverReceived]
    db.create_tables([*frozen, Unbooked, ReceiptStanding])
    for model in frozen:
        append_only.freeze(db, model._meta.table_name)
    for model in (AssignmentFund, ReceiptBook, NeverReceived):
        table = model._meta.table_name
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
