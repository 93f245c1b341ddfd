"""What lists and counts of entries are read from: in whose hands each one is."""

from peewee import ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.models.custody import Entry


class Whereabouts(Base):
    """In whose hands an entry is: `waits_for` is checker, author, desk or "" (db/whereabouts.py). `id` rises with every change;
    `stirred` counts how often a house of the register changed that shares a key with an entry that waits (encounters)."""

    id = IntegerField(primary_key=True)
    entry = ForeignKeyField(Entry, unique=True, backref="whereabouts")
    author = UUIDField(null=True)
    kind = TextField()
    waits_for = TextField()
    stirred = IntegerField(default=0)

    class Meta:
        indexes = ((("author", "waits_for", "id"), False), (("waits_for", "kind"), False))
