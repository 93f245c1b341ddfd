"""What is written down of a sitting beside its decisions: who was there, who kept out of what, what was put off, what was said."""

from peewee import BlobField, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.claims import Claim
from db.models.people import Account
from db.models.register import Resolution


class Attendance(Base):
    """Somebody at a sitting, an account or a name without one, and as what; `present` false takes it back. The last row of each holds."""

    resolution = ForeignKeyField(Resolution, backref="attendance")
    present = BooleanField()
    who = ForeignKeyField(Account, null=True)
    name = TextField()
    office = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()


class Abstention(Base):
    """Somebody who was there and kept out of one decision, because it was about their own household."""

    resolution = ForeignKeyField(Resolution, backref="abstentions")
    claim = ForeignKeyField(Claim, backref="abstentions")
    name = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("resolution", "claim", "name"), True),)


class Postponement(Base):
    """A claim that a sitting put off to the next one, with its reason, sealed."""

    resolution = ForeignKeyField(Resolution, backref="postponements")
    claim = ForeignKeyField(Claim, backref="postponements")
    said = BlobField()
    account = ForeignKeyField(Account)
    at = InstantField()


class Remark(Base):
    """What the minutes say under one of their standing items, sealed; the last one of an item holds."""

    resolution = ForeignKeyField(Resolution, backref="remarks")
    item = IntegerField(constraints=[Check("item BETWEEN 1 AND 5")])
    said = BlobField()
    account = ForeignKeyField(Account)
    at = InstantField()
