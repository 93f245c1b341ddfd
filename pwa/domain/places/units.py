"""Units in two trees, and what a role granted on one of them lets an account see: that unit and everything below it."""

from peewee import JOIN

from db.models import RoleEnd, RoleGrant, Unit
from pwa.domain import NotFound


def get(code):
    unit = Unit.get_or_none(Unit.code == code)
    if unit is None:
        raise NotFound
    return unit


def grants(account, *roles):
    """The account's living role grants, with their units; only of these roles when any are named."""
    query = (
        RoleGrant.select(RoleGrant, Unit)
        .join(Unit)
        .switch(RoleGrant)
        .join(RoleEnd, JOIN.LEFT_OUTER)
        .where(RoleGrant.account == account, RoleEnd.id.is_null())
        .order_by(RoleGrant.id)
    )
    return list(query.where(RoleGrant.role.in_(roles)) if roles else query)


def within(account, *roles):
    """Ids of all units that these roles of the account reach, downwards in both trees."""
    return below({grant.unit_id for grant in grants(account, *roles)})


def below(unit_ids):
    """The units themselves and all their descendants in both trees, as a set of ids."""
    children = {}
    for unit_id, admin, network in Unit.select(Unit.id, Unit.admin_parent, Unit.network_parent).tuples():
        for parent in {admin, network} - {None}:
            children.setdefault(parent, []).append(unit_id)
    found, todo = set(), list(unit_ids)
    while todo:
        unit_id = todo.pop()
        if unit_id not in found:
            found.add(unit_id)
            todo += children.get(unit_id, [])
    return found


def above(unit_id):
    """The ids of a unit and all its ancestors in both trees."""
    parents = {u: {a, n} - {None} for u, a, n in Unit.select(Unit.id, Unit.admin_parent, Unit.network_parent).tuples()}
    found, todo = set(), [unit_id]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo += parents.get(current, ())
    return found


def communities(account, *roles):
    """The communities and villages that these roles reach, in name order: where households can be registered."""
    return list(
        Unit.select()
        .where(Unit.id.in_(within(account, *roles)), Unit.kind.in_(("community", "village")))
        .order_by(Unit.name)
    )
