"""What somebody asks the fund for: the event, the entries that tell of it, and every act that followed, from certifying to the receipt."""

from peewee import BigIntegerField, BlobField, BooleanField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import DayField, InstantField
from db.models.custody import Entry
from db.models.ledger import LedgerTransaction
from db.models.people import Account
from db.models.places import Fund
from db.models.register import Resolution
from db.models.vouchers import Voucher

ACTS = (
    "certify", "withdraw", "propose", "urge", "object", "grant", "refuse", "reopen",
    "hold", "release", "pay", "receive", "bring_back",
    "review", "dissent", "uphold", "top_up", "claw_back", "redirect", "waive", "repay",
)  # fmt: skip
HOW = ("signature", "thumbprint", "paper", "passkey", "not_given")


class Claim(Base):
    """One event of one right. `id` is a keyed hash of fund, right, benefit, subject, day and number, so that the same event is one claim.

    `person` is whose right it is, an id of the register. `said` holds benefit, subject and number, sealed: they may tell of health.
    """

    id = UUIDField(primary_key=True)
    fund = ForeignKeyField(Fund, backref="claims")
    person = UUIDField(index=True)
    event_on = DayField()
    said = BlobField()
    at = InstantField()


class ClaimEntry(Base):
    """An entry that a zone leader approved and that tells of this event; several are joined here."""

    claim = ForeignKeyField(Claim, backref="told_by")
    entry = ForeignKeyField(Entry, unique=True, backref="claims")
    at = InstantField()


class ClaimAct(Base):
    """The n-th act about a claim. Acts of one payment name its `payee` by number. `said` holds a decision as it was frozen, or a
    reason, sealed; money that goes or comes back names its `voucher`, a decision its `resolution`, a claw-back its `transaction`.
    """

    claim = ForeignKeyField(Claim, backref="acts")
    n = IntegerField()
    kind = TextField(constraints=[Check(f"kind IN {ACTS!r}")])
    payee = IntegerField(null=True)
    entry = ForeignKeyField(Entry, null=True, backref="claim_acts")
    resolution = ForeignKeyField(Resolution, null=True, backref="claim_acts")
    voucher = ForeignKeyField(Voucher, null=True, unique=True, backref="claim_acts")
    transaction = ForeignKeyField(LedgerTransaction, null=True, backref="claim_acts")
    amount_satang = BigIntegerField(null=True, constraints=[Check("amount_satang >= 0")])
    said = BlobField(null=True)
    account = ForeignKeyField(Account, backref="claim_acts")
    at = InstantField()

    class Meta:
        indexes = ((("claim", "n"), True),)
        constraints = [Check("(kind IN ('pay', 'repay')) = (voucher_id IS NOT NULL)")]


class ClaimLook(Base):
    """Derived: when the rules were last asked about a decided claim, and whether they say something else than they said. An old
    `at`: to be asked again.
    """

    claim = ForeignKeyField(Claim, unique=True, backref="looks")
    is_due = BooleanField()
    at = InstantField(index=True)


class ClaimStanding(Base):
    """Projection. The state that the last act left a claim in; lists and counts are read from it.

    `is_due`: something of it may still have to be paid, so that who pays need not open what was paid long ago.
    """

    claim = ForeignKeyField(Claim, primary_key=True, backref="standings")
    fund = ForeignKeyField(Fund, index=False)
    state = TextField()
    event_on = DayField()
    is_due = BooleanField()

    class Meta:
        indexes = ((("fund", "state", "event_on", "claim"), False), (("fund", "is_due"), False))


class PayoutReceipt(Base):
    """What a payee says of the money of a voucher: how much came (0: it could not be given), and how they said so.

    `entry` told it from a phone; with a passkey of their own they said it here.
    """

    voucher = ForeignKeyField(Voucher, backref="payout_receipts")
    entry = ForeignKeyField(Entry, null=True, unique=True, backref="payout_receipts")
    how = TextField(constraints=[Check(f"how IN {HOW!r}")])
    amount_satang = BigIntegerField(constraints=[Check("amount_satang >= 0")])
    account = ForeignKeyField(Account, backref="payout_receipts")
    at = InstantField()

    class Meta:
        constraints = [Check("(how = 'passkey') = (entry_id IS NULL)")]
