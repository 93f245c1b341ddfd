"""The books added up day by day (`LedgerDay`), made anew from the postings: by the migration, and wherever rows came in another way.

The ledger keeps them from there on, in the transaction that posts; `ombun check` adds up by other means (ledger_day_promises).
"""

NEVER = "9999-12-31"
ROWS = f"""
    INSERT INTO "ledger_day" ("account_id", "pot", "day", "until", "debit_satang", "credit_satang")
    SELECT "account_id", "pot", "day", LEAD("day", 1, '{NEVER}') OVER each, SUM("debit") OVER each, SUM("credit") OVER each
    FROM (
        SELECT p."account_id", p."pot", t."posted_on" AS "day",
            SUM(CASE WHEN p."amount_satang" > 0 THEN p."amount_satang" ELSE 0 END) AS "debit",
            SUM(CASE WHEN p."amount_satang" < 0 THEN -p."amount_satang" ELSE 0 END) AS "credit"
        FROM "posting" p JOIN "ledger_transaction" t ON t."id" = p."transaction_id"
        GROUP BY p."account_id", p."pot", t."posted_on"
    ) posted
    WINDOW each AS (PARTITION BY "account_id", "pot" ORDER BY "day")
"""


def fill(db):
    """Every row anew."""
    db.execute_sql('DELETE FROM "ledger_day"')
    db.execute_sql(ROWS)
