"""Who was admitted by a slip never was a member, and may be admitted anew: a person has a membership a turn in a fund, and a number
a holder a turn."""


def up(migrator, db):
    for column in ("turn", "number_turn"):
        db.execute_sql(f'ALTER TABLE "membership" ADD COLUMN "{column}" INTEGER NOT NULL DEFAULT 0')
    for old, columns in (
        ("fund_id_number", ("fund_id", "number", "number_turn")),
        ("person_fund_id", ("person", "fund_id", "turn")),
    ):
        db.execute_sql(f'DROP INDEX "membership_{old}"')
        named = ", ".join(f'"{column}"' for column in columns)
        db.execute_sql(f'CREATE UNIQUE INDEX "membership_{"_".join(columns)}" ON "membership" ({named})')
