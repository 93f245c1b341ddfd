"""New access for somebody who had it before: asked for by one officer, confirmed by another."""

from peewee import ForeignKeyField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.people import Account, Enrolment


class Reissue(Base):
    """Asked for. `opens_at` is null where a second officer confirms; where there is none, when the waiting is over."""

    id = UUIDField(primary_key=True)
    account = ForeignKeyField(Account, backref="reissues")
    asked_by = ForeignKeyField(Account)
    asked_at = InstantField()
    opens_at = InstantField(null=True)
    expires_at = InstantField()
    reason = TextField()
    identity_check = TextField(default="")


class ReissueConfirmation(Base):
    reissue = ForeignKeyField(Reissue, unique=True, backref="confirmations")
    account = ForeignKeyField(Account)
    at = InstantField()


class ReissueRefusal(Base):
    """Declined by an officer, or stopped by whose account it is."""

    reissue = ForeignKeyField(Reissue, unique=True, backref="refusals")
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField()


class ReissueLink(Base):
    """The one enrolment that was issued on it."""

    reissue = ForeignKeyField(Reissue, unique=True, backref="links")
    enrolment = ForeignKeyField(Enrolment, unique=True, backref="reissues")
