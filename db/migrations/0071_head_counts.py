"""How many people stand behind the memberships of a network, counted once a month: numbers alone."""

from peewee import BigIntegerField, IntegerField, Model, TextField

from db import append_only


def up(migrator, db):
    class HeadCount(Model):
        unit = TextField()
        period = TextField()
        funds = IntegerField()
        here = IntegerField()
        largest = IntegerField()
        total = IntegerField()
        declared = IntegerField()
        memberships = IntegerField()
        usable = IntegerField()
        doubles = IntegerField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "head_count"
            indexes = ((("unit", "period"), True),)

    db.create_tables([HeadCount])
    append_only.freeze(db, "head_count")
    append_only.tie(db, "head_count", [column.name for column in db.get_columns("head_count")])
