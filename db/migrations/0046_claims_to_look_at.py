"""Which decided claims come to something else now: found in the background, so that lists need not ask the rules about everybody."""

from peewee import BigIntegerField, BooleanField, ForeignKeyField, Model, UUIDField


def up(migrator, db):
    class Claim(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "claim"

    class ClaimLook(Model):
        claim = ForeignKeyField(Claim, unique=True)
        is_due = BooleanField()
        at = BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "claim_look"

    db.create_tables([ClaimLook])
