"""Which decided claims the rules now answer otherwise, as it was found when they were last asked (claim_changes.look)."""

from datetime import UTC, datetime

from db.models import Claim, ClaimLook

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def stir(people):
    """Something happened that may concern decided claims by these people's right: the rules are to be asked again."""
    mine = Claim.select(Claim.id).where(Claim.person.in_(list(people)))
    ClaimLook.update(at=LONG_AGO).where(ClaimLook.claim.in_(mine)).execute()


def due():
    """Query of the claims that are ควรทบทวน."""
    return ClaimLook.select(ClaimLook.claim).where(ClaimLook.is_due)


def is_due():
    """Condition: a Claim is one of them."""
    return Claim.id.in_(due())
