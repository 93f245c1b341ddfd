"""What a regulation does not mention: no such condition holds, and the reader is told so.

A number that a clause needs and does not give is another silence, and a rule that it says is none is a third (`terms`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pwa.domain import N_

SPOKEN = {
    "waiting": N_("how long one must be a member"),
    "grace": N_("how long one may be in arrears"),
    "cure": N_("how long one waits after paying arrears"),
    "lapse": N_("after how long arrears end the rights"),
    "window": N_("within how many days it must be claimed"),
    "cap": N_("how much is the most"),
    "sub-group": N_("whether it is for some only"),
    "subject": N_("whose event it may be"),
    "payee": N_("who is paid"),
    "year": N_("which year is meant (counted from January to December)"),
    "across_periods": N_("how a stay over the end of a year counts (counted to the year of the discharge)"),
    "same_day_nights": N_("whether in and out on one day is a night (counted as none)"),
    "restart": N_("what counts of an earlier membership (counted anew)"),
    "pot": N_("what happens when the pot is empty"),
}
"""{what `unsaid` names: how the reader is told, after "the regulation does not say"}."""


def of(benefit: Mapping[str, Any], settings: Mapping[str, Any]) -> tuple[str, ...]:
    """What the document does not say about one of its benefits, in the order of SPOKEN."""
    found = set(_of_rules(benefit, settings)) | set(_of_years(benefit, settings))
    return tuple(name for name in SPOKEN if name in found)


def _of_rules(benefit: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in ("grace", "cure", "lapse") if name not in settings)
    yield from (
        name
        for name in ("waiting", "window")
        if name not in benefit and name not in settings and not _waits(benefit, name)
    )
    for name, field in (("cap", "caps"), ("subject", "subjects"), ("payee", "payees")):
        if field not in benefit:
            yield name
    if "conditions" not in benefit and not any(clause.get("when") for clause in benefit["clauses"]):
        yield "sub-group"


def _waits(benefit: Mapping[str, Any], name: str) -> bool:
    """A table of tenure, or a condition on it, says how long one must be a member."""
    conditions = benefit.get("conditions")
    nodes = [node for node in conditions or () if isinstance(node, dict)]
    rows = any(amount.get("rows") for clause in benefit["clauses"] for amount in clause["amounts"])
    return name == "waiting" and (rows or any(node.get("fact") == "tenure" for node in nodes))


def _of_years(benefit: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[str]:
    caps = benefit.get("caps")
    a_year = benefit.get("once") == "period" or any(
        isinstance(cap, dict) and cap["scope"] == "period" for cap in caps or ()
    )
    nights = any(amount.get("unit") == "night" for clause in benefit["clauses"] for amount in clause["amounts"])
    if a_year and "period" not in benefit:
        yield "year"
    if a_year and nights and "across_periods" not in benefit:
        yield "across_periods"
    if nights and "same_day_nights" not in settings:
        yield "same_day_nights"
