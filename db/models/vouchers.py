"""Vouchers: the paper behind each act of the treasurer, one number a fund; what is undone of them; and the office handed over."""

from peewee import BigIntegerField, BooleanField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import DayField, InstantField
from db.models.collecting import Receipt
from db.models.ledger import LedgerAccount, LedgerTransaction
from db.models.people import Account
from db.models.places import Fund

KINDS = ("refund", "deposit", "withdrawal", "expense", "income", "between_pots")


class Voucher(Base):
    """`source` is the hand or bank that pays, or of an income the one that gets it; null where pots only move.

    `receipt` is the one whose money is given back, `said` the hash of what the command asked for: the same again is the same voucher.
    """

    fund = ForeignKeyField(Fund)
    n = IntegerField()
    command_id = UUIDField(unique=True)
    kind = TextField(constraints=[Check(f"kind IN {KINDS!r}")])
    on = DayField()
    payee = TextField()
    ground = TextField()
    source = ForeignKeyField(LedgerAccount, null=True)
    amount_satang = BigIntegerField(constraints=[Check("amount_satang > 0")])
    receipt = ForeignKeyField(Receipt, null=True, backref="refunds")
    transaction = ForeignKeyField(LedgerTransaction, backref="vouchers")
    account = ForeignKeyField(Account)
    said = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("fund", "n"), True),)


class Undoing(Base):
    """Who keeps the books asks that a voucher, or what the books begin with, be undone: the n-th time that it is asked of it."""

    fund = ForeignKeyField(Fund)
    transaction = ForeignKeyField(LedgerTransaction, backref="undoings")
    n = IntegerField()
    reason = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("transaction", "n"), True),)


class UndoingAnswer(Base):
    """The auditor signed it, and `reversal` was booked; or did not, and nothing was."""

    undoing = ForeignKeyField(Undoing, unique=True, backref="answers")
    agrees = BooleanField()
    account = ForeignKeyField(Account)
    reversal = ForeignKeyField(LedgerTransaction, null=True)
    at = InstantField()

    class Meta:
        constraints = [Check("agrees = (reversal_id IS NOT NULL)")]


class OfficeChange(Base):
    """The treasurer `leaving` hands the office over to `coming`, as it stood on a day."""

    fund = ForeignKeyField(Fund)
    leaving = ForeignKeyField(Account, backref="offices_left")
    coming = ForeignKeyField(Account, backref="offices_taken")
    on = DayField()
    at = InstantField()

    class Meta:
        constraints = [Check("leaving_id <> coming_id")]


class OfficeLine(Base):
    """What the books said then of an account at a bank, or on the way there."""

    change = ForeignKeyField(OfficeChange, index=False, backref="lines")
    ledger_account = ForeignKeyField(LedgerAccount)
    amount_satang = BigIntegerField()

    class Meta:
        indexes = ((("change", "ledger_account"), True),)


class OfficeSignature(Base):
    """Signed as who leaves, who comes, or the auditor; nobody signs twice."""

    change = ForeignKeyField(OfficeChange, index=False, backref="signatures")
    turn = TextField(constraints=[Check("turn IN ('leaving', 'coming', 'auditor')")])
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("change", "turn"), True), (("change", "account"), True))
