"""The beginning of a weighty role: with a second officer's yes, or after 24 hours in plain sight of all officers of its unit.

Until then the grant gives no right (places.grants). Nobody has to be awake for it: before anything else is asked of the
server, what is due has its row, dated when the 24 hours were over.
"""

from datetime import timedelta

from peewee import JOIN

from db import database
from db.memory import Memory
from db.models import Account, RoleEnd, RoleGrant, RoleStart, Unit
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import second_officers
from pwa.domain.people.second_officers import DELAY
from pwa.domain.places import grants
from pwa.domain.text import wording

LONGEST = 500
QUIET = timedelta(minutes=1)
_first = Prepared(lambda: grants.waiting(RoleGrant.granted_at).limit(1)).value
_asked = Memory()
"""When it was asked last, and until when nothing can begin: what is given later waits for 24 hours itself."""


def begin_due(*, at):
    """Write the row of every role whose 24 hours are over; returns how many. Free where none can be due yet."""
    asked, until = _asked().get("due", (at, at))
    if asked <= at < until:
        return 0
    first = _first()
    begins = RoleGrant.granted_at.python_value(first) + DELAY if first is not None else at + QUIET
    if begins > at:
        _asked()["due"] = at, min(begins, at + QUIET)
        return 0
    with database.atomic():
        due = list(grants.waiting(RoleGrant).where(RoleGrant.granted_at <= at - DELAY))
        for grant in due:
            RoleStart.create(grant=grant, at=due_at(grant))
    return len(due)


def due_at(grant):
    """When a grant begins by itself."""
    return grant.granted_at + DELAY


def waiting(account):
    """Grants that have not begun, of the units where the account is an officer, by it or to it; each with `.unit`, who gave and who gets."""
    found = _all.rows()
    near = second_officers.reach(account) if found else ()
    return [one for one in found if one.unit_id in near or account.id in (one.account_id, one.granted_by_id)]


def to(account):
    """Grants to this account that have not begun."""
    return list(_told().where(RoleGrant.account == account))


def get(grant_id, *, seen_by):
    """One of them. Raises NotFound."""
    near = second_officers.reach(seen_by)
    mine = (RoleGrant.account == seen_by) | (RoleGrant.granted_by == seen_by)
    grant = _told().where(RoleGrant.id == grant_id, RoleGrant.unit.in_(near) | mine).get_or_none()
    if grant is None:
        raise NotFound
    return grant


def count(account, *, at):
    """How many roles wait for this account's yes, or are about it."""
    found = waiting(account)
    return sum(grant.account_id == account.id or may_agree(grant, account, at=at) for grant in found)


def may_agree(grant, by, *, at):
    about = dict(first=grant.granted_by_id, to=grant.account_id, unit_id=grant.unit_id)
    return second_officers.may_agree(by, **about, at=at)


def agree(grant_id, *, by, at):
    """The second officer's yes: the role begins now. Twice by the same person changes nothing."""
    with database.atomic():
        made = RoleStart.get_or_none(RoleStart.grant == grant_id)
        if made is not None and made.account_id == by.id:
            return
        grant = get(grant_id, seen_by=by)
        if not may_agree(grant, by, at=at):
            raise Refusal(second_officers.SOMEBODY_ELSE)
        RoleStart.create(grant=grant, account=by, at=at)


def refuse(grant_id, *, by, at, reason):
    """A no with its reason, by an officer who sees it or by who would get the role: it ends before it began."""
    with database.atomic():
        grant = get(grant_id, seen_by=by)
        reason = wording.said(reason, asked=N_("Write why."), longest=LONGEST)
        RoleEnd.create(grant=grant, account=by, at=at, reason=reason)


def _told():
    giver = Account.alias()
    query = grants.waiting(RoleGrant, Unit, Account, giver).join(Unit).switch(RoleGrant)
    query = query.join(Account, on=(RoleGrant.account == Account.id)).switch(RoleGrant)
    return query.join(giver, JOIN.LEFT_OUTER, on=(RoleGrant.granted_by == giver.id))


_all = Prepared(_told)
"""Those of one day, whatever the place: after it they have begun."""
