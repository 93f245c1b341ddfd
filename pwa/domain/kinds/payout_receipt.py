"""A payee's word that money of the fund came: signed on somebody's phone or on paper; or that it could not be given, and why."""

from typing import Any

from pwa.domain import N_
from pwa.domain.kinds import leaves, money
from pwa.domain.kinds.kind import Kind, at_home, on_the_round

HOW = money.SIGNED | {"paper": N_("On the paper voucher")}
LABELS = {
    "payment": N_("Payment"),
    "signature": N_("Signature of the payee"),
    **money.SIGNATURE,
    "received_satang": N_("How much came (satang), if it is not what the voucher says"),
    "not_given": N_("Why the money could not be given"),
}


def broken(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """One of two: somebody signed, or it could not be given; who got nothing signs for no sum."""
    is_signed, is_not_given = "signature" in payload, "not_given" in payload
    if is_signed == is_not_given:
        return [("signature", "one_of_two")]
    return [("received_satang", "one_of_two")] if is_not_given and "received_satang" in payload else []


KIND = Kind(
    name="payout_receipt",
    title=N_("Money that a payee signed for"),
    icon="money",
    labels=LABELS,
    choices={"signature.kind": HOW},
    recorders=money.COLLECTORS,
    place=at_home,
    refusal=on_the_round,
    carried_to="author",
    is_money=True,
    broken=broken,
    letters=leaves.hidden,
    sentences={"one_of_two": N_("The payee signs, or say why the money could not be given.")},
    purpose=N_("To prove that a payee got what the fund gave"),
    readers=N_("The payee, who was there, and the officers of the fund"),
    retention=money.RETENTION,
)
