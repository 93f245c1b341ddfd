"""The five shapes of a benefit that have a form of their own, and how a new benefit, step, limit or condition begins.

A shape is seen in the document and stands nowhere in it: whatever does not fit one is asked by the form made from the schema.
"""

import json
from typing import Any

from pwa.domain.fund import rule_parts
from pwa.domain.fund.rule_parts import Path_

AMOUNT: Path_ = ("clauses", 0, "amounts", 0)
HEAD: tuple[Path_, ...] = (("name",), ("clause",), ("category",), ("event",))
TAIL: tuple[Path_, ...] = (
    ("waiting",),
    ("window",),
    ("conditions",),
    ("evidence",),
    ("subjects",),
    ("payees",),
    ("pot",),
)
ASKED: dict[str, tuple[Path_, ...]] = {
    "fixed": ((*AMOUNT, "satang"), ("per",)),
    "once": ((*AMOUNT, "satang"), ("once",), ("period",)),
    "nights": ((*AMOUNT, "satang"), (*AMOUNT, "max_units"), ("caps",), ("period",), ("across_periods",)),
    "tiers": ((*AMOUNT, "rows"), (*AMOUNT, "then"), ("ends_membership",)),
    "discretionary": ((*AMOUNT, "max_satang"), ("per",)),
}
"""What the form of a shape asks between its head and its tail."""
AMOUNTS: dict[str, dict[str, Any]] = {
    "fixed": {"type": "fixed", "satang": ""},
    "once": {"type": "fixed", "satang": ""},
    "nights": {"type": "per_unit", "unit": "night", "satang": ""},
    "tiers": {"type": "tiers", "rows": [{"n": "180", "unit": "day", "satang": ""}]},
    "discretionary": {"type": "discretionary", "max_satang": ""},
    "": {"type": "", "satang": ""},
}
EVENTS = {"nights": "stay", "tiers": "death"}
CATEGORIES = {"nights": "2", "tiers": "4"}


def of(benefit: Any) -> str:
    """The shape of a typed benefit; "" where it has none of the five."""
    clauses = benefit.get("clauses") or []
    amounts = clauses[0].get("amounts") or [] if len(clauses) == 1 else []
    if len(amounts) != 1 or clauses[0].get("when") or benefit.get("order"):
        return ""
    kind = amounts[0].get("type")
    if kind == "fixed":
        return "once" if benefit.get("once") else "fixed"
    if kind == "per_unit":
        return "nights" if amounts[0].get("unit") == "night" else ""
    return kind if kind in ("tiers", "discretionary") else ""


def asked(shape: str) -> tuple[Path_, ...]:
    """The paths within a benefit that the form of a shape asks, in its order."""
    return (*HEAD, *ASKED[shape], *TAIL)


def named_once(before: Any, benefit: Any) -> Any:
    """The benefit with its one clause named as it is, where both had the same name or none: a form of a shape asks for it once."""
    clauses = benefit.get("clauses") or []
    if of(benefit) and clauses[0].get("clause", "") in ("", (before or {}).get("clause", "")):
        return benefit | {"clauses": [clauses[0] | {"clause": benefit.get("clause", "")}]}
    return benefit


def begun(shape: str, tree: Any) -> dict[str, Any]:
    """A new benefit of a shape for a tree, with a code that stands nowhere in it."""
    made: dict[str, Any] = {
        "code": free("benefit", [one.get("code") for one in tree.get("benefits") or ()]),
        "name": "",
        "category": CATEGORIES.get(shape, ""),
        "clause": "",
        "event": EVENTS.get(shape, ""),
        "clauses": [{"clause": "", "amounts": [{"code": "sum"} | AMOUNTS[shape]]}],
    }
    if shape == "once":
        made["once"] = "life"
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


def item(path: Path_, before: list[Any]) -> Any:
    """A new item of the list at a path in the document."""
    part = rule_parts.below(rule_parts.at(path), len(before))
    kind = rule_parts.kind(part)
    if kind == "condition":
        return {"fact": "", "is": "", "value": "", "clause": ""}
    if kind != "group":
        return ""
    made: dict[str, Any] = {name: "" for name in part.get("required", ())}
    if "code" in made:
        made["code"] = free("sum", [one.get("code") for one in before])
    if "amounts" in made:
        made["amounts"] = [{"code": "sum", "type": ""}]
    return made


def free(stem: str, taken: list[Any]) -> str:
    """A code that is not among those taken."""
    return next(f"{stem}-{n}" for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)
