"""Units in two trees, and what a role granted on one of them lets an account see: that unit and everything below it."""

import csv
import io

from db.models import Unit
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.places import addresses
from pwa.domain.places import grants as roles_given
from pwa.domain.text import thai

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


def reports_to(unit):
    """The code of the nearest network or province above a unit in the network's tree, "" for none: a zone takes no reports."""
    above = unit.network_parent
    while above is not None and above.kind not in ("network", "province"):
        above = above.network_parent
    return above.code if above else ""


def communities(account, *roles):
    """The communities and villages that these roles reach, in name order: where households can be registered."""
    return list(
        Unit.select()
        .where(Unit.id.in_(within(account, *roles)), Unit.kind.in_(("community", "village")))
        .order_by(Unit.name)
    )


def import_csv(text):
    """Add or rename units from CSV with the columns code, kind, name, admin_parent, network_parent; returns how many.

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
            Unit.update(kind=row["kind"], name=thai.clean(row["name"]), **parents).where(Unit.id == unit.id).execute()
        count += 1
    return count


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
