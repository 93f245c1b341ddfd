"""Column types of our own, the same on every database."""

from datetime import UTC, datetime, timedelta

from peewee import BigIntegerField

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
