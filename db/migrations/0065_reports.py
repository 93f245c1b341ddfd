"""Keys of units, and what is reported: drafts, agreements, signed files, and what came from units below."""

from peewee import BigIntegerField, BlobField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Fund(Known):
        class Meta:
            table_name = "fund"

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class UnitKey(Known):
        unit = TextField(index=True)
        vkey = TextField()
        file = TextField(default="")
        from_seq = IntegerField(default=1, constraints=[Check("from_seq >= 1")])
        prev = TextField(default="")
        kind = TextField(constraints=[Check("kind IN ('own', 'pinned', 'revoked')")])
        at = BigIntegerField()

        class Meta:
            table_name = "unit_key"
            indexes = ((("vkey", "kind"), True),)
            constraints = [Check("(kind = 'own') = (file <> '')")]

    class ReportDraft(Known):
        unit = TextField()
        fund = ForeignKeyField(Fund, null=True)
        period = TextField()
        sha256 = TextField(unique=True)
        body = BlobField()
        workings = BlobField()
        position = TextField()
        restates = TextField(default="")
        reason = TextField(default="")
        at = BigIntegerField()

        class Meta:
            table_name = "report_draft"
            indexes = ((("unit", "period"), False),)
            constraints = [Check("(restates = '') = (reason = '')")]

    class ReportAgreement(Known):
        draft = ForeignKeyField(ReportDraft, index=False)
        turn = IntegerField(constraints=[Check("turn IN (1, 2)")])
        account = ForeignKeyField(Account)
        role = TextField()
        how = TextField(constraints=[Check("how IN ('page', 'terminal')")])
        at = BigIntegerField()

        class Meta:
            table_name = "report_agreement"
            indexes = ((("draft", "turn"), True), (("draft", "account"), True))

    class ReportIssue(Known):
        draft = ForeignKeyField(ReportDraft, unique=True)
        unit = TextField()
        seq = IntegerField()
        prev = TextField(default="")
        sha256 = TextField(unique=True)
        file = BlobField()
        at = BigIntegerField()

        class Meta:
            table_name = "report_issue"
            indexes = ((("unit", "seq"), True),)

    class ReceivedReport(Known):
        unit = TextField()
        period = TextField()
        seq = IntegerField()
        parent = TextField()
        sha256 = TextField(unique=True)
        file = BlobField()
        at = BigIntegerField()

        class Meta:
            table_name = "received_report"
            indexes = ((("unit", "seq"), False), (("parent", "period"), False))

    class ReportAcceptance(Known):
        received = ForeignKeyField(ReceivedReport, unique=True)
        account = ForeignKeyField(Account, null=True)
        how = TextField(constraints=[Check("how IN ('page', 'terminal')")])
        at = BigIntegerField()

        class Meta:
            table_name = "report_acceptance"

    made = [UnitKey, ReportDraft, ReportAgreement, ReportIssue, ReceivedReport, ReportAcceptance]
    db.create_tables(made)
    for one in made:
        table = one._meta.table_name
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
