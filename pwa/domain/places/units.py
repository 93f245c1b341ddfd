"""Units in two trees, and what a role granted on one of them lets an account see: that unit and everything below it."""

import csv
import io

from db.models import Unit
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.places import addresses, unit_moves
from pwa.domain.places import grants as roles_given
from pwa.domain.text import dates, thai

_edges = Prepared(lambda: Unit.select(Unit.id, Unit.admin_parent, Unit.network_parent))
_told = Prepared(lambda: Unit.select(Unit.id, Unit.admin_parent, Unit.network_parent, Unit.code, Unit.kind))


def _upwards(code):
    """The query of a unit and all that stand above it in either tree."""
    up = Unit.select(Unit.id, Unit.admin_parent, Unit.network_parent).where(Unit.code == code).cte("up", recursive=True)
    above = Unit.alias()
    parents = above.select(above.id, above.admin_parent, above.network_parent)
    parents = parents.join(up, on=(above.id == up.c.admin_parent_id) | (above.id == up.c.network_parent_id))
    whole = up.union(parents)
    return whole.select_from(whole.c.id)


_lineage = Prepared(_upwards)

KINDS = ("province", "district", "subdistrict", "municipality", "village", "community", "network", "zone", "group")


def get(code):
    unit = Unit.get_or_none(Unit.code == code)
    if unit is None:
        raise NotFound
    return unit


def known_or_national(code):
    """The unit with this code; a subdistrict of the national list is made with its district and province. Raises NotFound."""
    unit = Unit.get_or_none(Unit.code == code)
    if unit is None and len(code) == 6 and code.isdigit():
        unit = subdistrict(code)
    if unit is None:
        raise NotFound
    return unit


def grants(account, *roles):
    """The account's role grants that have begun and not ended, with their units; only of these roles when any are named."""
    return roles_given.of(account, *roles)


def within(account, *roles):
    """Ids of all units that these roles of the account reach, downwards in both trees."""
    return below(granted_on(account, roles) if roles else {grant.unit_id for grant in grants(account)})


def granted_on(account_id, roles):
    """Ids of the units on which the account holds one of these roles now."""
    return roles_given.units_of(account_id, roles)


def below(unit_ids, tree=None):
    """The units themselves and all their descendants in both trees, as a set of ids; `tree` is `children()` when it is at hand."""
    found, todo = set(), list(unit_ids)
    tree = children() if tree is None and todo else tree
    while todo:
        unit_id = todo.pop()
        if unit_id not in found:
            found.add(unit_id)
            todo += tree.get(unit_id, [])
    return found


def children():
    """{unit: the units right below it in either tree}, as ids."""
    tree = {}
    for unit_id, admin, network in _edges():
        for parent in {admin, network} - {None}:
            tree.setdefault(parent, []).append(unit_id)
    return tree


def lineage(code):
    """The ids of the unit with this code and all its ancestors in both trees; none for a code that is not known."""
    return {unit for (unit,) in _lineage(code)}


def above(*unit_ids):
    """The ids of these units and of all their ancestors in both trees."""
    return _up(unit_ids, {unit: {admin, network} - {None} for unit, admin, network in _edges()})


def _up(unit_ids, parents):
    found, todo = set(), list(unit_ids)
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo += parents.get(current, ())
    return found


def networks(unit_id):
    """The codes of the networks and provinces above a unit; with one query, because everybody's own page asks it."""
    rows = _told()
    here = _up([unit_id], {unit: {admin, network} - {None} for unit, admin, network, _, _ in rows})
    return [code for unit, _, _, code, kind in rows if unit in here and kind in ("network", "province")]


def reports_to(unit, on=None):
    """The code of the nearest network or province above a unit in the network's tree, now or on a day, "" for none: a zone takes no
    reports.
    """
    return _reporting([unit.id], unit_moves.parents(unit_moves.rows(), on) if on else {})[unit.id][0]


def moved_above(unit_ids, on, moves):
    """{unit: the code of whom it reported to on a day, "" for nobody} of those of these units in whose way up one of `moves` lies."""
    found = _reporting(unit_ids, unit_moves.parents(moves, on))
    return {unit: code for unit, (code, has_moved) in found.items() if has_moved}


def _reporting(unit_ids, moved):
    """{unit: (the code of the nearest network or province above it, whether the way there leads by one of `moved` {unit: its parent})}."""
    known = {unit: (parent, code, kind) for unit, _, parent, code, kind in _told()}
    found = {}
    for unit in unit_ids:
        at, has_moved, is_above = unit, False, False
        while at is not None and not is_above:
            has_moved |= at in moved
            at = moved.get(at, known[at][0])
            is_above = at is not None and known[at][2] in ("network", "province")
        found[unit] = known[at][1] if at is not None else "", has_moved
    return found


def communities(account, *roles):
    """The communities and villages that these roles reach, in name order: where households can be registered."""
    return list(
        Unit.select()
        .where(Unit.id.in_(within(account, *roles)), Unit.kind.in_(("community", "village")))
        .order_by(Unit.name)
    )


def import_csv(text, *, at):
    """Add, rename or move units from CSV with the columns code, kind, name, admin_parent, network_parent; returns how many.

    Who moves to another parent in the network's tree does it from the day in the column `since` on, else from today.
    Parents stand above their children. A six-digit administrative parent that is not there yet is a subdistrict of the
    national list: its district and province are made with it. Refuses unknown parents and kinds, naming the line.
    """
    count = 0
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        if row.get("kind") not in KINDS or not (row.get("code") or "").strip() or not (row.get("name") or "").strip():
            raise Refusal(N_("Line %(line)s needs a code, a known kind and a name."), line=number)
        parents = {
            "admin_parent": _parent(row.get("admin_parent"), number, national=True),
            "network_parent": _parent(row.get("network_parent"), number),
        }
        unit, is_new = Unit.get_or_create(
            code=row["code"].strip(), defaults={"kind": row["kind"], "name": thai.clean(row["name"]), **parents}
        )
        if not is_new:
            if unit.network_parent != parents["network_parent"]:
                unit_moves.note(
                    unit,
                    parents["network_parent"],
                    since=_since(row.get("since"), number, at.astimezone(dates.BANGKOK).date()),
                    at=at,
                )
            Unit.update(kind=row["kind"], name=thai.clean(row["name"]), **parents).where(Unit.id == unit.id).execute()
        count += 1
    return count


def _since(text, line, on):
    """The day of a move, today where none is written. Refuses one to come: until then the old parent is the right one."""
    text = (text or "").strip()
    since = dates.day(text) if text else on
    if since is None or since > on:
        raise Refusal(N_("Line %(line)s: “since” is a day such as 2026-10-01, not after today."), line=line)
    return since


def _parent(code, line, national=False):
    code = (code or "").strip()
    if not code:
        return None
    try:
        return known_or_national(code) if national else get(code)
    except NotFound:
        raise Refusal(N_("Line %(line)s names the unit %(code)s, which is not there."), line=line, code=code) from None


def subdistrict(code):
    """The subdistrict of this code with its district and province, made where they are missing; None if there is none."""
    parent = None
    for kind, part, name in addresses.lineage(code):
        parent, _ = Unit.get_or_create(code=part, defaults={"kind": kind, "name": name, "admin_parent": parent})
    return parent
