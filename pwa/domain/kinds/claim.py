"""What happened to somebody, and what they ask the fund for: the event, its papers, and who is to be paid."""

from typing import Any

from pwa.domain import N_
from pwa.domain.kinds import leaves, money
from pwa.domain.kinds.kind import Claim, Kind, on_the_round, where_the_own_house_stands
from pwa.domain.people import roles
from pwa.domain.text import dates

LABELS = money.FUND | {
    "benefit": N_("Claims the benefit"),
    "member": N_("Whose right it is"),
    "event_on": N_("Day of the event"),
    "admit_on": N_("Day into hospital"),
    "subject": N_("To whom it happened"),
    "subject.type": N_("Who that is to the member"),
    "subject.person": N_("To whom it happened, in the register"),
    "subject.name": N_("Name of whom it happened to"),
    "nth": N_("Which one of the same event"),
    "quantity": N_("How many of it"),
    "facts": N_("What else the regulation asks"),
    "facts.*": N_("One thing that is asked"),
    "facts.*.name": N_("What is asked"),
    "facts.*.number": N_("Answer as a number"),
    "facts.*.choice": N_("Answer that was chosen"),
    "facts.*.yes": N_("Yes or no"),
    "payees": N_("Who is to be paid"),
    "payees.*": N_("Payee"),
    "payees.*.type": N_("Who the payee is"),
    "payees.*.person": N_("Payee, in the register"),
    "payees.*.name": N_("Name of the payee"),
    "payees.*.share": N_("Part of the payee (%)"),
    "payees.*.how": N_("How it is to be paid"),
    "payees.*.bank_account": N_("Account to transfer to"),
    "evidence": N_("Papers as evidence"),
    "evidence.*": N_("A paper"),
    "evidence.*.paper": N_("Which paper"),
    "evidence.*.blob": N_("Picture of the paper"),
    "evidence.*.note": N_("Caption of the picture"),
    "note": N_("Remark"),
}


def broken(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """What no claim says: days that are none, and a hospital that was left before it was entered."""
    days = {name: payload.get(name) for name in ("event_on", "admit_on")}
    found = [(name, "date") for name, said in days.items() if isinstance(said, str) and dates.day(said) is None]
    event_on, admit_on = days["event_on"], days["admit_on"]
    if not found and isinstance(event_on, str) and isinstance(admit_on, str) and event_on < admit_on:
        found.append(("event_on", "out_before_in"))
    return found


def _on_the_round_or_at_home(claim: Claim) -> str:
    """A member about their own house; everybody else with a role, within its reach."""
    return "" if claim.own_house else on_the_round(claim)


def _tells_health(payload: dict[str, Any]) -> bool:
    """Whether it is of a stay in hospital, or shows a paper."""
    return bool(payload.get("admit_on") or payload.get("evidence"))


KIND = Kind(
    name="claim",
    title=N_("Claim of a benefit"),
    icon="rights",
    labels=LABELS,
    choices={"payees.*.how": {"cash": N_("Cash"), "transfer": N_("Bank transfer")}},
    lists=("facts", "payees", "evidence"),
    recorders=roles.may("record"),
    checkers=roles.may("check"),
    place=where_the_own_house_stands,
    refusal=_on_the_round_or_at_home,
    broken=broken,
    tells_health=_tells_health,
    letters=leaves.hidden,
    sentences={
        "out_before_in": N_("The day out of hospital lies before the day into it."),
        "shares": N_("The parts of all payees together are 100 percent."),
        "bank_account_of_payee": N_("Say to which account it is to be transferred."),
    },
    page="/claims/new",
    purpose=N_("To give somebody what the fund's regulation gives, and to prove why"),
    readers=N_("The member, who recorded it, and the officers of the fund who check, decide and pay"),
    retention=money.RETENTION,
)
