"""Column types of our own, the same on every database."""

from datetime import UTC, date, datetime, timedelta

from peewee import BigIntegerField, DateField

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class InstantField(BigIntegerField):
    """An instant in UTC, stored as whole milliseconds since 1970; gives and takes aware datetimes."""

    def db_value(self, value):
        if isinstance(value, datetime):
            return (value - EPOCH) // MILLISECOND
        return value

    def python_value(self, value):
        return None if value is None else EPOCH + value * MILLISECOND


class DayField(DateField):
    """A day, stored as its ISO text, which a STRICT table of SQLite takes and which sorts as days do."""

    field_type = "TEXT"

    def db_value(self, value):
        return value.isoformat() if isinstance(value, date) else value
