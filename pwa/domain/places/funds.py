"""Which funds serve a place: those that hang on it or above it, in either tree."""

from db.models import Fund
from pwa.domain.places import units


def serving(places):
    """The funds of any of these units, by name."""
    reached = units.above(*(place.id for place in places))
    return list(Fund.select().where(Fund.unit.in_(reached)).order_by(Fund.name))


def names():
    """{code: name} of every fund."""
    return dict(Fund.select(Fund.code, Fund.name).tuples())


def by_name():
    """Every fund."""
    return list(Fund.select().order_by(Fund.name))
