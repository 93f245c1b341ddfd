"""Assignments and the kits brought to phones."""

from peewee import BigIntegerField, Check, DateField, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Unit(Model):
        class Meta:
            database = db
            table_name = "unit"

    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class Assignment(Model):
        id = UUIDField(primary_key=True)
        account = ForeignKeyField(Account)
        starts_on = DateField()
        ends_on = DateField()
        given_by = ForeignKeyField(Account)
        given_at = BigIntegerField()
        note = TextField(default="")

        class Meta:
            database = db
            table_name = "assignment"
            constraints = [Check("starts_on <= ends_on")]

    class AssignmentPlace(Model):
        assignment = ForeignKeyField(Assignment)
        unit = ForeignKeyField(Unit)

        class Meta:
            database = db
            table_name = "assignment_place"
            indexes = ((("assignment", "unit"), True),)

    class AssignmentEnd(Model):
        assignment = ForeignKeyField(Assignment, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "assignment_end"

    class KitDownload(Model):
        assignment = ForeignKeyField(Assignment)
        device = UUIDField(null=True)
        agent = TextField(default="")
        at = BigIntegerField()
        kind = TextField(constraints=[Check("kind IN ('full','difference')")])
        households = IntegerField()
        people = IntegerField()

        class Meta:
            database = db
            table_name = "kit_download"

    db.create_tables([Assignment, AssignmentPlace, AssignmentEnd, KitDownload])
    for table in ("assignment", "assignment_place", "assignment_end", "kit_download"):
        append_only.freeze(db, table)
