"""Cash from hand to hand: what was offered and names which receipts, who took it and what that came to, and voids asked for."""

from peewee import BigIntegerField, BooleanField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import DayField, InstantField
from db.models.collecting import Receipt
from db.models.custody import Entry
from db.models.ledger import LedgerAccount, LedgerTransaction
from db.models.people import Account
from db.models.places import Fund
from db.models.register import Resolution

CLEARED = ("repaid", "written_off", "to_give_back", "to_income")


class Handover(Base):
    """Cash that stands ready in the hand `giver`, as its entry says. It moves nothing. `told_at`: when, by the corrected clock."""

    fund = ForeignKeyField(Fund)
    entry = ForeignKeyField(Entry, unique=True, backref="handovers")
    giver = ForeignKeyField(LedgerAccount, backref="handovers")
    on = DayField()
    told_at = InstantField()
    expected_satang = BigIntegerField()
    counted_satang = BigIntegerField()
    paid_out_satang = BigIntegerField()
    at = InstantField()


class HandoverRange(Base):
    """The receipts of a book from one number through another go with it, booked yet or not. Ranges of one hand-over never overlap."""

    handover = ForeignKeyField(Handover, index=False, backref="ranges")
    fund = ForeignKeyField(Fund, index=False)
    book = TextField()
    first = IntegerField()
    last = IntegerField()

    class Meta:
        indexes = ((("handover", "book", "first"), True), (("fund", "book", "first"), False))


class HandoverPart(Base):
    """What was taken by an earlier hand-over (its entry's id) goes on with this one."""

    handover = ForeignKeyField(Handover, index=False, backref="parts")
    named = UUIDField()

    class Meta:
        indexes = ((("handover", "named"), True),)


class HandoverAgreement(Base):
    """A third person, neither giver nor taker, agrees to what one of the two typed with the other's signature."""

    entry = ForeignKeyField(Entry, unique=True, backref="agreements")
    account = ForeignKeyField(Account)
    at = InstantField()


class Taking(Base):
    """Somebody counted and took what was offered, once: from here on it is in the hand `taker`."""

    handover = ForeignKeyField(Handover, unique=True, backref="takings")
    entry = ForeignKeyField(Entry, index=False)
    taker = ForeignKeyField(LedgerAccount, backref="takings")
    on = DayField()
    counted_satang = BigIntegerField()
    at = InstantField()


class TakingStep(Base):
    """What a taking comes to: out of the giver's hand, and for receipts that are not booked (2400); the last step counts.

    What both differ from what was counted is the giver's to explain.
    """

    taking = ForeignKeyField(Taking, index=False, backref="steps")
    n = IntegerField()
    from_hand_satang = BigIntegerField()
    awaited_satang = BigIntegerField()
    transaction = ForeignKeyField(LedgerTransaction, null=True)
    at = InstantField()

    class Meta:
        indexes = ((("taking", "n"), True),)


class HandedOn(Base):
    """By which taking a receipt's cash went on; the last row counts, without a taking it is with its collector again.

    `is_late`: it was booked after, so its money never was in the collector's hand but came out of what had been handed on.
    """

    receipt = ForeignKeyField(Receipt, index=False, backref="handed")
    n = IntegerField()
    taking = ForeignKeyField(Taking, null=True, backref="handed")
    amount_satang = BigIntegerField()
    is_late = BooleanField()
    at = InstantField()

    class Meta:
        indexes = ((("receipt", "n"), True),)


class PassedOn(Base):
    """What was taken by `part` went on with another taking, once."""

    part = ForeignKeyField(Taking, unique=True, backref="passed_on")
    taking = ForeignKeyField(Taking, backref="passed")
    at = InstantField()


class HandoverClosing(Base):
    """Nobody waits any longer for the receipts that a hand-over named and that never came: that money is to be given back."""

    taking = ForeignKeyField(Taking, unique=True, backref="closings")
    account = ForeignKeyField(Account)
    reason = TextField()
    at = InstantField()


class VoidAsked(Base):
    """An entry says that a receipt does not count. `money` as ReceiptStep has it; `told_at`: when, by the corrected clock."""

    entry = ForeignKeyField(Entry, unique=True, backref="voids")
    receipt = ForeignKeyField(Receipt, backref="voids")
    money = TextField()
    told_at = InstantField()
    at = InstantField()


class DifferenceClearing(Base):
    """By a resolution, what a holder was short or over is settled; `hand` is that holder's 1200 or 2500."""

    hand = ForeignKeyField(LedgerAccount, backref="clearings")
    resolution = ForeignKeyField(Resolution)
    how = TextField(constraints=[Check(f"how IN {CLEARED!r}")])
    amount_satang = BigIntegerField(constraints=[Check("amount_satang > 0")])
    account = ForeignKeyField(Account)
    transaction = ForeignKeyField(LedgerTransaction)
    at = InstantField()


class HandLimit(Base):
    """From the day of this resolution on a hand of the fund keeps so much at most, and so many days."""

    fund = ForeignKeyField(Fund)
    resolution = ForeignKeyField(Resolution)
    most_days = IntegerField(constraints=[Check("most_days > 0")])
    most_satang = BigIntegerField(constraints=[Check("most_satang > 0")])
    account = ForeignKeyField(Account)
    at = InstantField()
