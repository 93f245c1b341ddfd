"""A receipt: money that was taken from somebody, numbered in a book of the fund."""

from typing import Any

from pwa.domain import N_
from pwa.domain.kinds import money
from pwa.domain.kinds.kind import for_the_fund
from pwa.domain.people import roles
from pwa.domain.text import dates

LABELS = money.NUMBER | {
    "paid_on": N_("Received on"),
    "collector": N_("Collector"),
    "channel": N_("Received as"),
    "bank_account": N_("Transferred to"),
    "payer": N_("Payer"),
    "payer.type": N_("Who pays"),
    "payer.person": N_("Payer, in the register"),
    "payer.name": N_("Name of the payer"),
    "lines": N_("Lines"),
    "lines.*": N_("Line"),
    "lines.*.person": N_("For whom"),
    "lines.*.kind": N_("Which money"),
    "lines.*.amount_satang": N_("Amount (satang)"),
    "lines.*.covers_from": N_("Covers from"),
    "lines.*.covers_to": N_("Covers through"),
    "total_satang": N_("Total (satang)"),
    "note": N_("Remark"),
    "evidence": N_("Pictures as evidence"),
    "evidence.*": N_("Picture"),
    "evidence.*.blob": N_("Picture file"),
    "evidence.*.role": N_("What the picture shows"),
    "evidence.*.note": N_("Caption of the picture"),
    "instead_of": N_("Instead of the receipt"),
    "instead_of.book": N_("Book of the one before"),
    "instead_of.no": N_("Number of the one before"),
}
CHOICES = {
    "channel": {"cash": N_("Cash"), "transfer": N_("Bank transfer")},
    "payer.type": {
        "self": N_("The member"),
        "person": N_("Somebody else"),
        "household": N_("The household"),
        "local_government": N_("Local government"),
        "donor": N_("A donor"),
    },
    "lines.*.kind": {
        "contribution": N_("Contribution"),
        "entry_fee": N_("Entry fee"),
        "donation": N_("Donation"),
    },
    "evidence.*.role": {
        "slip": N_("Transfer slip"),
        "page": N_("Page of the book"),
        "evidence": N_("Other evidence"),
    },
}


def broken(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """What no receipt of ours ever says: cover that ends before it begins, money for nobody, a transfer without slip, itself as its forerunner."""
    found = []
    for number, line in enumerate(payload["lines"] if isinstance(payload.get("lines"), list) else ()):
        if not isinstance(line, dict):
            continue
        first, last = line.get("covers_from"), line.get("covers_to")
        found += [
            (f"lines.{number}.{name}", "date") for name in ("covers_from", "covers_to") if _is_no_day(line.get(name))
        ]
        if isinstance(first, str) and isinstance(last, str) and last < first:
            found.append((f"lines.{number}.covers_to", "backward"))
        if line.get("kind") in ("contribution", "entry_fee") and not line.get("person"):
            found.append((f"lines.{number}.person", "for_nobody"))
    if _names_itself(payload):
        found.append(("instead_of", "itself"))
    if payload.get("channel") == "transfer" and not _has_slip(payload.get("evidence")):
        found.append(("evidence", "no_slip"))
    return found


def _is_no_day(said: Any) -> bool:
    return isinstance(said, str) and dates.day(said) is None


def _names_itself(payload: dict[str, Any]) -> bool:
    old = payload.get("instead_of")
    return isinstance(old, dict) and (old.get("book"), old.get("no")) == (payload.get("book"), payload.get("no"))


def _has_slip(evidence: Any) -> bool:
    pictures = evidence if isinstance(evidence, list) else []
    return any(isinstance(one, dict) and one.get("role") == "slip" for one in pictures)


KIND = money.kind(
    name="contribution",
    title=N_("Receipt"),
    icon="receipt",
    page="/collections/new",
    labels=LABELS,
    choices=CHOICES,
    lists=("lines", "evidence"),
    checkers=roles.may("check-money"),
    refusal=for_the_fund,
    on_sheets=True,
    broken=broken,
    sentences={
        "bank_account": N_("Say to which account it was transferred."),
        "payer_name": N_("Write who paid."),
        "backward": N_("This ends before it begins."),
        "for_nobody": N_("Say for whom this is paid."),
        "itself": N_("A receipt cannot take its own place."),
        "no_slip": N_("Take a picture of the transfer slip."),
    },
)
