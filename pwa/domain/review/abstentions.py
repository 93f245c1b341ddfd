"""Who of those present may not decide about a claim: it is about their own household. They are named, and the minutes name them.

Who recorded or certified it may decide, as the contract has it; the meeting is told who they are.
"""

from typing import NamedTuple

from db.models import Abstention, Account, Approval
from pwa.domain import N_, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import claim_people, claims
from pwa.domain.review import attendance

EVERYBODY = N_(
    "Everybody present is of the household that this is about, so nobody here may decide it. Put it off, and ask somebody of "
    "the committee from another house to come; then write down that they are present."
)


class Sides(NamedTuple):
    """Of those present: who keeps out, and who may decide. `told`: who recorded or certified the claim (names)."""

    out: list
    free: list
    told: list


def sides(resolution, one):
    """The Sides of a claim (its Standing) at a sitting."""
    present = attendance.of(resolution)
    lived, homes = attendance.homes(present), claim_people.homes_of(one.claim)
    out = [each for each in present if lived.get(each.id) in homes]
    return Sides(out, [each for each in present if each not in out], _told(one))


def note(resolution, one, *, at):
    """Write down who keeps out of a decision that is being made. Raises Refusal where nobody of those present is left."""
    found = sides(resolution, one)
    if found.out and not found.free:
        raise Refusal(EVERYBODY)
    for each in found.out:
        Abstention.get_or_create(resolution=resolution, claim=one.claim, name=each.name, defaults={"at": at})


def of(resolution):
    """{claim id: [name]} of who kept out at a sitting."""
    found = {}
    for one in Abstention.select().where(Abstention.resolution == resolution).order_by(Abstention.id):
        found.setdefault(one.claim_id, []).append(one.name)
    return found


def _told(one):
    entries = claims.telling(one.claim)
    certified = Approval.select(Approval.account).where(Approval.entry.in_([row.id for row in entries]))
    ids = {row.author for row in entries} | {row.account_id for row in certified.where(states.standing(Approval))}
    return [account.name for account in Account.select().where(Account.id.in_(list(ids))).order_by(Account.name)]
