"""Entries in custody, append-only, and what was decided about them."""

from peewee import BigIntegerField, BlobField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class Entry(Model):
        entry_id = UUIDField(index=True)
        sha256 = TextField()
        author = UUIDField(index=True, null=True)
        device = UUIDField(index=True)
        seq = IntegerField()
        prev = TextField(default="")
        sender = UUIDField(null=True)
        imported_by = UUIDField(null=True)
        transport = TextField(constraints=[Check("transport IN ('proved','carried','unproved')")])
        outcome = TextField(constraints=[Check("outcome IN ('received','quarantined')")])
        reason = TextField(default="")
        kid = TextField(default="")
        number = IntegerField()
        receipt_kid = TextField()
        sig = TextField()
        received_at = BigIntegerField()
        line = BlobField()

        class Meta:
            database = db
            table_name = "entry"
            indexes = (
                (("entry_id", "sha256"), True),
                (("receipt_kid", "number"), True),
            )

    class EntryKey(Model):
        entry = ForeignKeyField(Entry, primary_key=True)
        wrapped = BlobField()

        class Meta:
            database = db
            table_name = "entry_key"

    class Opening(Model):
        entry = ForeignKeyField(Entry, unique=True)
        kind = TextField()
        form = TextField()
        subject = UUIDField(index=True)
        place = TextField()
        recorded_at = TextField()
        base_version = IntegerField(null=True)
        replaces = UUIDField(index=True, null=True)
        clock_odd = TextField(default="")
        opened_at = BigIntegerField()
        plaintext = BlobField()

        class Meta:
            database = db
            table_name = "opening"

    class Seat(Model):
        device = UUIDField()
        seq = IntegerField()
        entry = ForeignKeyField(Entry, unique=True)

        class Meta:
            database = db
            table_name = "seat"
            indexes = ((("device", "seq"), True),)

    class ChainBreak(Model):
        device = UUIDField()
        seq = IntegerField()
        found_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "chain_break"
            indexes = ((("device", "seq"), True),)

    class StoredBlob(Model):
        sha256 = TextField(primary_key=True)
        size = IntegerField()
        device = UUIDField(index=True)
        received_at = BigIntegerField()
        kid = TextField()
        sig = TextField()

        class Meta:
            database = db
            table_name = "stored_blob"

    class Erasure(Model):
        entry = ForeignKeyField(Entry, unique=True)
        account = UUIDField()
        at = BigIntegerField()
        reason = TextField()
        legal_ground = TextField()

        class Meta:
            database = db
            table_name = "erasure"

    class ErasedBlob(Model):
        blob = ForeignKeyField(StoredBlob, unique=True)
        erasure = ForeignKeyField(Erasure)

        class Meta:
            database = db
            table_name = "erased_blob"

    class Acceptance(Model):
        entry = ForeignKeyField(Entry, unique=True)
        account = UUIDField()
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "acceptance"

    class Aside(Model):
        entry = ForeignKeyField(Entry, unique=True)
        account = UUIDField()
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "aside"

    class Backup(Model):
        through = IntegerField()
        at = BigIntegerField()
        size = IntegerField()

        class Meta:
            database = db
            table_name = "backup"

    class QueueImport(Model):
        account = UUIDField()
        at = BigIntegerField()
        report = TextField()

        class Meta:
            database = db
            table_name = "queue_import"

    class Approval(Model):
        entry = ForeignKeyField(Entry, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        version = IntegerField()
        choices = TextField(default="{}")
        reason = TextField(default="")

        class Meta:
            database = db
            table_name = "approval"

    class Return(Model):
        entry = ForeignKeyField(Entry, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        reason = TextField(default="")

        class Meta:
            database = db
            table_name = "return"

    class Comment(Model):
        returned = ForeignKeyField(Return)
        path = TextField()
        text = TextField()

        class Meta:
            database = db
            table_name = "comment"

    class Rejection(Model):
        entry = ForeignKeyField(Entry, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "rejection"

    class Replacement(Model):
        entry = ForeignKeyField(Entry)
        replaced = ForeignKeyField(Entry)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "replacement"
            indexes = ((("entry", "replaced"), True),)

    db.create_tables(
        [
            Entry,
            EntryKey,
            Opening,
            Seat,
            ChainBreak,
            StoredBlob,
            Erasure,
            ErasedBlob,
            Acceptance,
            Aside,
            Backup,
            QueueImport,
            Approval,
            Return,
            Comment,
            Rejection,
            Replacement,
        ]
    )
    for table in (
        "entry",
        "opening",
        "seat",
        "chain_break",
        "stored_blob",
        "erasure",
        "erased_blob",
        "acceptance",
        "aside",
        "queue_import",
        "approval",
        "return",
        "comment",
        "rejection",
        "replacement",
    ):
        append_only.freeze(db, table)
