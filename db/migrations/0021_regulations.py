"""Regulations of the funds: each version as the document that was put in force, for good."""

from peewee import (
    AutoField,
    BigIntegerField,
    BlobField,
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
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        id = AutoField()

        class Meta:
            table_name = "fund"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class Resolution(Known):
        id = AutoField()

        class Meta:
            table_name = "resolution"

    class Regulation(Known):
        fund = ForeignKeyField(Fund)
        version = IntegerField()
        in_force_from = DateField()
        document = BlobField()
        sha256 = TextField()
        resolution = ForeignKeyField(Resolution)
        drafted_by = ForeignKeyField(Account)
        enforced_by = ForeignKeyField(Account)
        at = BigIntegerField()
        replaces = ForeignKeyField("self", null=True)

        class Meta:
            table_name = "regulation"
            indexes = ((("fund", "version"), True), (("fund", "in_force_from"), True))
            constraints = [Check("version > 0"), Check("drafted_by_id <> enforced_by_id")]

    db.create_tables([Regulation])
    append_only.freeze(db, "regulation")
    append_only.tie(db, "regulation", [column.name for column in db.get_columns("regulation")])
