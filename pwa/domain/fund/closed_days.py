"""Through which day a fund's books are closed: by two signatures for good, by the first one for three days while it waits for the second."""

from datetime import timedelta

from peewee import JOIN, fn

from db.models import CloseFall, CloseSignature, MonthClose
from db.statements import Prepared

WAITS = timedelta(hours=72)
"""So long the first signature holds the month without the second."""


_last = Prepared(
    lambda fund, since: (
        MonthClose.select(fn.MAX(MonthClose.through))
        .join(
            CloseSignature,
            JOIN.LEFT_OUTER,
            on=((CloseSignature.close == MonthClose.id) & (CloseSignature.turn == "auditor")),
        )
        .switch(MonthClose)
        .join(CloseFall, JOIN.LEFT_OUTER)
        .where(
            MonthClose.fund == fund,
            CloseSignature.id.is_null(False) | (CloseFall.id.is_null() & (MonthClose.at > since)),
        )
    )
)


def signed_through(fund):
    """The last day of a fund's books that both have signed, None where no month is closed for good."""
    signed = MonthClose.select(fn.MAX(MonthClose.through)).join(CloseSignature)
    found = signed.where(MonthClose.fund == fund, CloseSignature.turn == "auditor").scalar()
    return MonthClose.through.python_value(found) if isinstance(found, str) else found


def through(fund, at):
    """The last day on which nothing is posted any more, None where every day is open."""
    found = _last.value(fund.id, at - WAITS)
    return MonthClose.through.python_value(found) if found else None
