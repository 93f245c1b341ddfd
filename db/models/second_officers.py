"""What two people answer for: when a role began, and that an access is its owner's."""

from peewee import Check, ForeignKeyField, TextField

from db import Base
from db.fields import InstantField
from db.models.people import Account, Passkey, RoleGrant


class RoleStart(Base):
    """The grant counts since then. `account` is the second officer; null when the 24 hours were over, or it began before these rows."""

    grant = ForeignKeyField(RoleGrant, unique=True, backref="starts")
    account = ForeignKeyField(Account, null=True)
    at = InstantField()


class AccessConfirmation(Base):
    """The owner said that the access is theirs. `account` is null where it was in use for 30 days before these rows."""

    passkey = ForeignKeyField(Passkey, unique=True, backref="confirmations")
    account = ForeignKeyField(Account, null=True)
    at = InstantField()
    how = TextField(constraints=[Check("how IN ('face','phone','in use')")])
