"""Branches: cash that two named people keep together until the month's end, in a hand of its own."""

import re

from db import database
from db.models import Account, Branch, LedgerAccount, RoleGrant
from pwa.domain import N_, Refusal
from pwa.domain.fund import chart, holders
from pwa.domain.people import roles
from pwa.domain.places import grants, units

KEEPERS = roles.may("keep-cash")
NAME = 60


def make(fund, name, first, second, *, by, at):
    """Name a branch of a fund with its two keepers (ids of candidates); returns it. Refuses one alone, and a name that is there already."""
    name = " ".join(name.split())
    if not name or len(name) > NAME:
        raise Refusal(N_("Write what the branch is called."), field="name")
    people = {str(one.id): one for one in candidates(fund)}
    if first not in people or second not in people:
        raise Refusal(N_("Choose two people who work for this fund."), field="second")
    if first == second:
        raise Refusal(N_("Two people answer for a branch together. Choose another one."), field="second")
    code = re.sub(r"[^\w]+", "-", name.lower()).strip("-") or "branch"
    with database.atomic():
        if _is_taken(fund, code):
            raise Refusal(N_("Somebody or something holds cash under this name already."), field="name")
        branch = Branch.create(
            fund=fund, code=code, name=name, first=people[first], second=people[second], account=by, at=at
        )
        holders.hand_of_branch(branch)
    return branch


def candidates(fund):
    """Who may keep a branch: whoever takes money where the fund serves, in name order."""
    near = units.above(fund.unit_id) | units.below({fund.unit_id})
    takers = grants.living(RoleGrant.account).where(RoleGrant.unit.in_(near), RoleGrant.role.in_(roles.may("collect")))
    return list(Account.select().where(Account.id.in_(takers)).order_by(Account.name, Account.id))


def of(fund):
    """The branches of a fund, by name."""
    return list(Branch.select().where(Branch.fund == fund).order_by(Branch.name))


def _is_taken(fund, code):
    hand = LedgerAccount.select().where(LedgerAccount.fund == fund, LedgerAccount.code == f"{chart.HAND}-{code}")
    return hand.exists() or Account.select().where(Account.handle == code).exists()
