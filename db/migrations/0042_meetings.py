"""Sittings: who was there, who kept out of a decision, what was put off, and what the minutes say."""

from peewee import (
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    Check,
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

    def there(table, key=UUIDField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title(), (Known,), about)

    Claim, Account, Resolution = there("claim"), there("account"), there("resolution", AutoField)

    class Attendance(Known):
        resolution = ForeignKeyField(Resolution)
        present = BooleanField()
        who = ForeignKeyField(Account, null=True)
        name = TextField()
        office = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "attendance"

    class Abstention(Known):
        resolution = ForeignKeyField(Resolution)
        claim = ForeignKeyField(Claim)
        name = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "abstention"
            indexes = ((("resolution", "claim", "name"), True),)

    class Postponement(Known):
        resolution = ForeignKeyField(Resolution)
        claim = ForeignKeyField(Claim)
        said = BlobField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "postponement"

    class Remark(Known):
        resolution = ForeignKeyField(Resolution)
        item = IntegerField(constraints=[Check("item BETWEEN 1 AND 5")])
        said = BlobField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "remark"

    made = [Attendance, Abstention, Postponement, Remark]
    db.create_tables(made)
    for table in (one._meta.table_name for one in made):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
