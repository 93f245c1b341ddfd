"""The accounts of the demo village, listed when it is built; and sessions that began without a key, of these alone."""

from peewee import AutoField, BigIntegerField, ForeignKeyField, Model, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class Enrolment(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "enrolment"

    class Session(Known):
        id = AutoField()

        class Meta:
            table_name = "session"

    class DemoWorld(Known):
        account = ForeignKeyField(Account, unique=True)
        at = BigIntegerField()

        class Meta:
            table_name = "demo_world"

    class Trial(Known):
        session = ForeignKeyField(Session, unique=True)
        enrolment = ForeignKeyField(Enrolment)
        at = BigIntegerField()

        class Meta:
            table_name = "trial"

    db.create_tables([DemoWorld, Trial])
    for table in ("demo_world", "trial"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
