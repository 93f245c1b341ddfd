"""Cash that somebody counted and took: this entry alone moves the money."""

from pwa.domain import N_
from pwa.domain.kinds import money
from pwa.domain.kinds.kind import by_anybody

LABELS = (
    {
        "handover": N_("Hand-over"),
        "taker": N_("Who takes it"),
    }
    | money.COUNTED
    | {"signature": N_("Signature of the other side")}
    | money.SIGNATURE
)

KIND = money.kind(
    name="handover_receipt",
    title=N_("Cash taken"),
    icon="handover",
    labels=LABELS,
    choices={"signature.kind": money.SIGNED},
    lists=("counted",),
    refusal=by_anybody,
)
