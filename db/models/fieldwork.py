"""Assignments to communities for some days, and every kit that was brought to a phone for one."""

from peewee import Check, DateField, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Unit


class Assignment(Base):
    """A volunteer looks after some communities, from one day through another."""

    id = UUIDField(primary_key=True)
    account = ForeignKeyField(Account, backref="assignments")
    starts_on = DateField()
    ends_on = DateField()
    given_by = ForeignKeyField(Account)
    given_at = InstantField()
    note = TextField(default="")

    class Meta:
        constraints = [Check("starts_on <= ends_on")]


class AssignmentPlace(Base):
    assignment = ForeignKeyField(Assignment, backref="places")
    unit = ForeignKeyField(Unit)

    class Meta:
        indexes = ((("assignment", "unit"), True),)


class AssignmentAim(Base):
    """What a round is for, where it is for more than visits: `uncovered`, the houses in which nobody is in a fund."""

    assignment = ForeignKeyField(Assignment, unique=True, backref="aims")
    aim = TextField()


class AssignmentEnd(Base):
    """Ended before its last day, and why."""

    assignment = ForeignKeyField(Assignment, unique=True, backref="ends")
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField()


class KitDownload(Base):
    """What one phone was given: so many households and people, the whole kit or what had changed."""

    assignment = ForeignKeyField(Assignment, backref="downloads")
    device = UUIDField(null=True)
    agent = TextField(default="")
    at = InstantField()
    kind = TextField(constraints=[Check("kind IN ('full','difference')")])
    households = IntegerField()
    people = IntegerField()
