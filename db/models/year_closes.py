"""What stands on closed months: the fiscal year signed as the set of its months, and what is told of a month in public."""

from peewee import BigIntegerField, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import DayField, InstantField
from db.models.closes import TURNS, MonthClose
from db.models.people import Account, Device
from db.models.places import Fund


class CloseFigure(Base):
    """What a closed month tells the public, as it was at the second signature. Sums are since the founding, those of the year since 1 October.

    `is_told`: enough people stand behind what came and went since the last month that was told. The sums of the year are null where
    what was told last does not end with the year before.
    """

    close = ForeignKeyField(MonthClose, unique=True, backref="figures")
    members = IntegerField()
    is_told = BooleanField()
    put_in_satang = BigIntegerField()
    paid_out_satang = BigIntegerField()
    held_satang = BigIntegerField()
    year_put_in_satang = BigIntegerField(null=True)
    year_paid_out_satang = BigIntegerField(null=True)


class YearClose(Base):
    """The closed months of a fiscal year through its last day; `months` are lines of a month and its hash, `set_hash` that of the lines."""

    fund = ForeignKeyField(Fund, backref="year_closes")
    through = DayField()
    n = IntegerField()
    months = TextField()
    set_hash = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("fund", "through", "n"), True),)


class YearSignature(Base):
    """Signed as treasurer or auditor, each on a device of their own."""

    close = ForeignKeyField(YearClose, index=False, backref="signatures")
    turn = TextField(constraints=[Check(f"turn IN {TURNS!r}")])
    account = ForeignKeyField(Account)
    device = ForeignKeyField(Device, null=True)
    at = InstantField()

    class Meta:
        indexes = ((("close", "turn"), True), (("close", "account"), True))


class YearFall(Base):
    """It was not signed in time, or the auditor (`account`) did not sign it for a reason: it is signed anew."""

    close = ForeignKeyField(YearClose, unique=True, backref="falls")
    account = ForeignKeyField(Account, null=True)
    reason = TextField(default="")
    at = InstantField()
