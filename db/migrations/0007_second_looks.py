"""Decisions that can be undone and made again, second looks drawn by lot, and new access that two officers give."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Unit(Model):
        class Meta:
            database = db
            table_name = "unit"

    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class Approval(Model):
        class Meta:
            database = db
            table_name = "approval"

    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class Enrolment(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "enrolment"

    class CounterDecision(Model):
        entry = ForeignKeyField(Entry, index=False)
        turn = IntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        version = IntegerField(null=True)
        reason = TextField()

        class Meta:
            database = db
            table_name = "counter_decision"
            indexes = ((("entry", "turn"), True),)

    class Draw(Model):
        id = UUIDField(primary_key=True)
        unit = ForeignKeyField(Unit)
        rule = TextField()
        seed = TextField()
        size = IntegerField()
        since = BigIntegerField()
        until = BigIntegerField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "draw"

    class Lot(Model):
        draw = ForeignKeyField(Draw, index=False)
        position = IntegerField()
        approval = ForeignKeyField(Approval)
        drawn = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "lot"
            indexes = (
                (("draw", "position"), True),
                (("draw", "approval"), True),
            )

    class Finding(Model):
        lot = ForeignKeyField(Lot, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        outcome = TextField(constraints=[Check("outcome IN ('agrees','differs')")])
        words = TextField(default="")

        class Meta:
            database = db
            table_name = "finding"

    class Reissue(Model):
        id = UUIDField(primary_key=True)
        account = ForeignKeyField(Account)
        asked_by = ForeignKeyField(Account)
        asked_at = BigIntegerField()
        opens_at = BigIntegerField(null=True)
        expires_at = BigIntegerField()
        reason = TextField()
        identity_check = TextField(default="")

        class Meta:
            database = db
            table_name = "reissue"

    class ReissueConfirmation(Model):
        reissue = ForeignKeyField(Reissue, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "reissue_confirmation"

    class ReissueRefusal(Model):
        reissue = ForeignKeyField(Reissue, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "reissue_refusal"

    class ReissueLink(Model):
        reissue = ForeignKeyField(Reissue, unique=True)
        enrolment = ForeignKeyField(Enrolment, unique=True)

        class Meta:
            database = db
            table_name = "reissue_link"

    for table in ("approval", "return", "rejection"):
        count_turns(migrator, db, table)
    tables = [CounterDecision, Draw, Lot, Finding, Reissue, ReissueConfirmation, ReissueRefusal, ReissueLink]
    db.create_tables(tables)
    for model in tables:
        append_only.freeze(db, model._meta.table_name)


def count_turns(migrator, db, table):
    """One decision an entry becomes one a turn. Plain SQL, because the table refuses the rewriting that a library would do."""
    db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "turn" INTEGER NOT NULL DEFAULT 0')
    migrator.migrate(
        migrator.drop_index(table, f"{table}_entry_id"),
        migrator.add_index(table, ("entry_id", "turn"), True),
    )
