"""What two people signed after a restore, before anything is paid again."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Fund
from db.models.vouchers import Voucher


class Reopening(Base):
    """A fund after the restore that the marked tie (its number) tells of: vouchers from `first_n` through `last_n` are on paper only.

    Said once more, with another last number, it is another row, and counts alone.
    """

    fund = ForeignKeyField(Fund)
    tie = IntegerField()
    first_n = IntegerField()
    last_n = IntegerField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        constraints = [Check("last_n >= first_n - 1")]


class ReopeningNumber(Base):
    """A number on paper: entered as a `voucher`, or explained in words."""

    reopening = ForeignKeyField(Reopening, backref="numbers")
    n = IntegerField()
    voucher = ForeignKeyField(Voucher, null=True, unique=True, backref="reopening_numbers")
    words = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("reopening", "n"), True),)


class ReopeningSignature(Base):
    """`counted` is JSON: {code of a hand or bank: [what the books say, what was counted]}; of the auditor what they signed."""

    reopening = ForeignKeyField(Reopening, backref="signatures")
    turn = TextField(constraints=[Check("turn IN ('treasurer', 'auditor')")])
    counted = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("reopening", "turn"), True),)
