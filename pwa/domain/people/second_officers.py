"""Who may be the second of two officers: somebody who works in that unit and is in nobody's hands who has to do with it."""

from datetime import timedelta

from db.models import Enrolment, EnrolmentUse, Passkey, RoleGrant
from pwa.domain import N_
from pwa.domain.people import hands, roles
from pwa.domain.places import units

OFFICERS = roles.may("confirm")
DELAY = timedelta(hours=24)
RECENT = timedelta(days=30)
SOMEBODY_ELSE = N_("Somebody else has to confirm this: another officer who looks after the place.")
NOT_ONESELF = N_("Nobody gives this to themselves. Ask another officer.")


def reach(account):
    """Ids of the units of which the account is an officer: of each itself, or of one above it."""
    return units.within(account, *OFFICERS)


def may_second(by, *, first, to, unit_id):
    """Whether `by` may say the second yes to what `first` gave `to` (account ids) there: never who gave, received, or is in
    the hands of who gave."""
    return by.id not in (first, to) and unit_id in reach(by) and not hands.are_tied(by.id, [first])


def may_agree(by, *, first, to, unit_id, at):
    """The same for roles and new access, where the second is nobody whom the first made an officer just now."""
    return may_second(by, first=first, to=to, unit_id=unit_id) and not _was_made(by.id, first, at - RECENT)


def _was_made(account, by, since):
    """Whether an account has its role or access from `by`, given since then; ended or revoked ones count."""
    roles = RoleGrant.select().where(RoleGrant.account == account, RoleGrant.granted_by == by)
    opened = Enrolment.select().join(EnrolmentUse).join(Passkey).where(Passkey.account == account)
    return (
        roles.where(RoleGrant.granted_at > since).exists()
        or opened.where(Enrolment.issued_by == by, EnrolmentUse.at > since).exists()
    )
