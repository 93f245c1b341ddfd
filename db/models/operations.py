"""How the server is kept safe: which photos entries name, backups kept on disk, proofs that one can be restored."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.custody import Entry
from db.models.people import Account


class NamedPhoto(Base):
    """A photo or signature that an opened entry names, by its hash, whether it has come or not."""

    entry = ForeignKeyField(Entry, index=False)
    sha256 = TextField(index=True)

    class Meta:
        indexes = ((("entry", "sha256"), True),)


class Uncovered(Base):
    """An entry that the newest backup holds without one of the photos it names: phones keep it. Replaced with each backup."""

    entry = ForeignKeyField(Entry, unique=True)


class Generation(Base):
    """A backup file that the server wrote by itself; `damaged` counts photos that were missing or changed on its own disk."""

    name = TextField(index=True)
    at = InstantField()
    sha256 = TextField()
    size = BigIntegerField()
    entries = IntegerField()
    photos = IntegerField()
    damaged = IntegerField()


class Wish(Base):
    """An administrator asked for a backup or for a restore proof now."""

    kind = TextField(constraints=[Check("kind IN ('backup','proof')")])
    account = ForeignKeyField(Account)
    at = InstantField()


class Mishap(Base):
    """A backup that could not be written, and why."""

    at = InstantField()
    why = TextField()


class RestoreProof(Base):
    """A backup file was restored beside everything else and every promise checked; `findings` is empty when all of them held."""

    name = TextField()
    sha256 = TextField()
    at = InstantField()
    seconds = IntegerField()
    entries = IntegerField()
    photos = IntegerField()
    findings = TextField(default="")
