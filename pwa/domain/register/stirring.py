"""Tells what waits that a house of the register changes which shares a key with it, so that it is compared anew (encounters)."""

from db.models import Likeness, WaitingKey, Whereabouts


def stir(homes):
    """These households of the register change: whatever waits and shares a key with them is compared anew. Call it before their
    keys are written and after."""
    near = WaitingKey.select(WaitingKey.entry).join(Likeness, on=(Likeness.key == WaitingKey.key))
    near = near.where(Likeness.household.in_(homes))
    Whereabouts.update(stirred=Whereabouts.stirred + 1).where(Whereabouts.entry.in_(near)).execute()
