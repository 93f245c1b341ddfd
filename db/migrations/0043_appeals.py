"""Decisions told to the member, and appeals against them."""

from peewee import AutoField, BigIntegerField, BlobField, Check, ForeignKeyField, Model, TextField, UUIDField

from db import append_only
from db.fields import DayField


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class ClaimAct(Known):
        id = AutoField()

        class Meta:
            table_name = "claim_act"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class DecisionNotice(Known):
        act = ForeignKeyField(ClaimAct, unique=True)
        told_on = DayField()
        how = TextField(constraints=[Check("how IN ('read', 'hand', 'phone', 'post')")])
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "decision_notice"

    class Appeal(Known):
        act = ForeignKeyField(ClaimAct, unique=True)
        filed_on = DayField()
        clause = TextField()
        said = BlobField()
        how = TextField(constraints=[Check("how IN ('own', 'told')")])
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "appeal"

    db.create_tables([DecisionNotice, Appeal])
    for table in ("decision_notice", "appeal"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
