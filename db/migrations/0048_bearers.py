"""Every spelling of a name once, with its sound, and who bears it; `ombun tend` fills them, household by household."""

from peewee import ForeignKeyField, Model, TextField, UUIDField


def up(migrator, db):
    class Person(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "person"

    class NamePart(Model):
        text = TextField(unique=True)
        sound = TextField()

        class Meta:
            database = db
            table_name = "name_part"

    class Bearer(Model):
        person = ForeignKeyField(Person)
        part = ForeignKeyField(NamePart, index=False)

        class Meta:
            database = db
            table_name = "bearer"
            indexes = ((("part", "person"), True),)

    db.create_tables([NamePart, Bearer])
