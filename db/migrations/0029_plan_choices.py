"""By which of a fund's plans a member pays: a dated row a choice."""

from peewee import BigIntegerField, ForeignKeyField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField


def up(migrator, db):
    class Known(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db

    class Membership(Known):
        class Meta:
            table_name = "membership"

    class Account(Known):
        class Meta:
            table_name = "account"

    class PlanChoice(Model):
        membership = ForeignKeyField(Membership)
        first = DayField()
        plan = TextField()
        reason = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "plan_choice"

    db.create_tables([PlanChoice])
    append_only.freeze(db, "plan_choice")
    append_only.tie(db, "plan_choice", [column.name for column in db.get_columns("plan_choice")])
