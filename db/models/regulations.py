"""The funds' own rules, each version as the document that two people put in force."""

from peewee import BlobField, Check, DateField, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Fund
from db.models.register import Resolution


class Regulation(Base):
    """A version of a fund's regulation. From `in_force_from` on it holds, until a later version's day comes."""

    fund = ForeignKeyField(Fund, backref="regulations")
    version = IntegerField()
    in_force_from = DateField()
    document = BlobField()
    sha256 = TextField()
    resolution = ForeignKeyField(Resolution)
    drafted_by = ForeignKeyField(Account, backref="drafted")
    enforced_by = ForeignKeyField(Account, backref="enforced")
    at = InstantField()
    replaces = ForeignKeyField("self", null=True)

    class Meta:
        indexes = ((("fund", "version"), True), (("fund", "in_force_from"), True))
        constraints = [Check("version > 0"), Check("drafted_by_id <> enforced_by_id")]
