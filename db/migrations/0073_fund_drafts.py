"""Drafts of funds that an administrator founds."""

from peewee import BigIntegerField, ForeignKeyField, Model, TextField, UUIDField


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

    class FundDraft(Known):
        id = UUIDField(primary_key=True)
        account = ForeignKeyField(Account)
        typed = TextField()
        fund = ForeignKeyField(Fund, null=True)
        at = BigIntegerField()

        class Meta:
            table_name = "fund_draft"

    db.create_tables([FundDraft])
