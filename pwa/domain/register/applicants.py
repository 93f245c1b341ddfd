"""Which applications are open: nothing was resolved since the entry that they stand on was approved; and whose passbook said
something new after the membership was confirmed. Each row says so, so that nobody reads all of them to find the few."""

from peewee import fn

from db.models import Admission, Application, Approval
from pwa.domain.custody import states


def note(*conditions):
    """Let these applications say whether they are open, and told since; to be called in the transaction that changes what that
    hangs on."""
    for column, now in ((Application.is_open, still_open()), (Application.told_since, told_since())):
        stale = (column & ~now) | (~column & now)
        Application.update({column: ~column}).where(stale, *conditions).execute()


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


def told_since():
    """Condition on Application: what it stands on was approved after somebody confirmed the membership."""
    before = (
        Admission.select(Admission.id)
        .join(Approval, on=(Approval.entry == Application.entry))
        .where(
            Admission.person == Application.person,
            Admission.fund == Application.fund,
            Admission.accepted,
            Approval.at > Admission.at,
            states.standing(Approval),
            states.standing(Admission),
        )
    )
    return (Application.kind == "existing") & fn.EXISTS(before)
