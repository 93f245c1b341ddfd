"""Where reports of a unit go, and each try to bring one there."""

from peewee import BigIntegerField, ForeignKeyField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class Account(Known):
        id = UUIDField(primary_key=True)

        class Meta:
            table_name = "account"

    class ReportIssue(Known):
        class Meta:
            table_name = "report_issue"

    class ParentAddress(Known):
        unit = TextField(index=True)
        url = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "parent_address"

    class ReportSending(Known):
        issue = ForeignKeyField(ReportIssue)
        address = ForeignKeyField(ParentAddress)
        state = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "report_sending"

    db.create_tables([ParentAddress, ReportSending])
    for table in ("parent_address", "report_sending"):
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
