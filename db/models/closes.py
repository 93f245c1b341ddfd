"""Months of a fund's books closed by two signatures: the set that was signed, what was open then, and what the bank said."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import DayField, InstantField
from db.models.ledger import LedgerAccount
from db.models.people import Account, Device
from db.models.places import Fund

TURNS = ("treasurer", "auditor")
OPEN = ("offer", "on_the_way", "unchecked", "unbooked", "uncounted", "short", "over", "to_give_back", "unexplained")


class MonthClose(Base):
    """The books of a fund through the last day of a month, as the first signature fixed them; `n` counts the tries of a month.

    `set_hash` is that of all postings of the month, `report` its balances without names (JSON), as they were.
    """

    fund = ForeignKeyField(Fund, backref="closes")
    through = DayField()
    n = IntegerField()
    set_hash = TextField()
    report = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("fund", "through", "n"), True),)


class CloseSignature(Base):
    """Signed as treasurer or auditor, each on a device of their own."""

    close = ForeignKeyField(MonthClose, index=False, backref="signatures")
    turn = TextField(constraints=[Check(f"turn IN {TURNS!r}")])
    account = ForeignKeyField(Account)
    device = ForeignKeyField(Device, null=True)
    at = InstantField()

    class Meta:
        indexes = ((("close", "turn"), True), (("close", "account"), True))


class CloseFall(Base):
    """It was not signed in time, or the auditor (`account`) did not sign it for a reason: the month is open again."""

    close = ForeignKeyField(MonthClose, unique=True, backref="falls")
    account = ForeignKeyField(Account, null=True)
    reason = TextField(default="")
    at = InstantField()


class CloseOpen(Base):
    """Something that was open and signed as it stood: how many, how much, and on whose account where it is somebody's."""

    close = ForeignKeyField(MonthClose, index=False, backref="open")
    what = TextField(constraints=[Check(f"what IN {OPEN!r}")])
    ledger_account = ForeignKeyField(LedgerAccount, null=True)
    amount_satang = BigIntegerField()
    many = IntegerField()

    class Meta:
        indexes = ((("close", "what", "ledger_account"), True),)


class BankBalance(Base):
    """What a bank's statement says at the end of the month; the last `n` that is agreed to counts, the first needs no agreement.

    What differs from the books has an `owner`, and a note what it is.
    """

    close = ForeignKeyField(MonthClose, index=False, backref="balances")
    ledger_account = ForeignKeyField(LedgerAccount)
    n = IntegerField()
    booked_satang = BigIntegerField()
    said_satang = BigIntegerField()
    owner = ForeignKeyField(Account, null=True, backref="bank_differences")
    note = TextField(default="")
    account = ForeignKeyField(Account, backref="typed_balances")
    at = InstantField()

    class Meta:
        indexes = ((("close", "ledger_account", "n"), True),)


class BalanceAgreement(Base):
    """The auditor agrees to a balance that takes the place of an earlier one."""

    balance = ForeignKeyField(BankBalance, unique=True, backref="agreements")
    account = ForeignKeyField(Account)
    at = InstantField()


class HandCount(Base):
    """Somebody counted the cash in a hand without handing it over; `booked_satang` is what the books said at that moment."""

    hand = ForeignKeyField(LedgerAccount, backref="counts")
    on = DayField()
    counted_satang = BigIntegerField()
    booked_satang = BigIntegerField()
    account = ForeignKeyField(Account)
    at = InstantField()
