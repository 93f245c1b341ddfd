"""Which members' passbooks said something new after their membership was confirmed: each application says so itself."""

from peewee import PostgresqlDatabase

TOLD = (
    'UPDATE "application" SET "told_since" = {yes} WHERE "kind" = \'existing\' AND EXISTS (SELECT 1 FROM "admission" m '
    'JOIN "approval" a ON a."entry_id" = "application"."entry_id" '
    'WHERE m."person" = "application"."person" AND m."fund_id" = "application"."fund_id" AND m."accepted" '
    'AND a."at" > m."at" AND NOT EXISTS '
    '(SELECT 1 FROM "counter_decision" c WHERE c."entry_id" = a."entry_id" AND c."turn" = a."turn") AND NOT EXISTS '
    """(SELECT 1 FROM "taking_back" t WHERE t."kind" = 'admission' AND t."row" = m."id"))"""
)


def up(migrator, db):
    is_postgres = isinstance(db, PostgresqlDatabase)
    kind = "BOOLEAN NOT NULL DEFAULT FALSE" if is_postgres else "INTEGER NOT NULL DEFAULT 0"
    db.execute_sql(f'ALTER TABLE "application" ADD COLUMN "told_since" {kind}')
    db.execute_sql(TOLD.format(yes="TRUE" if is_postgres else "1"))
    migrator.migrate(migrator.add_index("application", ("fund_id", "told_since")))
