"""Drafts of regulations counted out for everybody: a run, and each of its steps as it was done."""

from peewee import BigIntegerField, Check, DateField, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class RuleDraft(Known):
        class Meta:
            table_name = "rule_draft"

    class RuleDraftSave(Known):
        class Meta:
            table_name = "rule_draft_save"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class RuleRun(Known):
        draft = ForeignKeyField(RuleDraft)
        saved = ForeignKeyField(RuleDraftSave, column_name="save_id")
        on = DateField()
        units = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "rule_run"

    class RuleRunStep(Known):
        run = ForeignKeyField(RuleRun, index=False)
        n = IntegerField()
        kind = TextField(constraints=[Check("kind IN ('members', 'claims')")])
        last = UUIDField()
        many = IntegerField()
        report = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "rule_run_step"
            indexes = ((("run", "n"), True),)

    db.create_tables([RuleRun, RuleRunStep])
    for table in ("rule_run", "rule_run_step"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
