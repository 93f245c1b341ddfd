"""Money that was taken from people: receipts as they came into custody, what became of them, and what waits to be booked."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import DayField, InstantField
from db.models.custody import Device, Entry
from db.models.fieldwork import Assignment
from db.models.ledger import LedgerAccount, LedgerTransaction
from db.models.people import Account
from db.models.places import Fund

STATES = ("waiting", "approved", "rejected", "void", "replaced")
WHERE = ("", "to_give_back", "given_back", "never_paid")


class AssignmentFund(Base):
    """The assignment is also one to collect contributions for this fund."""

    assignment = ForeignKeyField(Assignment, backref="funds")
    fund = ForeignKeyField(Fund)

    class Meta:
        indexes = ((("assignment", "fund"), True),)


class ReceiptBook(Base):
    """A book of receipts that a phone writes for one account and fund. The server gives `number` (the n of "Mn") once and never again."""

    number = IntegerField(unique=True)
    fund = ForeignKeyField(Fund)
    device = ForeignKeyField(Device)
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("device", "account", "fund"), False),)


class Receipt(Base):
    """A receipt of a fund, as the first entry that told it says. `hand` is the account that got the money: a hand, or a bank on the way.

    `old_book` and `old_no` name the receipt whose money it takes over. `said` is the hash of all that may not differ between two
    tellings; `told_on` the day of recording, Thai time, by the corrected clock.
    """

    fund = ForeignKeyField(Fund)
    book = TextField()
    no = IntegerField()
    paid_on = DayField()
    told_on = DayField()
    hand = ForeignKeyField(LedgerAccount, backref="receipts")
    payer_kind = TextField()
    payer = UUIDField(null=True, index=True)
    total_satang = BigIntegerField()
    said = TextField()
    entry = ForeignKeyField(Entry, index=False, backref="receipts")
    old_book = TextField(default="")
    old_no = IntegerField(null=True)
    at = InstantField()

    class Meta:
        indexes = (
            (("fund", "book", "no"), True),
            (("hand", "paid_on"), False),
            (("fund", "paid_on"), False),
            (("fund", "old_book", "old_no"), False),
        )


class ReceiptLine(Base):
    """One line of a receipt; `person` is the register's id, also of somebody who is not in it yet."""

    receipt = ForeignKeyField(Receipt, backref="lines")
    place = IntegerField()
    person = UUIDField(null=True, index=True)
    kind = TextField(constraints=[Check("kind IN ('contribution','entry_fee','donation')")])
    amount_satang = BigIntegerField(constraints=[Check("amount_satang > 0")])
    covers_from = DayField(null=True)
    covers_to = DayField(null=True)

    class Meta:
        indexes = ((("receipt", "place"), True),)


class Booking(Base):
    """This money entry is in the books: by a receipt that it told, first or again, or by the act that it is."""

    entry = ForeignKeyField(Entry, unique=True, backref="bookings")
    receipt = ForeignKeyField(Receipt, null=True, backref="bookings")
    at = InstantField()


class Unbooked(Base):
    """Projection. A money entry that is still to be booked, noted as it comes into custody. `reason` says why it was not, at `tried_at`."""

    entry = ForeignKeyField(Entry, primary_key=True, backref="unbooked")
    kind = TextField()
    reason = TextField(default="", index=True)
    tried_at = InstantField(null=True)


class ReceiptStep(Base):
    """What a receipt came to, step by step; the last one counts, none is waiting. `money`: where it is when it does not count.

    `transaction` is the first that the step booked; null where nothing moved.
    """

    receipt = ForeignKeyField(Receipt, index=False, backref="steps")
    n = IntegerField()
    state = TextField(constraints=[Check(f"state IN {STATES!r}")])
    money = TextField(default="", constraints=[Check(f"money IN {WHERE!r}")])
    on = DayField()
    account = ForeignKeyField(Account, null=True)
    entry = ForeignKeyField(Entry, null=True)
    transaction = ForeignKeyField(LedgerTransaction, null=True)
    at = InstantField()

    class Meta:
        indexes = ((("receipt", "n"), True),)


class ReceiptStanding(Base):
    """Projection. What the last step of a receipt says; `waiting` where there is none. Lists and sums are read from it."""

    receipt = ForeignKeyField(Receipt, primary_key=True, backref="standings")
    fund = ForeignKeyField(Fund, index=False)
    hand = ForeignKeyField(LedgerAccount, index=False)
    state = TextField()
    money = TextField(default="")

    class Meta:
        indexes = ((("fund", "state", "hand"), False), (("hand", "state"), False), (("fund", "money"), False))


class Advance(Base):
    """This step took a line in advance (2100), because its person was no member yet."""

    step = ForeignKeyField(ReceiptStep, backref="advances")
    line = ForeignKeyField(ReceiptLine, backref="advances")

    class Meta:
        indexes = ((("step", "line"), True),)


class NeverReceived(Base):
    """Who rejected a receipt has heard the payer: this money was never paid."""

    entry = ForeignKeyField(Entry, index=False)
    turn = IntegerField()
    account = ForeignKeyField(Account)
    heard = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("entry", "turn"), True),)
