"""The demo village's own accounts, and looking around in it without a key."""

from peewee import ForeignKeyField

from db import Base
from db.fields import InstantField
from db.models.people import Account, Enrolment, Session


class DemoWorld(Base):
    """An account that was made with the demo village, listed in the transaction that built it."""

    account = ForeignKeyField(Account, unique=True)
    at = InstantField()

    class Meta:
        table_name = "demo_world"


class Trial(Base):
    """A session that began without a key, with the link of this enrolment, which stays unused."""

    session = ForeignKeyField(Session, unique=True)
    enrolment = ForeignKeyField(Enrolment)
    at = InstantField()
