"""The register, resolutions and memberships."""

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

from db import append_only


def up(migrator, db):
    class Unit(Model):
        class Meta:
            database = db
            table_name = "unit"

    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class Fund(Model):
        class Meta:
            database = db
            table_name = "fund"

    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class Household(Model):
        id = UUIDField(primary_key=True)
        place = ForeignKeyField(Unit)
        version = IntegerField()
        number = TextField(default="")
        description = TextField(default="")
        sort_key = TextField(index=True, default="")
        outcome = TextField(default="")
        visited_at = TextField(default="")

        class Meta:
            database = db
            table_name = "household"

    class Person(Model):
        id = UUIDField(primary_key=True)
        household = ForeignKeyField(Household)
        local_id = TextField()
        title = TextField(default="")
        first_name = TextField(default="")
        last_name = TextField(default="")
        nickname = TextField(default="")
        search = TextField(default="")
        sort_key = TextField(index=True, default="")
        birth_date = TextField(default="")
        sex = TextField(default="")
        relation = TextField(default="")
        living_here = BooleanField(default=True)
        gone = TextField(default="")
        id_kind = TextField(default="")
        id_index = TextField(index=True, default="")
        id_last4 = TextField(default="")
        present = BooleanField(default=False)
        named_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "person"
            indexes = ((("household", "local_id"), True),)

    class Likeness(Model):
        household = UUIDField(index=True)
        person = ForeignKeyField(Person)
        key = TextField(index=True)

        class Meta:
            database = db
            table_name = "likeness"

    class Fact(Model):
        subject = UUIDField()
        path = TextField()
        value = BlobField()
        entry = ForeignKeyField(Entry)

        class Meta:
            database = db
            table_name = "fact"
            indexes = ((("subject", "path"), True),)

    class HealthFact(Model):
        subject = UUIDField()
        path = TextField()
        value = BlobField()
        entry = ForeignKeyField(Entry)

        class Meta:
            database = db
            table_name = "health_fact"
            indexes = ((("subject", "path"), True),)

    class Application(Model):
        person = UUIDField()
        fund = ForeignKeyField(Fund)
        kind = TextField(constraints=[Check("kind IN ('new','existing')")])
        applied_on = DateField()
        entry = ForeignKeyField(Entry)

        class Meta:
            database = db
            table_name = "application"
            indexes = ((("person", "fund", "kind"), True),)

    class Resolution(Model):
        fund = ForeignKeyField(Fund)
        board = TextField()
        meeting = TextField()
        resolved_on = DateField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "resolution"

    class Admission(Model):
        person = UUIDField()
        fund = ForeignKeyField(Fund)
        kind = TextField(constraints=[Check("kind IN ('new','existing')")])
        resolution = ForeignKeyField(Resolution, null=True)
        accepted = BooleanField()
        reason = TextField(default="")
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "admission"
            indexes = ((("person", "fund", "kind"), False),)

    class Membership(Model):
        id = UUIDField(primary_key=True)
        person = UUIDField(index=True)
        fund = ForeignKeyField(Fund)
        number = TextField()
        joined_on = DateField()
        tenure_from = DateField(null=True)
        paid_through = DateField(null=True)
        admission = ForeignKeyField(Admission, unique=True)

        class Meta:
            database = db
            table_name = "membership"
            indexes = (
                (("fund", "number"), True),
                (("person", "fund"), True),
            )

    class Notice(Model):
        person = UUIDField(unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        how = TextField()

        class Meta:
            database = db
            table_name = "notice"

    class Viewing(Model):
        person = UUIDField(index=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        purpose = TextField()

        class Meta:
            database = db
            table_name = "viewing"

    db.create_tables(
        [Household, Person, Likeness, Fact, HealthFact, Application, Resolution, Admission, Membership, Notice, Viewing]
    )
    for table in ("resolution", "admission", "notice", "viewing"):
        append_only.freeze(db, table)
