"""A receipt that does not count: why, and where its money is."""

from pwa.domain import N_
from pwa.domain.kinds import money
from pwa.domain.kinds.kind import for_the_fund
from pwa.domain.people import roles

LABELS = (
    money.NUMBER
    | {
        "reason": N_("Why it is void"),
        "given_back": N_("The money was given back on the spot"),
        "never_paid": N_("The money was never received"),
        "signature": N_("Signature of who got it back"),
    }
    | money.SIGNATURE
)

KIND = money.kind(
    name="receipt_void",
    title=N_("Receipt to be void"),
    icon="undo",
    labels=LABELS,
    choices={"signature.kind": money.SIGNED},
    checkers=roles.may("check-voids"),
    refusal=for_the_fund,
    on_sheets=True,
    sentences={"signed_for": N_("Who got the money back signs for it.")},
)
