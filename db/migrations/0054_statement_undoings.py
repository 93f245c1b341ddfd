"""What was said of a bank's line by mistake is taken back by a row; a line may then be matched, or kept open, once more."""

from peewee import AutoField, BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=AutoField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title().replace("_", ""), (Known,), about)

    StatementMatch, StatementRiddle = there("statement_match"), there("statement_riddle")
    LedgerTransaction, Account = there("ledger_transaction", IntegerField), there("account", UUIDField)

    class StatementUndoing(Known):
        match = ForeignKeyField(StatementMatch, null=True, unique=True)
        riddle = ForeignKeyField(StatementRiddle, null=True, unique=True)
        reversal = ForeignKeyField(LedgerTransaction, null=True)
        reason = TextField()
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "statement_undoing"
            constraints = [Check("(match_id IS NULL) <> (riddle_id IS NULL)")]

    for table, index in (
        ("statement_match", "statementmatch_line_id"),
        ("statement_riddle", "statementriddle_line_id"),
    ):
        append_only.thaw(db, table)
        db.execute_sql(f'DROP INDEX "{index}"')
        db.execute_sql(f'CREATE INDEX "{index}" ON "{table}" ("line_id")')
        append_only.freeze(db, table)
    db.create_tables([StatementUndoing])
    append_only.freeze(db, "statement_undoing")
    append_only.tie(db, "statement_undoing", [column.name for column in db.get_columns("statement_undoing")])
