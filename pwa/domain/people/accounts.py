"""Accounts of the people who work here and of members, and the roles they hold. Who gave and took what, when and why, is kept."""

import hashlib
import re
import uuid

from peewee import JOIN, IntegrityError

from db import database
from db.models import Account, Application, Household, Membership, Person, RoleEnd, RoleGrant, RoleStart, Unit
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import roles, second_officers, takings_back
from pwa.domain.places import grants, units
from pwa.domain.text import thai, wording

HANDLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def exist():
    """Whether there is any account."""
    return Account.select().exists()


def named(handle):
    account = Account.get_or_none(Account.handle == handle)
    if account is None:
        raise NotFound
    return account


def add(handle, *, name, unit, at, role=None, by=None, person=None, reason="", account_id=None):
    """A new account in a unit, with a first role on it where one is given."""
    handle, name = handle.strip().lower(), thai.clean(name)
    if not HANDLE.fullmatch(handle) or len(handle) > 40:
        raise Refusal(N_("A short name has small Latin letters, digits and hyphens, like somsri-2."), field="handle")
    if not name or len(name) > 120:
        raise Refusal(N_("Write the person's name."), field="name")
    _must_look_after(by, unit)
    with database.atomic():
        try:
            account = Account.create(
                id=account_id or uuid.uuid4(), handle=handle, name=name, unit=unit, person=person, created_at=at
            )
        except IntegrityError as taken:
            raise Refusal(N_("This short name is taken. Choose another one."), field="handle") from taken
        if role is not None:
            grant(account, role, unit, at=at, by=by, reason=reason)
    return account


def of_member(person, *, by, at):
    """The account of a person in the register, made when access is first given. Its short name tells nothing about them."""
    known = Account.get_or_none(Account.person == person.id)
    if known:
        return known
    applied = Application.select().where(Application.person == person.id)
    joined = Membership.select().where(Membership.person == person.id, takings_back.standing(Membership))
    if not (applied.exists() or joined.exists()):
        raise Refusal(N_("Only members and people who applied can have access of their own."))
    place = Household.get_by_id(person.household_id).place
    handle = f"m-{hashlib.sha256(person.id.bytes).hexdigest()[:12]}"
    with database.atomic():
        account = Account.create(
            id=uuid.uuid4(), handle=handle, name=full_name(person), unit=place, person=person.id, created_at=at
        )
        RoleGrant.create(account=account, role="member", unit=place, granted_by=by, granted_at=at)
    return account


def full_name(person):
    """A person's name as it is spoken, or the nickname where nothing else is known."""
    name = f"{person.title}{person.first_name} {person.last_name}".strip() if person.first_name else ""
    return name or person.nickname or "—"


def grant(account, role, unit, *, at, by=None, reason=""):
    """Give a role on a unit. Somebody who gives it looks after that unit and the account; giving it twice changes nothing.

    Nobody gives to themselves; a weighty role counts only from its beginning (role_starts).
    """
    if role not in roles.MAY:
        raise Refusal(N_("Choose a role."), field="role")
    if by is not None and by == account:
        raise Refusal(second_officers.NOT_ONESELF)
    if by is not None and not looks_after(by, account):
        raise NotFound
    _must_look_after(by, unit)
    reason = wording.said(reason, asked=N_("Write why.") if by is not None else "")
    held = next((g for g in grants.given([account.id]) if (g.role, g.unit_id) == (role, unit.id)), None)
    return held or RoleGrant.create(account=account, role=role, unit=unit, granted_by=by, granted_at=at, reason=reason)


def end_role(grant, *, by, at, reason):
    """Take a role away. Nobody takes their own role of administrator: somebody must be left who can give it back."""
    if not looks_after(by, grant.account):
        raise NotFound
    if grant.role == "admin" and grant.account == by:
        raise Refusal(N_("You cannot take your own administrator role. Ask another administrator."))
    reason = wording.said(reason, asked=N_("Write why."))
    return RoleEnd.get_or_create(grant=grant, defaults={"account": by, "at": at, "reason": reason})[0]


def looks_after(by, account):
    """An administrator looks after the accounts of their units, unless the account also holds a role elsewhere."""
    reach = units.within(by, "admin")
    return account.unit_id in reach and all(g.unit_id in reach for g in grants.given([account.id]))


def listed(*, seen_by, text=""):
    """(account, its grants that nobody ended) of the units that an administrator looks after, by name, at most 300."""
    query = Account.select(Account, Unit).join(Unit).where(Account.unit.in_(units.within(seen_by, "admin")))
    if text.strip():
        wanted = thai.clean(text)
        query = query.where(Account.name.contains(wanted) | Account.handle.contains(wanted.lower()))
    found = sorted(query.limit(300), key=lambda account: thai.sort_key(account.name))
    held = {}
    for given in grants.given([account.id for account in found]):
        held.setdefault(given.account_id, []).append(given)
    return [(account, held.get(account.id, [])) for account in found]


def get(account_id, *, seen_by):
    """An account that the administrator looks after."""
    account = Account.get_or_none(Account.id == account_id)
    if account is None or not looks_after(seen_by, account):
        raise NotFound
    return account


def grant_of(account, grant_id):
    """A grant of this account that nobody ended, begun or not."""
    found = next((given for given in grants.given([account.id]) if given.id == grant_id), None)
    if found is None:
        raise NotFound
    return found


def roles_ever(account):
    """Every grant the account ever had with who gave it, its beginning and its end where it has one, newest first."""
    giver, taker, second = Account.alias(), Account.alias(), Account.alias()
    return list(
        RoleGrant.select(RoleGrant, Unit, giver, RoleEnd, taker, RoleStart, second)
        .join(Unit)
        .switch(RoleGrant)
        .join(giver, JOIN.LEFT_OUTER, on=(RoleGrant.granted_by == giver.id))
        .switch(RoleGrant)
        .join(RoleEnd, JOIN.LEFT_OUTER, attr="end")
        .join(taker, JOIN.LEFT_OUTER, on=(RoleEnd.account == taker.id))
        .switch(RoleGrant)
        .join(RoleStart, JOIN.LEFT_OUTER, attr="start")
        .join(second, JOIN.LEFT_OUTER, on=(RoleStart.account == second.id))
        .where(RoleGrant.account == account)
        .order_by(RoleGrant.granted_at.desc(), RoleGrant.id.desc())
    )


def places(by):
    """The units on which an administrator may give roles, by kind and name."""
    found = Unit.select().where(Unit.id.in_(units.within(by, "admin"))).order_by(Unit.kind, Unit.name)
    return list(found)


def place(code, *, by):
    """A unit that the administrator looks after."""
    unit = Unit.get_or_none(Unit.code == code)
    if unit is None:
        raise Refusal(N_("Choose a unit."), field="unit")
    _must_look_after(by, unit)
    return unit


def by_id(account_id):
    account = Account.get_or_none(Account.id == account_id)
    if account is None:
        raise NotFound
    return account


def person(person_id):
    found = Person.get_or_none(Person.id == person_id)
    if found is None:
        raise NotFound
    return found


def _must_look_after(by, unit):
    if by is not None and unit.id not in units.within(by, "admin"):
        raise Refusal(N_("You do not look after this unit."), field="unit")
