"""Which roles count: the one place that knows which grants have begun and not ended. Everybody else asks here.

A weighty role that a person gave begins with its row `role_start` (role_starts writes it: by a second officer's yes, or when it
is due); what the keeper of the server gave, and every other role, begins at once.
"""

from peewee import JOIN

from db.models import Account, RoleEnd, RoleGrant, RoleStart, Unit
from db.statements import Prepared

WEIGHTY = ("zone_leader", "registrar", "treasurer", "committee", "auditor", "admin", "network")
"""A network decides about nobody, but it accepts and signs reports, so nobody gets there alone either."""


def _started(query):
    """The same query about grants, only those that count now."""
    query = query.switch(RoleGrant).join(RoleEnd, JOIN.LEFT_OUTER)
    query = query.switch(RoleGrant).join(RoleStart, JOIN.LEFT_OUTER).switch(RoleGrant)
    begun = RoleGrant.role.not_in(WEIGHTY) | RoleGrant.granted_by.is_null() | RoleStart.id.is_null(False)
    return query.where(RoleEnd.id.is_null(), begun)


def living(*columns):
    """Grants that have begun and not ended, with these columns; to be narrowed and joined further."""
    return _started(RoleGrant.select(*columns))


_units = Prepared(
    lambda account, roles: living(RoleGrant.unit).where(RoleGrant.account == account, RoleGrant.role.in_(roles))
)


_held = Prepared(
    lambda account: (
        _started(RoleGrant.select(RoleGrant, Unit).join(Unit))
        .where(RoleGrant.account == account)
        .order_by(RoleGrant.id)
    )
)


def of(account, *roles):
    """The account's grants that count, with their units; only of these roles when any are named."""
    return [grant for grant in _held.rows(account) if not roles or grant.role in roles]


def units_of(account_id, roles):
    """Ids of the units on which the account holds one of these roles now."""
    return {unit for (unit,) in _units(account_id, list(roles))}


def given(accounts):
    """Grants that nobody ended, with their units, also those that have not begun: what was given, and may yet come."""
    query = RoleGrant.select(RoleGrant, Unit, RoleStart).join(Unit).switch(RoleGrant).join(RoleEnd, JOIN.LEFT_OUTER)
    query = query.switch(RoleGrant).join(RoleStart, JOIN.LEFT_OUTER, attr="start").switch(RoleGrant)
    return list(query.where(RoleGrant.account.in_(accounts), RoleEnd.id.is_null()).order_by(RoleGrant.id))


def given_at_once(by, *, at, reason):
    """Grants that somebody gave in one act, with account and unit, in the order in which they were given, whatever became of them."""
    query = RoleGrant.select(RoleGrant, Account, Unit).join(Account, on=RoleGrant.account).switch(RoleGrant).join(Unit)
    mine = (RoleGrant.granted_by == by) & (RoleGrant.granted_at == at) & (RoleGrant.reason == reason)
    return list(query.where(mine).order_by(RoleGrant.id))


def waiting(*columns):
    """Grants that have not begun, with these columns, the oldest first; to be narrowed and joined further."""
    query = RoleGrant.select(*columns).join(RoleEnd, JOIN.LEFT_OUTER).switch(RoleGrant)
    query = query.join(RoleStart, JOIN.LEFT_OUTER).switch(RoleGrant)
    waits = RoleGrant.role.in_(WEIGHTY) & RoleGrant.granted_by.is_null(False) & RoleStart.id.is_null()
    return query.where(RoleEnd.id.is_null(), waits).order_by(RoleGrant.granted_at, RoleGrant.id)
