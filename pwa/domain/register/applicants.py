"""Which applications are open: nothing was resolved since the entry that they stand on was approved. Each row says so, so that
nobody reads all of them to find the few."""

from peewee import fn

from db.models import Admission, Application, Approval
from pwa.domain.custody import states


def note(*conditions):
    """Let these applications say whether they are open; to be called in the transaction that changes what that hangs on."""
    for is_open, now in ((True, still_open()), (False, ~still_open())):
        stale = (Application.is_open != is_open, now, *conditions)
        Application.update(is_open=is_open).where(*stale).execute()


def still_open():
    """Condition on Application, read off what was resolved."""
    later = (
        Admission.select(Admission.id)
        .join(Approval, on=(Approval.entry == Application.entry))
        .where(
            Admission.person == Application.person,
            Admission.fund == Application.fund,
            Admission.accepted | ((Admission.kind == Application.kind) & (Admission.at >= Approval.at)),
            states.standing(Approval),
            states.standing(Admission),
        )
    )
    return ~fn.EXISTS(later)
