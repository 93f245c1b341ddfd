"""Drafts of regulations that one officer proposes to put in force, and what a second one said of it."""

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    Check,
    DateField,
    ForeignKeyField,
    Model,
    TextField,
    UUIDField,
)

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

    class Regulation(Known):
        class Meta:
            table_name = "regulation"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class RuleProposal(Known):
        draft = ForeignKeyField(RuleDraft)
        saved = ForeignKeyField(RuleDraftSave, column_name="save_id")
        document = BlobField()
        starts_on = DateField()
        board = TextField()
        meeting = TextField()
        resolved_on = DateField()
        decided_stay = BooleanField()
        account = ForeignKeyField(Account)
        device = UUIDField(null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "rule_proposal"

    class RuleProposalEnd(Known):
        proposal = ForeignKeyField(RuleProposal, unique=True)
        regulation = ForeignKeyField(Regulation, null=True, unique=True)
        reason = TextField(default="")
        account = ForeignKeyField(Account)
        device = UUIDField(null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "rule_proposal_end"
            constraints = [Check("(regulation_id IS NULL) = (reason <> '')")]

    db.create_tables([RuleProposal, RuleProposalEnd])
    for table in ("rule_proposal", "rule_proposal_end"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
