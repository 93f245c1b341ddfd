"""Photos that entries name, backups kept on disk, and proofs that one can be restored."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class NamedPhoto(Model):
        entry = ForeignKeyField(Entry, index=False)
        sha256 = TextField(index=True)

        class Meta:
            database = db
            table_name = "named_photo"
            indexes = ((("entry", "sha256"), True),)

    class Uncovered(Model):
        entry = ForeignKeyField(Entry, unique=True)

        class Meta:
            database = db
            table_name = "uncovered"

    class Generation(Model):
        name = TextField(index=True)
        at = BigIntegerField()
        sha256 = TextField()
        size = BigIntegerField()
        entries = IntegerField()
        photos = IntegerField()
        damaged = IntegerField()

        class Meta:
            database = db
            table_name = "generation"

    class Wish(Model):
        kind = TextField(constraints=[Check("kind IN ('backup','proof')")])
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "wish"

    class Mishap(Model):
        at = BigIntegerField()
        why = TextField()

        class Meta:
            database = db
            table_name = "mishap"

    class RestoreProof(Model):
        name = TextField()
        sha256 = TextField()
        at = BigIntegerField()
        seconds = IntegerField()
        entries = IntegerField()
        photos = IntegerField()
        findings = TextField(default="")

        class Meta:
            database = db
            table_name = "restore_proof"

    db.create_tables([NamedPhoto, Uncovered, Generation, Wish, Mishap, RestoreProof])
    for table in ("named_photo", "generation", "wish", "mishap", "restore_proof"):
        append_only.freeze(db, table)
