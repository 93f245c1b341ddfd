"""What people decided about entries: each state is a row with who and when; an entry has at most one decision."""

from peewee import ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.custody import Entry
from db.models.people import Account


class Approval(Base):
    """`version` is the version of its subject that this approval made (1 for the first)."""

    entry = ForeignKeyField(Entry, unique=True, backref="approvals")
    account = ForeignKeyField(Account)
    at = InstantField()
    version = IntegerField()
    choices = TextField(default="{}")
    reason = TextField(default="")


class Return(Base):
    entry = ForeignKeyField(Entry, unique=True, backref="returns")
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField(default="")


class Comment(Base):
    """A checker's word at one field; `path` is a payload path with list items by id."""

    returned = ForeignKeyField(Return, backref="comments")
    path = TextField()
    text = TextField()


class Rejection(Base):
    entry = ForeignKeyField(Entry, unique=True, backref="rejections")
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField()


class Replacement(Base):
    """`entry` takes the place of `replaced`. Two for the same one: the later seat counts, the other is shown."""

    entry = ForeignKeyField(Entry, backref="replacements")
    replaced = ForeignKeyField(Entry, backref="replaced_by")
    at = InstantField()

    class Meta:
        indexes = ((("entry", "replaced"), True),)
