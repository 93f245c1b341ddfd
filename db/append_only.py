"""Triggers that refuse UPDATE and DELETE, so that what was recorded stays as it was recorded."""

from peewee import PostgresqlDatabase


def freeze(db, table):
    """Make one table append-only; breaking it raises IntegrityError with the words "append-only"."""
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        )
        for verb, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            db.execute_sql(
                f'CREATE TRIGGER "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}" '
                f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        return
    for verb in ("UPDATE", "DELETE"):
        db.execute_sql(
            f'CREATE TRIGGER "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def thaw(db, table):
    """Take the triggers of a table away, for a migration that mends what an earlier version wrote; freeze it again after."""
    verbs = ("update", "delete", "truncate") if isinstance(db, PostgresqlDatabase) else ("update", "delete")
    for verb in verbs:
        on = f' ON "{table}"' if isinstance(db, PostgresqlDatabase) else ""
        db.execute_sql(f'DROP TRIGGER "{table}_no_{verb}"{on}')
