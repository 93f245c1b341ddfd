"""What the database itself keeps of the books, whoever writes: the same rules in the words of SQLite and of PostgreSQL.

A transaction is written after its postings and seals them, so that nothing unbalanced can be committed: a posting whose
transaction never comes breaks its deferred reference. That sealed rows never change is `append_only.freeze`'s.
"""

from peewee import PostgresqlDatabase

POTTED = "('income', 'benefit', 'expense', 'transfer')"
OTHER_FUND = (
    'EXISTS (SELECT 1 FROM "posting" p JOIN "ledger_account" a ON a."id" = p."account_id" '
    'WHERE p."transaction_id" = NEW."id" AND a."fund_id" <> NEW."fund_id")'
)
TOTAL = '(SELECT SUM(p."amount_satang") FROM "posting" p WHERE p."transaction_id" = NEW."id")'
REVERSED = (
    'EXISTS (SELECT 1 FROM "ledger_transaction" t WHERE t."id" = NEW."reverses_id" '
    'AND (t."posted_on" > NEW."posted_on" OR t."fund_id" <> NEW."fund_id"))'
)
CLOSED = (
    'EXISTS (SELECT 1 FROM "month_close" c JOIN "close_signature" s ON s."close_id" = c."id" '
    """WHERE s."turn" = 'auditor' AND c."fund_id" = NEW."fund_id" AND c."through" >= NEW."posted_on")"""
)
IS_POTTED = f'(SELECT a."type" IN {POTTED} FROM "ledger_account" a WHERE a."id" = NEW."account_id")'
RULES = {
    "ledger_transaction_sums_to_zero": ("ledger_transaction", f"COALESCE({TOTAL}, 1) <> 0"),
    "ledger_transaction_is_one_funds": ("ledger_transaction", OTHER_FUND),
    "ledger_transaction_reverses_before": ("ledger_transaction", REVERSED),
    "posting_comes_before": (
        "posting",
        'EXISTS (SELECT 1 FROM "ledger_transaction" t WHERE t."id" = NEW."transaction_id")',
    ),
    "posting_has_its_pot": ("posting", f"{IS_POTTED} <> (NEW.\"pot\" <> '')"),
}
"""{trigger: (table, what is refused of a new row)}."""
OF_CLOSES = {"ledger_transaction_is_in_an_open_month": ("ledger_transaction", CLOSED)}
"""The same, put where a month can be closed."""
AT_COMMIT = (
    'IF COALESCE((SELECT SUM(p."amount_satang") FROM "posting" p WHERE p."transaction_id" = NEW."transaction_id"), 1) <> 0 '
    "THEN RAISE integrity_constraint_violation USING MESSAGE = 'posting is out of balance'; END IF; RETURN NULL;"
)
LATE = "posting_balances_at_commit"
NAMES = ("sqlite", "postgres")
THERE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgres": (
        "SELECT tgname, prosrc FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid JOIN pg_proc ON tgfoid = pg_proc.oid "
        "WHERE relnamespace = current_schema()::regnamespace AND tgenabled = 'A'"
    ),
}


def put(db):
    """Set the guards up, in the migration that makes the tables."""
    for sql in (*_rules(db, RULES), *_late(db)):
        db.execute_sql(sql)


def put_of_closes(db):
    """Set up those that ask which months are closed."""
    for sql in _rules(db, OF_CLOSES):
        db.execute_sql(sql)


def missing(db):
    """The names of guards that are not there as they were set up."""
    is_postgres = isinstance(db, PostgresqlDatabase)
    there = dict(db.execute_sql(THERE[NAMES[is_postgres]]).fetchall())
    rules = {**RULES, **OF_CLOSES}
    wanted = {name: (_body if is_postgres else _trigger)(name, rules) for name in rules}
    if is_postgres:
        wanted[LATE] = _late_body()
    return sorted(name for name, body in wanted.items() if there.get(name) != body)


def _rules(db, rules):
    if not isinstance(db, PostgresqlDatabase):
        yield from (_trigger(name, rules) for name in rules)
        return
    for name, (table, _) in rules.items():
        yield _function(name, _body(name, rules))
        yield f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
        yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'


def _late(db):
    if isinstance(db, PostgresqlDatabase):
        yield _function(LATE, _late_body())
        late = f'CREATE CONSTRAINT TRIGGER "{LATE}" AFTER INSERT ON "posting" DEFERRABLE INITIALLY DEFERRED'
        yield f"{late} FOR EACH ROW EXECUTE FUNCTION {LATE}()"
        yield f'ALTER TABLE "posting" ENABLE ALWAYS TRIGGER "{LATE}"'


def _trigger(name, rules):
    table, refused = rules[name]
    say = f"BEGIN SELECT RAISE(ABORT, '{_said(name)}'); END"
    return f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" WHEN {refused} {say}'


def _body(name, rules):
    say = f"RAISE integrity_constraint_violation USING MESSAGE = '{_said(name)}'"
    return f" BEGIN IF {rules[name][1]} THEN {say}; END IF; RETURN NEW; END "


def _late_body():
    return f" BEGIN {AT_COMMIT} END "


def _function(name, body):
    doubled = body.replace("%", "%%")
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${doubled}$$"


def _said(name):
    return f"refused by {name}"
