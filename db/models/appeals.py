"""A decision told to the member, from which day the time to appeal runs, and what they said against it."""

from peewee import BlobField, Check, ForeignKeyField, TextField

from db import Base
from db.fields import DayField, InstantField
from db.models.claims import ClaimAct
from db.models.people import Account

TOLD = ("read", "hand", "phone", "post")
FILED = ("own", "told")


class DecisionNotice(Base):
    """The decision of `act` reached the member on a day: read on their own device, given by hand, told by telephone, or posted."""

    act = ForeignKeyField(ClaimAct, unique=True, backref="notices")
    told_on = DayField()
    how = TextField(constraints=[Check(f"how IN {TOLD!r}")])
    account = ForeignKeyField(Account)
    at = InstantField()


class Appeal(Base):
    """What a member says against the decision of `act` and the clause that it rests on, sealed; one for each decision.

    `how`: filed on their own device, or told to who noted it.
    """

    act = ForeignKeyField(ClaimAct, unique=True, backref="appeals")
    filed_on = DayField()
    clause = TextField()
    said = BlobField()
    how = TextField(constraints=[Check(f"how IN {FILED!r}")])
    account = ForeignKeyField(Account)
    at = InstantField()
