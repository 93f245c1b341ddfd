"""What is typed before a fund is there."""

from peewee import ForeignKeyField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Fund


class FundDraft(Base):
    """What an administrator typed to found a fund (JSON of {field: text}); `fund` is what came of it. Before that it binds nobody."""

    id = UUIDField(primary_key=True)
    account = ForeignKeyField(Account, backref="fund_drafts")
    typed = TextField()
    fund = ForeignKeyField(Fund, null=True, backref="fund_drafts")
    at = InstantField()
