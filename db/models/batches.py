"""Lists of what falls due by the calendar: who stands on one is a claim like any other; and who saw a payee alive on which day."""

from peewee import BlobField, ForeignKeyField, TextField, UUIDField

from db import Base
from db.fields import DayField, InstantField
from db.models.claims import Claim
from db.models.people import Account
from db.models.places import Fund
from db.models.vouchers import Voucher


class Batch(Base):
    """A benefit of a fund for the period that begins on `first`. `said` holds the benefit's code, sealed: it may tell of health."""

    id = UUIDField(primary_key=True)
    fund = ForeignKeyField(Fund, backref="batches")
    first = DayField()
    said = BlobField()
    account = ForeignKeyField(Account, backref="batches")
    at = InstantField()


class BatchLine(Base):
    """Somebody on a list, as a claim. What was taken off one list may stand on a later one."""

    batch = ForeignKeyField(Batch, backref="lines")
    claim = ForeignKeyField(Claim, backref="lines")

    class Meta:
        indexes = ((("batch", "claim"), True),)


class Sighting(Base):
    """Who saw the payee alive, and when, as it was written down with the voucher that paid them."""

    voucher = ForeignKeyField(Voucher, unique=True, backref="sightings")
    seen_by = TextField()
    seen_on = DayField()
    account = ForeignKeyField(Account, backref="sightings")
    at = InstantField()
