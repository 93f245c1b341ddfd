"""What a resolution, or the registrar, did to a membership: its ends and beginnings, rests, and days covered without the member's money."""

from peewee import BigIntegerField, Check, ForeignKeyField, TextField

from db import Base
from db.fields import DayField, InstantField
from db.models.ledger import LedgerTransaction
from db.models.people import Account
from db.models.register import Membership, Resolution

KINDS = ("end", "rejoin", "suspend", "exempt", "forgive", "fund_pays", "moved_in", "undo")
WHYS = ("", "deceased", "expelled", "resigned", "transferred", "lapsed")


class PlanChoice(Base):
    """From `first` on the member pays by the plan with this code; "": by the fund's first. Of one day the last row holds."""

    membership = ForeignKeyField(Membership, backref="plan_choices")
    first = DayField()
    plan = TextField()
    reason = TextField(default="")
    account = ForeignKeyField(Account)
    at = InstantField()


class MembershipAct(Base):
    """One act. `first` is the day from which it holds: of an end the first day as no member, of a rejoining the day of joining.

    `last` closes a rest or covered days; `counted_from` is where a new term's tenure begins. An `undo` names the act that it takes back.
    """

    membership = ForeignKeyField(Membership, backref="acts")
    kind = TextField(constraints=[Check(f"kind IN {KINDS!r}")])
    first = DayField()
    last = DayField(null=True)
    why = TextField(default="", constraints=[Check(f"why IN {WHYS!r}")])
    counted_from = DayField(null=True)
    undoes = ForeignKeyField("self", null=True, unique=True, backref="undone_by")
    resolution = ForeignKeyField(Resolution, null=True, backref="acts")
    reason = TextField(default="")
    amount_satang = BigIntegerField(null=True)
    transaction = ForeignKeyField(LedgerTransaction, null=True)
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("membership", "kind", "first"), False),)
        constraints = [Check("(kind = 'undo') = (undoes_id IS NOT NULL)"), Check("(kind = 'end') = (why <> '')")]
