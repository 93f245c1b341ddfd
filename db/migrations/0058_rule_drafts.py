"""Drafts of regulations, each save a row."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        class Meta:
            table_name = "fund"

    class Regulation(Known):
        class Meta:
            table_name = "regulation"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class RuleDraft(Known):
        fund = ForeignKeyField(Fund, index=False)
        number = IntegerField(constraints=[Check("number > 0")])
        base = ForeignKeyField(Regulation, null=True)
        template = TextField(default="")
        sha256 = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "rule_draft"
            indexes = ((("fund", "number"), True),)

    class RuleDraftSave(Known):
        draft = ForeignKeyField(RuleDraft, index=False)
        n = IntegerField()
        typed = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "rule_draft_save"
            indexes = ((("draft", "n"), True),)

    db.create_tables([RuleDraft, RuleDraftSave])
    for table in ("rule_draft", "rule_draft_save"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
