"""Keys of units, and what a fund reports: drafts, agreements, signed files."""

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
        fund = ForeignKeyField(Fund)
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
            indexes = ((("fund", "period"), False),)
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

    made = [UnitKey, ReportDraft, ReportAgreement, ReportIssue]
    db.create_tables(made)
    for one in made:
        table = one._meta.table_name
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
