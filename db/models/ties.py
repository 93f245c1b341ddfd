"""What makes a change below the app visible: ties of small tables, one a row, and digests of custody, one a night."""

from peewee import BlobField, IntegerField, TextField

from db import Base
from db.fields import InstantField


class Tie(Base):
    """`hash` is that of the row over `columns`, `previous` that of the tie before. `mark`: "found" when ties began, or "restored"."""

    id = IntegerField(primary_key=True)
    table = TextField()
    row = TextField()
    columns = TextField()
    hash = TextField()
    mark = TextField(index=True)
    previous = TextField()


class Untied(Base):
    """A row that the transaction in hand has added and will tie. Outside of one: a row that was written by hand."""

    table = TextField()
    row = TextField()
    columns = TextField()


class Digest(Base):
    """The first 8 bytes of the hash of every row of a table of custody with an id from `first` through `last`; zeros where none is."""

    table = TextField()
    columns = TextField()
    first = IntegerField()
    last = IntegerField()
    hashes = BlobField()
    at = InstantField()
