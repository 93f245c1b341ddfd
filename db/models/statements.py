"""Lines of banks' statements, and which transaction of the books each of them is."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import DayField, InstantField
from db.models.ledger import LedgerAccount, LedgerTransaction
from db.models.people import Account


class StatementLine(Base):
    """A line as the bank wrote it, in its order (`n`) on an account 1100: a sum that came in (> 0) or went out, and what was left."""

    ledger_account = ForeignKeyField(LedgerAccount, index=False, backref="statement_lines")
    n = IntegerField()
    on = DayField()
    words = TextField(default="")
    amount_satang = BigIntegerField(constraints=[Check("amount_satang <> 0")])
    left_satang = BigIntegerField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("ledger_account", "n"), True),)


class StatementMatch(Base):
    """The line is this transaction of the books. `booking` took the money from its way into the bank, where it was on its way.

    One of a line stands; those before it were undone.
    """

    line = ForeignKeyField(StatementLine, backref="matches")
    transaction = ForeignKeyField(LedgerTransaction, backref="statement_matches")
    booking = ForeignKeyField(LedgerTransaction, null=True, backref="statement_bookings")
    account = ForeignKeyField(Account)
    at = InstantField()


class StatementRiddle(Base):
    """Nobody knows yet whose the money of this line is: it is in the bank and on 2300, and `owner` follows it up."""

    line = ForeignKeyField(StatementLine, backref="riddles")
    owner = ForeignKeyField(Account, backref="statement_riddles")
    booking = ForeignKeyField(LedgerTransaction)
    account = ForeignKeyField(Account)
    at = InstantField()


class StatementUndoing(Base):
    """What was said of a line by mistake, taken back for a reason; `reversal` took back what it had booked."""

    match = ForeignKeyField(StatementMatch, null=True, unique=True, backref="undoings")
    riddle = ForeignKeyField(StatementRiddle, null=True, unique=True, backref="undoings")
    reversal = ForeignKeyField(LedgerTransaction, null=True, backref="statement_undoings")
    reason = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        constraints = [Check("(match_id IS NULL) <> (riddle_id IS NULL)")]
