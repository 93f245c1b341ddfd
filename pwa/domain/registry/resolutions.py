"""What a registrar recorded last about applicants, to be said afterwards; older than ten minutes it is no news."""

from dataclasses import dataclass

from db.models import Admission
from pwa.domain.registry import memberships, slips

NAMED = 5


@dataclass(frozen=True)
class Last:
    """What a registrar recorded last at one time: how many people, the first of them by name, and whether they were admitted."""

    accepted: bool
    count: int
    names: list


def last(account, *, at):
    """What this registrar recorded last, where it is at most ten minutes old; else None."""
    mine = Admission.select().where(Admission.account == account)
    made = mine.order_by(Admission.id.desc()).first()
    if made is None or at - made.at > slips.SOON:
        return None
    rows = list(mine.where(Admission.at == made.at, Admission.accepted == made.accepted).order_by(Admission.id))
    return Last(made.accepted, len(rows), [memberships.name_of(row.person) for row in rows[:NAMED]])
