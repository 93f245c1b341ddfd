"""Which units do not tell a parent any more: the network's tree on the last day of a month says so, or a report that another parent took in."""

from db.models import Fund, ToldMonth, Unit
from pwa.domain.network import month_members
from pwa.domain.places import unit_moves, units


def of(parent, codes, periods):
    """{unit: the months of these in which it belonged to another parent, or to none}; a month that it told this one is none of them."""
    found = _by_tree(parent, codes, periods)
    elsewhere = _told(ToldMonth.parent != parent, codes)
    here = _told(ToldMonth.parent == parent, found.keys() | elsewhere.keys())
    for unit, told in elsewhere.items():
        own = here.get(unit, ())
        away = {one for one in periods if _last(told, one) > _last(own, one)}
        found[unit] = found.get(unit, set()) | away
    return {unit: months - here.get(unit, set()) for unit, months in found.items()}


def _by_tree(parent, codes, periods):
    """The same of the units of this machine of which one in the way up has moved."""
    moves = unit_moves.rows()
    if not moves:
        return {}
    homes = dict(Unit.select(Unit.code, Unit.id).where(Unit.code.in_(list(codes))).tuples())
    homes |= dict(Fund.select(Fund.code, Fund.unit).where(Fund.code.in_(list(codes))).tuples())
    found = {}
    for period in periods:
        above = units.moved_above(homes.values(), month_members.days_of(period)[1], moves)
        for code, home in homes.items():
            if home in above and above[home] != parent:
                found.setdefault(code, set()).add(period)
    return found


def _told(where, codes):
    """{unit: the months that it told}."""
    found = {}
    if codes:
        query = ToldMonth.select(ToldMonth.unit, ToldMonth.period).where(where, ToldMonth.unit.in_(list(codes)))
        for unit, period in query.tuples():
            found.setdefault(unit, set()).add(period)
    return found


def _last(told, period):
    return max((one for one in told if one <= period), default="")
