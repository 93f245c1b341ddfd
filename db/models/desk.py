"""What people did about the ครบ/ขาด board: a gap in a phone's numbers that somebody explained."""

from peewee import Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.people import Account


class GapClosing(Base):
    """Somebody said why the numbers `first` … `last` of a phone will not come. They may still come later."""

    device = UUIDField(index=True)
    first = IntegerField()
    last = IntegerField()
    account = ForeignKeyField(Account)
    at = InstantField()
    why = TextField(constraints=[Check("why IN ('lost','imported','other')")])
    reason = TextField(default="")
