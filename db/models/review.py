"""What people decided about entries: each state is a row with who and when. An entry has one decision a turn; a counter-decision ends the turn."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.custody import Entry
from db.models.people import Account


class Approval(Base):
    """`version` is the version of its subject that this approval made (1 for the first)."""

    entry = ForeignKeyField(Entry, index=False, backref="approvals")
    turn = IntegerField(default=0)
    account = ForeignKeyField(Account)
    at = InstantField(index=True)
    version = IntegerField()
    choices = TextField(default="{}")
    reason = TextField(default="")

    class Meta:
        indexes = ((("entry", "turn"), True),)


class Return(Base):
    entry = ForeignKeyField(Entry, index=False, backref="returns")
    turn = IntegerField(default=0)
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField(default="")

    class Meta:
        indexes = ((("entry", "turn"), True),)


class Comment(Base):
    """A checker's word at one field; `path` is a payload path with list items by id."""

    returned = ForeignKeyField(Return, backref="comments")
    path = TextField()
    text = TextField()


class Rejection(Base):
    entry = ForeignKeyField(Entry, index=False, backref="rejections")
    turn = IntegerField(default=0)
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField()

    class Meta:
        indexes = ((("entry", "turn"), True),)


class CounterDecision(Base):
    """Undoes the decision of its turn; both stay. `version` is the one it makes of the subject, where that was in the register.
    `slip`: the decider took it back at once."""

    entry = ForeignKeyField(Entry, index=False, backref="counter_decisions")
    turn = IntegerField()
    account = ForeignKeyField(Account)
    at = InstantField()
    version = IntegerField(null=True)
    reason = TextField()
    slip = BooleanField(null=True)

    class Meta:
        indexes = ((("entry", "turn"), True),)


class Replacement(Base):
    """`entry` takes the place of `replaced`. Two for the same one: the later seat counts, the other is shown."""

    entry = ForeignKeyField(Entry, backref="replacements")
    replaced = ForeignKeyField(Entry, backref="replaced_by")
    at = InstantField()

    class Meta:
        indexes = ((("entry", "replaced"), True),)
