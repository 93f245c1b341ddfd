"""Receipts that a hand-over named and that never come: a third person says so, and their money is to be given back."""

from db import database
from db.models import HandoverClosing
from pwa.domain import N_, Refusal
from pwa.domain.fund import chart, handed, handovers, ledger


def close(taking, reason, *, by, at, on):
    """Wait no longer for receipts that were named and never came: that money is to be given back to who paid it (2200)."""
    handover = taking.handover
    if by.id in handovers.holders_of(handover.giver) | handovers.holders_of(taking.taker):
        raise Refusal(
            N_("You gave or took this cash. Somebody else says that nobody waits for the receipts any longer.")
        )
    if not reason:
        raise Refusal(N_("Write why nobody waits any longer."), field="reason")
    with database.atomic():
        rest = waits_for(taking)
        if not rest:
            raise Refusal(N_("No receipt of this hand-over is missing."))
        out = ledger.account(handover.fund, chart.HANDED_ON)
        HandoverClosing.create(taking=taking, account=by, reason=reason, at=at)
        lines = [ledger.Line(out, rest), ledger.Line(ledger.account(handover.fund, chart.TO_GIVE_BACK), -rest)]
        about = dict(kind="handover closed", source=f"closed/{handover.entry.entry_id}", occurred_on=on, actor=by.id)
        ledger.post(handover.fund, lines=lines, on=on, at=at, **about)


def waits_for(taking):
    """What still stands for named receipts that are not booked, in satang; 0 once nobody waits any longer."""
    if HandoverClosing.select().where(HandoverClosing.taking == taking).exists():
        return 0
    return handovers.sums(taking).awaited - sum(row.amount_satang for row in handed.with_taking(taking) if row.is_late)
