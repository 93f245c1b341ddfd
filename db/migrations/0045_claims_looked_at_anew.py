"""What happens after a grant: urgent money, a meeting that looks at it anew, and what comes back. A table's CHECKs change only with it."""

from peewee import (
    AutoField,
    BigIntegerField,
    BlobField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
    UUIDField,
)

from db import append_only

ACTS = (
    "kind IN ('certify', 'withdraw', 'propose', 'urge', 'object', 'grant', 'refuse', 'reopen', "
    "'hold', 'release', 'pay', 'receive', 'bring_back', "
    "'review', 'dissent', 'uphold', 'top_up', 'claw_back', 'redirect', 'waive', 'repay')"
)
VOUCHERS = "(kind IN ('pay', 'repay')) = (voucher_id IS NOT NULL)"


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    def there(table, key=AutoField):
        """A table that is there already."""
        about = {"Meta": type("Meta", (), {"table_name": table}), "__module__": __name__, "id": key(primary_key=True)}
        return type(table.title().replace("_", ""), (Known,), about)

    Entry, Resolution, Voucher = (there(name) for name in ("entry", "resolution", "voucher"))
    Account, Claim = there("account", UUIDField), there("claim", UUIDField)
    LedgerTransaction = there("ledger_transaction", IntegerField)

    class ClaimAct(Known):
        claim = ForeignKeyField(Claim)
        n = IntegerField()
        kind = TextField(constraints=[Check(ACTS)])
        payee = IntegerField(null=True)
        entry = ForeignKeyField(Entry, null=True)
        resolution = ForeignKeyField(Resolution, null=True)
        voucher = ForeignKeyField(Voucher, null=True, unique=True)
        transaction = ForeignKeyField(LedgerTransaction, null=True)
        amount_satang = BigIntegerField(null=True, constraints=[Check("amount_satang >= 0")])
        said = BlobField(null=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            table_name = "claim_act"
            indexes = ((("claim", "n"), True),)
            constraints = [Check(VOUCHERS)]

    if isinstance(db, PostgresqlDatabase):
        _alter(db)
    else:
        _make_anew(db, ClaimAct)
    append_only.freeze(db, "claim_act")
    append_only.tie(db, "claim_act", [column.name for column in db.get_columns("claim_act")])


def _alter(db):
    found = "SELECT conname FROM pg_constraint WHERE conrelid = 'claim_act'::regclass AND contype = 'c'"
    for (name,) in db.execute_sql(f"{found} AND pg_get_constraintdef(oid) LIKE '%%kind%%'").fetchall():
        db.execute_sql(f'ALTER TABLE claim_act DROP CONSTRAINT "{name}"')
    for check in (ACTS, VOUCHERS):
        db.execute_sql(f"ALTER TABLE claim_act ADD CHECK ({check})")
    db.execute_sql('ALTER TABLE claim_act ADD COLUMN "transaction_id" INTEGER REFERENCES "ledger_transaction" ("id")')
    db.execute_sql('CREATE INDEX "claim_act_transaction_id" ON "claim_act" ("transaction_id")')


def _make_anew(db, model):
    """SQLite alters no CHECK. What refers to these rows waits with its question until they are back."""
    db.execute_sql("PRAGMA defer_foreign_keys = ON")
    names = [column.name for column in db.get_columns("claim_act")]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = db.execute_sql(f"SELECT {columns} FROM claim_act ORDER BY id").fetchall()
    db.execute_sql("DROP TABLE claim_act")
    db.create_tables([model])
    marks = ", ".join([db.param] * len(names))
    for row in rows:
        db.execute_sql(f"INSERT INTO claim_act ({columns}) VALUES ({marks})", row)
