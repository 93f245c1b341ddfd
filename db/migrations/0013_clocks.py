"""How far ahead a phone knew its clock to be. Houses that a phone with an odd clock had visited in the future or in the year 2569 were
visited when that really was: what the register says since, by the same rule as pwa/domain/field/clocks.py.
"""

from datetime import UTC, datetime, timedelta, timezone

from peewee import BigIntegerField

BANGKOK = timezone(timedelta(hours=7))
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
VISITS = (
    'SELECT h."id", o."recorded_at", e."received_at" FROM "household" h '
    'JOIN "opening" o ON o."subject" = h."id" AND o."recorded_at" = h."visited_at" '
    'JOIN "entry" e ON e."id" = o."entry_id" WHERE o."clock_odd" <> \'\' ORDER BY e."id"'
)


def up(migrator, db):
    migrator.migrate(migrator.add_column("opening", "clock_ms", BigIntegerField(null=True)))
    mend(db)


def mend(db):
    for household, said, received in db.execute_sql(VISITS).fetchall():
        was = happened(said, datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=received))
        text = was.astimezone(BANGKOK).isoformat(timespec="seconds")
        db.execute_sql(
            f'UPDATE "household" SET "visited_at" = {db.param} WHERE "id" = {db.param} AND "visited_at" = {db.param}',
            (text, household, said),
        )


def happened(said, received):
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        return received
    if instant.tzinfo is None:
        return received
    if instant.year > received.year + 500:
        day = 28 if (instant.month, instant.day) == (2, 29) else instant.day
        instant = instant.replace(year=instant.year - 543, day=day)
    return min(instant, received) if instant >= FIRST else received
