"""From which day on a unit hangs under another one in the network's tree."""

from peewee import BigIntegerField, DateField, ForeignKeyField, Model

from db import append_only


def up(migrator, db):
    class Unit(Model):
        class Meta:
            database = db
            table_name = "unit"

    class UnitMove(Model):
        unit = ForeignKeyField(Unit)
        before = ForeignKeyField(Unit, null=True)
        parent = ForeignKeyField(Unit, null=True)
        since = DateField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "unit_move"

    db.create_tables([UnitMove])
    append_only.freeze(db, "unit_move")
    append_only.tie(db, "unit_move", [column.name for column in db.get_columns("unit_move")])
