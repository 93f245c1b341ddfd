"""Keys by which people who may be the same meet: hashed, of the register and of what waits, old last names among them; and what
houses are found by, and names by their sound.

The register's keys are made again by `ombun tend`, household by household; `keyed` says by which rule they were made.
"""

from peewee import BigIntegerField, ForeignKeyField, IntegerField, Model, TextField, UUIDField


def up(migrator, db):
    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class Person(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "person"

    class Likeness(Model):
        household = UUIDField(index=True)
        person = ForeignKeyField(Person)
        key = BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "likeness"

    class WaitingKey(Model):
        entry = ForeignKeyField(Entry)
        key = BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "waiting_key"

    db.drop_tables([Likeness])
    db.create_tables([Likeness, WaitingKey])
    migrator.migrate(
        migrator.add_column("household", "keyed", IntegerField(default=0)),
        migrator.add_column("household", "search", TextField(default="")),
        migrator.add_column("person", "old_last_names", TextField(default="")),
        migrator.add_column("person", "sound", TextField(default="")),
    )
