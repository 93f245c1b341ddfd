"""The books of each fund: accounts, transactions that sum to zero, and their postings. One door writes them (pwa/domain/fund/ledger)."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import DayField, InstantField
from db.models.people import Account
from db.models.places import Fund

TYPES = ("asset", "liability", "income", "benefit", "expense", "transfer", "opening")
POTTED = ("income", "benefit", "expense", "transfer")
"""Postings to accounts of these types name exactly one pot, all others none."""


class Branch(Base):
    """A holder of cash that is not one person: two named people answer for it together."""

    fund = ForeignKeyField(Fund, backref="branches")
    code = TextField()
    name = TextField()
    first = ForeignKeyField(Account, backref="keeps_first")
    second = ForeignKeyField(Account, backref="keeps_second")
    account = ForeignKeyField(Account, backref="named_branches")
    at = InstantField()

    class Meta:
        indexes = ((("fund", "code"), True),)
        constraints = [Check("first_id <> second_id")]


class LedgerAccount(Base):
    """An account of a fund's books. `code` is that of the chart (pwa/domain/fund/chart): "1000-somchai", "4010".

    A hand, and what somebody is short or over, belongs to a `holder` (an account of the app) or a `branch`; a bank has a name.
    """

    fund = ForeignKeyField(Fund, backref="ledger_accounts")
    code = TextField()
    type = TextField(constraints=[Check(f"type IN {TYPES!r}")])
    holder = ForeignKeyField(Account, null=True, backref="ledger_accounts")
    branch = ForeignKeyField(Branch, null=True, backref="ledger_accounts")
    name = TextField(default="")

    class Meta:
        indexes = ((("fund", "code"), True),)


class LedgerTransaction(Base):
    """Postings that belong together. It is written after them and seals them: they sum to zero, and never change again.

    `source` names what it books, once a fund: "receipt/M7/12", "approval/M7/12/0". `occurred_on` is when it happened,
    `posted_on` the day of the books that it stands on.
    """

    id = IntegerField(primary_key=True)
    fund = ForeignKeyField(Fund)
    occurred_on = DayField()
    posted_on = DayField()
    kind = TextField()
    source = TextField()
    actor = UUIDField(null=True)
    at = InstantField()
    reverses = ForeignKeyField("self", null=True, unique=True, backref="reversals")

    class Meta:
        indexes = ((("fund", "source"), True), (("fund", "posted_on", "id"), False))


LedgerTransaction.add_index(
    LedgerTransaction.index(
        LedgerTransaction.fund, where=LedgerTransaction.kind == "opening", name="ledger_transaction_opening"
    )
)


class Posting(Base):
    """A sum on one account, debit positive, in satang."""

    transaction = ForeignKeyField(LedgerTransaction, backref="postings", deferrable="INITIALLY DEFERRED")
    account = ForeignKeyField(LedgerAccount, backref="postings")
    pot = TextField(default="")
    amount_satang = BigIntegerField(constraints=[Check("amount_satang <> 0")])

    class Meta:
        indexes = ((("account", "pot"), False),)


class LedgerDay(Base):
    """Projection. What was debited and credited on an account (and pot) from the first posting to the end of a day.

    It says so `until` the next day on which something was posted, a day that never comes where there is none yet.
    """

    account = ForeignKeyField(LedgerAccount, index=False, backref="days")
    pot = TextField(default="")
    day = DayField()
    until = DayField()
    debit_satang = BigIntegerField()
    credit_satang = BigIntegerField()

    class Meta:
        indexes = ((("account", "pot", "day"), True), (("account", "until"), False))


LedgerDay.add_index(
    LedgerDay.index(
        LedgerDay.account,
        LedgerDay.day,
        where=LedgerDay.debit_satang == LedgerDay.credit_satang,
        name="ledger_day_empty",
    )
)


class Bank(Base):
    """An account of the fund at a bank, since a day: which bank, and the last digits of its number."""

    fund = ForeignKeyField(Fund, backref="banks")
    name = TextField()
    digits = TextField()
    since = DayField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("fund", "name", "digits"), True),)
