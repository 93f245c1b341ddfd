"""Indexes for what is rare among all receipts and transactions: money to be given back, and what the books began with."""


def up(migrator, db):
    migrator.migrate(migrator.add_index("receipt_standing", ("fund_id", "money")))
    db.execute_sql(
        """CREATE INDEX "ledger_transaction_opening" ON "ledger_transaction" ("fund_id") WHERE "kind" = 'opening'"""
    )
