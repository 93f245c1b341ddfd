"""The books: accounts, transactions and postings of each fund, with the guards that no code above can forget.

In raw SQL, because SQLite's STRICT (no text in a sum of money, no half satang) is nothing that peewee knows to write.
"""

from peewee import PostgresqlDatabase

from db import append_only, ledger_guards

TYPES = "('asset', 'liability', 'income', 'benefit', 'expense', 'transfer', 'opening')"
TABLES = {
    "branch": """
        "id" {key}, "fund_id" INTEGER NOT NULL REFERENCES "fund" ("id"), "code" TEXT NOT NULL, "name" TEXT NOT NULL,
        "first_id" {uuid} NOT NULL REFERENCES "account" ("id"), "second_id" {uuid} NOT NULL REFERENCES "account" ("id"),
        "account_id" {uuid} NOT NULL REFERENCES "account" ("id"), "at" {big} NOT NULL, CHECK (first_id <> second_id)""",
    "ledger_account": f"""
        "id" {{key}}, "fund_id" INTEGER NOT NULL REFERENCES "fund" ("id"), "code" TEXT NOT NULL,
        "type" TEXT NOT NULL CHECK (type IN {TYPES}), "holder_id" {{uuid}} REFERENCES "account" ("id"),
        "branch_id" INTEGER REFERENCES "branch" ("id"), "name" TEXT NOT NULL""",
    "ledger_transaction": """
        "id" INTEGER NOT NULL PRIMARY KEY, "fund_id" INTEGER NOT NULL REFERENCES "fund" ("id"), "occurred_on" TEXT NOT NULL,
        "posted_on" TEXT NOT NULL, "kind" TEXT NOT NULL, "source" TEXT NOT NULL, "actor" {uuid}, "at" {big} NOT NULL,
        "reverses_id" INTEGER REFERENCES "ledger_transaction" ("id")""",
    "posting": """
        "id" {key}, "transaction_id" INTEGER NOT NULL REFERENCES "ledger_transaction" ("id") DEFERRABLE INITIALLY DEFERRED,
        "account_id" INTEGER NOT NULL REFERENCES "ledger_account" ("id"), "pot" TEXT NOT NULL,
        "amount_satang" {big} NOT NULL CHECK (amount_satang <> 0)""",
}
INDEXES = (
    ("UNIQUE INDEX", "branch", ("fund_id", "code")),
    ("INDEX", "branch", ("fund_id",)),
    ("INDEX", "branch", ("first_id",)),
    ("INDEX", "branch", ("second_id",)),
    ("INDEX", "branch", ("account_id",)),
    ("UNIQUE INDEX", "ledger_account", ("fund_id", "code")),
    ("INDEX", "ledger_account", ("fund_id",)),
    ("INDEX", "ledger_account", ("holder_id",)),
    ("INDEX", "ledger_account", ("branch_id",)),
    ("UNIQUE INDEX", "ledger_transaction", ("fund_id", "source")),
    ("INDEX", "ledger_transaction", ("fund_id",)),
    ("INDEX", "ledger_transaction", ("fund_id", "posted_on", "id")),
    ("UNIQUE INDEX", "ledger_transaction", ("reverses_id",)),
    ("INDEX", "posting", ("transaction_id",)),
    ("INDEX", "posting", ("account_id",)),
    ("INDEX", "posting", ("account_id", "pot")),
)
SQLITE = {"key": "INTEGER NOT NULL PRIMARY KEY", "uuid": "TEXT", "big": "INTEGER"}
POSTGRES = {"key": "SERIAL NOT NULL PRIMARY KEY", "uuid": "UUID", "big": "BIGINT"}


def up(migrator, db):
    is_postgres = isinstance(db, PostgresqlDatabase)
    for table, columns in TABLES.items():
        written = columns.format(**(POSTGRES if is_postgres else SQLITE))
        db.execute_sql(f'CREATE TABLE "{table}" ({written}){"" if is_postgres else " STRICT"}')
    for kind, table, columns in INDEXES:
        names = ", ".join(f'"{column}"' for column in columns)
        db.execute_sql(f'CREATE {kind} "{"_".join([table.replace("_", ""), *columns])}" ON "{table}" ({names})')
    for table in TABLES:
        append_only.freeze(db, table)
    ledger_guards.put(db)
    for table in ("branch", "ledger_account"):
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
