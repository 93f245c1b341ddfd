"""Units that went to another parent in the network's tree: where each hung on a day. A move is a row, and no row is changed."""

from db.models import UnitMove
from pwa.domain import N_, Refusal

EARLIER = N_("The unit %(code)s moved on %(day)s last. The next move is not before that day.")


def note(unit, parent, *, since, at):
    """A unit hangs under another parent (None: under none) from a day on. Raises Refusal for a day before its last move."""
    last = UnitMove.select().where(UnitMove.unit == unit).order_by(UnitMove.id.desc()).first()
    if last is not None and since < last.since:
        raise Refusal(EARLIER, code=unit.code, day=last.since.isoformat())
    UnitMove.create(unit=unit, before=unit.network_parent_id, parent=parent, since=since, at=at)


def rows():
    """[(unit, the parent before, the parent from then on, since)], as ids, in their order."""
    query = UnitMove.select(UnitMove.unit, UnitMove.before, UnitMove.parent, UnitMove.since)
    return list(query.order_by(UnitMove.id).tuples())


def parents(moves, day):
    """{unit that ever moved: its parent in the network's tree on a day}, as ids, by `rows`."""
    found = {}
    for unit, before, parent, since in moves:
        found.setdefault(unit, before)
        if since <= day:
            found[unit] = parent
    return found
