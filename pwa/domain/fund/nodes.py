"""Conditions of a document, read: each compares a named fact with a constant of the fact's own kind."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pwa.domain import N_
from pwa.domain.fund.sentences import UNITS, Span
from pwa.domain.fund.terms import Compared, FactKind, Group, Node

Path_ = tuple[str | int, ...]
BUILT_IN = ("age", "tenure", "sex", "subject")
"""Facts that every regulation may name; the others stand in its `facts`."""
ORDERED = ("age", "tenure", "number", "money")
CIRCLE = N_("%(place)s: this leads back to itself (%(name)s).")
NO_FACT = N_("%(place)s: the document says nowhere what the fact “%(name)s” is.")
NO_SHARED = N_("%(place)s: there is no shared condition “%(name)s”.")
NO_VALUE = N_("%(place)s: this is no value of the fact “%(name)s”.")
NO_ORDER = N_("%(place)s: “%(name)s” knows no more and no less.")


class Faults(Protocol):
    def fault(self, message: str, *path: str | int, **values: Any) -> None: ...


class Reader:
    """Reads the nodes of one document; what is wrong goes to `faults` with its place."""

    def __init__(self, faults: Faults, shared: Mapping[str, Any], facts: Mapping[str, FactKind]) -> None:
        self.faults, self.shared, self.facts = faults, shared, facts
        for name in shared:
            self._one(shared[name], ("shared", name), (name,))

    def all(self, nodes: Sequence[Mapping[str, Any]], path: Path_) -> list[Node]:
        return [node for at, one in enumerate(nodes) if (node := self._one(one, (*path, at), ()))]

    def _one(self, one: Mapping[str, Any], path: Path_, seen: tuple[str, ...]) -> Node | None:
        if "see" in one:
            name = one["see"]
            if name in seen:
                self.faults.fault(CIRCLE, *path, name=" → ".join((*seen, name)))
            elif name not in self.shared:
                self.faults.fault(NO_SHARED, *path, name=name)
            else:
                return self._one(self.shared[name], ("shared", name), (*seen, name))
            return None
        for word in ("all", "any"):
            if word in one:
                parts = [self._one(part, (*path, word, at), seen) for at, part in enumerate(one[word])]
                kept = tuple(part for part in parts if part)
                return Group(word == "any", kept, one.get("name", ""), one["clause"])
        return self._compared(one, path)

    def _compared(self, one: Mapping[str, Any], path: Path_) -> Node | None:
        name, op, given = one["fact"], one["is"], one["value"]
        if name not in BUILT_IN and name not in self.facts:
            self.faults.fault(NO_FACT, *path, "fact", name=name)
            return None
        kind = name if name in BUILT_IN else self.facts[name].kind
        if op in ("at_least", "at_most") and kind not in ORDERED:
            self.faults.fault(NO_ORDER, *path, "is", name=name)
        if given is None:
            return Compared(name, op, None, one["clause"], published=False)
        wanted = given if op == "one_of" and isinstance(given, list) else [given]
        values = [value_of(kind, self.facts.get(name), value) for value in wanted]
        if None in values or (op == "one_of") != isinstance(given, list) or not values:
            self.faults.fault(NO_VALUE, *path, "value", name=name)
            return None
        return Compared(name, op, tuple(values) if op == "one_of" else values[0], one["clause"])


def value_of(kind: str, fact: FactKind | None, given: Any) -> Any:
    """A constant or a told value in the fact's own kind; None where it is none. Numbers become whole: "3.50" is 350 of hundredths."""
    if kind == "tenure":
        fits = isinstance(given, dict) and given.keys() == {"n", "unit"} and given["unit"] in UNITS
        return Span(given["n"], given["unit"]) if fits and _whole(given["n"]) and 0 <= given["n"] <= 36_500 else None
    if kind == "number":
        return scaled(str(given), fact.decimals if fact else 0) if isinstance(given, str) or _whole(given) else None
    if kind == "choice":
        return given if isinstance(given, str) and fact and given in (fact.choices or ()) else None
    if kind == "yes_no":
        return given if isinstance(given, bool) else None
    if kind == "sex":
        return given if given in ("f", "m") else None
    if kind == "subject":
        return given if isinstance(given, str) else None
    return given if _whole(given) and 0 <= given <= 10**13 else None


def _whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def scaled(text: str, decimals: int) -> int | None:
    """ "3.5" with two decimals is 350. None for what is no such number: a sign, a power, more decimals than there are."""
    found = re.fullmatch(r"([0-9]{1,12})(?:\.([0-9]+))?", text, re.ASCII)
    if not found or len((found[2] or "").rstrip("0")) > decimals:
        return None
    return int(found[1] + (found[2] or "")[:decimals].ljust(decimals, "0"))
