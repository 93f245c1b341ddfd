"""The auditor's desk: samples drawn from closed months and years, and what was said about each thing that was drawn."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.claims import Claim
from db.models.closes import MonthClose
from db.models.collecting import Receipt
from db.models.people import Account
from db.models.places import Fund
from db.models.vouchers import Voucher
from db.models.year_closes import YearClose

KINDS = ("receipt", "voucher", "claim")
WORDS = ("right", "finding", "answer", "kept_open", "settled")
ONE_OF_THREE = " AND ".join(f"(kind = '{kind}') = ({kind}_id IS NOT NULL)" for kind in KINDS)


class Audit(Base):
    """A sample of a closed month or year: so many of each kind, out of so many (`…_of`), by `seed` and the hash that two signed.

    `said` is what was asked for: the same again is the same sample.
    """

    fund = ForeignKeyField(Fund, backref="audits")
    month = ForeignKeyField(MonthClose, null=True, backref="audits")
    year = ForeignKeyField(YearClose, null=True, backref="audits")
    rule = TextField()
    seed = TextField()
    set_hash = TextField()
    said = TextField(unique=True)
    receipts = IntegerField()
    receipts_of = IntegerField()
    vouchers = IntegerField()
    vouchers_of = IntegerField()
    claims = IntegerField()
    claims_of = IntegerField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        constraints = [Check("(month_id IS NULL) <> (year_id IS NULL)")]


class AuditItem(Base):
    """One thing that was drawn, in the order of the draw. `whose`: who collected, paid or certified it, and may answer for it."""

    audit = ForeignKeyField(Audit, index=False, backref="items")
    kind = TextField(constraints=[Check(f"kind IN {KINDS!r}")])
    place = IntegerField()
    receipt = ForeignKeyField(Receipt, null=True, backref="audits")
    voucher = ForeignKeyField(Voucher, null=True, backref="audits")
    claim = ForeignKeyField(Claim, null=True, backref="audits")
    whose = ForeignKeyField(Account, null=True, backref="audited")

    class Meta:
        indexes = ((("audit", "kind", "place"), True),)
        constraints = [Check(ONE_OF_THREE)]


class AuditWord(Base):
    """The n-th word about an item: it is right, or a finding; an answer to that; and whether it is settled or kept open."""

    item = ForeignKeyField(AuditItem, index=False, backref="words")
    n = IntegerField()
    kind = TextField(constraints=[Check(f"kind IN {WORDS!r}")])
    words = TextField(default="")
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("item", "n"), True),)
