"""What the rules answer about one benefit: outcome, amount, and every condition with its fact, its source and what would remove it.

An answer is computed when somebody asks and never stored; only decisions are frozen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from pwa.domain.fund.case import Used
from pwa.domain.fund.sentences import Said, Sentence

ENTITLED, NOT_ENTITLED, UNDECIDED = "entitled", "not_entitled", "undecided"


class Condition(NamedTuple):
    """One condition. `passed` None: not known. `met_on`: the first day on which time alone removes the obstacle; None where it never does.

    `left_*`: what this cap still gives, before this answer. `asks`: the facts that are missing. `on_birthday`: `met_on` rests on one.
    """

    code: str
    passed: bool | None
    says: Sentence
    clause: str
    fact: Said | None = None
    source: Said = ""
    met_on: date | None = None
    remedy: Sentence | None = None
    left_satang: int | None = None
    left_units: int | None = None
    asks: tuple[str, ...] = ()
    on_birthday: bool = False
    parts: tuple["Condition", ...] = ()


class Given(NamedTuple):
    """One amount of an answer. `amount_satang` None: not published, or left to a meeting."""

    code: str
    units: int | None
    amount_satang: int | None
    counts_toward: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`uses` is what a decision of this answer would take from caps, in the shape in which the next case brings it."""

    regulation: str
    benefit: str
    version: int
    outcome: str
    amount_satang: int | None
    max_satang: int | None
    units: int | None
    parts: tuple[Given, ...]
    payee: str | None
    in_kind: tuple[tuple[str, int], ...]
    earliest_on: date | None
    conditions: tuple[Condition, ...]
    unsaid: tuple[str, ...]
    missing: tuple[str, ...]
    uses: tuple[Used, ...] = ()

    def to_json(self, say: Callable[[Said], str] = str) -> dict[str, Any]:
        """The published shape. `say` turns a sentence into words (`pwa/spoken.py`)."""
        return {
            "regulation": self.regulation,
            "benefit": self.benefit,
            "version": self.version,
            "currency": "THB",
            "outcome": self.outcome,
            "amount_satang": self.amount_satang,
            "max_satang": self.max_satang,
            "units": self.units,
            "parts": [part._asdict() for part in self.parts],
            "payee": self.payee,
            "in_kind": [{"item": item, "count": count} for item, count in self.in_kind],
            "earliest_on": _iso(self.earliest_on),
            "conditions": [_condition(one, say) for one in self.conditions],
            "unsaid": list(self.unsaid),
            "missing": list(self.missing),
        }


def _condition(one: Condition, say: Callable[[Said], str]) -> dict[str, Any]:
    text = say(one.says)
    return {
        "code": one.code,
        "text": f"{text} — {say(one.remedy)}" if one.remedy and not one.passed else text,
        "passed": one.passed,
        "fact": None if one.fact is None else say(one.fact),
        "source": say(one.source),
        "clause": one.clause,
        "met_on": _iso(one.met_on),
        "left_satang": one.left_satang,
        "left_units": one.left_units,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
