"""Which funds serve a place: those that hang on it or above it, in either tree."""

from db.models import Fund
from pwa.domain.places import units


def serving(places):
    """The funds of any of these units, by name."""
    reached = units.above(*(place.id for place in places))
    return list(Fund.select().where(Fund.unit.in_(reached)).order_by(Fund.name))


def kept_on(account, *held):
    """The ids of the units whose funds' books these roles of an account reach: a unit that has a fund of its own is that fund's alone,
    and what lies below it keeps its books itself; a unit without a fund looks after those below.
    """
    return kept_from(units.granted_on(account, held))


def kept_from(granted):
    """The same of roles that are given on these units (ids)."""
    own = {unit for (unit,) in Fund.select(Fund.unit).where(Fund.unit.in_(granted)).tuples()} if granted else set()
    return own | units.below(granted - own)


def names():
    """{code: name} of every fund."""
    return dict(Fund.select(Fund.code, Fund.name).tuples())


def by_name():
    """Every fund."""
    return list(Fund.select().order_by(Fund.name))
