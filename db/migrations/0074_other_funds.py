"""Who says that they are in another fund, too; and rounds to the houses that no fund covers."""

from peewee import ForeignKeyField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    migrator.add_column("person", "other_fund", TextField(default="")).run()

    class Assignment(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "assignment"

    class AssignmentAim(Model):
        assignment = ForeignKeyField(Assignment, unique=True)
        aim = TextField()

        class Meta:
            database = db
            table_name = "assignment_aim"

    db.create_tables([AssignmentAim])
    append_only.freeze(db, "assignment_aim")
    append_only.tie(db, "assignment_aim", [column.name for column in db.get_columns("assignment_aim")])
