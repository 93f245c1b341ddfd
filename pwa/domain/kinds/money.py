"""What the kinds of money share: the words of their forms, and who may record them."""

from typing import Any

from pwa.domain import N_
from pwa.domain.kinds import leaves
from pwa.domain.kinds.kind import Kind, at_home
from pwa.domain.people import roles

COLLECTORS = roles.may("collect")
"""Who takes money from people: with an assignment to collect, or by office."""

FUND = {"fund": N_("Fund")}
NUMBER = FUND | {"book": N_("Receipt book"), "no": N_("Receipt no.")}
COUNTED = {
    "counted": N_("Cash counted"),
    "counted.*": N_("Kind of note or coin"),
    "counted.*.satang": N_("Each (satang)"),
    "counted.*.count": N_("How many"),
    "reason": N_("It differs because"),
}
SIGNATURE = {
    "signature.blob": N_("Picture of the signature"),
    "signature.kind": N_("How it was signed"),
    "signature.witness": N_("Name of the witness"),
}
SIGNED = {"signature": N_("Signature"), "thumbprint": N_("Thumbprint")}
PURPOSE = N_("To prove who paid, who held the money and where it is")
READERS = N_("Who paid and whom it is for, who held it, and the officers of the fund")
RETENTION = N_("Until ten years after the membership ended")


def kind(**own: Any) -> Kind:
    """A kind of money: who records it, where it belongs, and that the books follow it, beside what is its own."""
    return Kind(
        recorders=COLLECTORS,
        place=at_home,
        carried_to="author",
        is_money=True,
        letters=leaves.hidden,
        purpose=PURPOSE,
        readers=READERS,
        retention=RETENTION,
        **own,
    )


def summed(counted: Any) -> int:
    """What counted notes and coins come to, in satang; takes any."""
    rows = counted if isinstance(counted, list) else []
    return sum(row["satang"] * row["count"] for row in rows if isinstance(row, dict))
