"""Cash that somebody counted and offers to who stands next: nothing moves until that one has counted too."""

from pwa.domain import N_
from pwa.domain.kinds import money
from pwa.domain.kinds.kind import for_the_fund

LABELS = (
    money.FUND
    | {
        "giver": N_("Who hands over"),
        "receipts": N_("Receipts handed over"),
        "receipts.*": N_("A book"),
        "receipts.*.book": N_("Receipt book"),
        "receipts.*.ranges": N_("Numbers from and to"),
        "handovers": N_("Hand-overs that were taken"),
        "paid_out": N_("Paid out of the hand"),
        "paid_out.*": N_("Paid out"),
        "paid_out.*.what": N_("What was paid for"),
        "paid_out.*.amount_satang": N_("Amount (satang)"),
        "expected_satang": N_("Should be there (satang)"),
    }
    | money.COUNTED
)

KIND = money.kind(
    name="handover",
    title=N_("Cash handed over"),
    icon="handover",
    labels=LABELS,
    lists=("receipts", "ranges", "handovers", "paid_out", "counted"),
    refusal=for_the_fund,
)
