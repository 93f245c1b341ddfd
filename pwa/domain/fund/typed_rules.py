"""A regulation as people type it: the same tree as its document, each answer as its text, and nothing that was typed is ever lost.

Money is typed in baht, shares in percent, days in Buddhist years; a map (facts, answers) is a list of {"name", "value"}, so that two of
one name can stand there until somebody mends it. What cannot be read stays in the document as its text, beside the sentence that says so.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from pwa.domain import N_
from pwa.domain.fund import nodes, rule_parts
from pwa.domain.fund.rule_parts import Part, Path_
from pwa.domain.fund.sentences import Sentence
from pwa.domain.text import dates, money
from pwa.domain.text.thai import clean, digits

NONE = "none"
NO_NUMBER = N_("Write a whole number in digits, for example 180.")
NO_SHARE = N_("Write percent with two decimals at most, for example 50 or 33.33.")
NO_DAY = N_("Write day/month/year of the Buddhist era, for example 1/1/2569.")
TWICE = N_("This name stands here twice.")
FAR = 200 * 366
Problems = dict[Path_, Sentence]


def typed(document: Any, part: Part | None = None, name: str | int = "") -> Any:
    """What somebody would have typed for this document, or for a part of one."""
    part = rule_parts.top() if part is None else part
    kind = rule_parts.kind(part, name)
    if document is None or (document == NONE and rule_parts.may_be_none(part)):
        return document
    if kind == "map" and isinstance(document, dict):
        return [{"name": key, "value": typed(one, rule_parts.below(part, key), key)} for key, one in document.items()]
    if kind in ("group", "condition") and isinstance(document, dict):
        return {key: typed(one, rule_parts.below(part, key), key) for key, one in document.items()}
    if kind == "list" and isinstance(document, list):
        return [typed(one, rule_parts.below(part, at), name) for at, one in enumerate(document)]
    return _text(document, kind)


def _text(value: Any, kind: str) -> Any:
    if kind == "value" and isinstance(value, dict):
        return {key: str(one) for key, one in value.items()}
    if kind == "value" and isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind in ("money", "share") and isinstance(value, int):
        return f"{value // 100:,}" + (f".{value % 100:02d}" if value % 100 else "")
    day = dates.day(value) if kind == "day" else None
    return f"{day.day}/{day.month}/{dates.to_buddhist(day.year)}" if day else str(value)


def read(tree: Any) -> tuple[dict[str, Any], Problems]:
    """(the document, what in it could not be read: {path: sentence}) of what was typed."""
    reader = _Reader(tree)
    return reader.group(tree, rule_parts.top(), ()), reader.problems


def facts_of(tree: Any) -> dict[str, str]:
    """{name of a fact: its kind} as typed, with those that every regulation knows."""
    said = {one["name"]: one["value"] for one in tree.get("facts") or ()}
    return {name: name for name in nodes.BUILT_IN} | {name: one.get("type") or "" for name, one in said.items()}


def day_of(text: str) -> tuple[str, Sentence | None]:
    """A day typed as 1/1/2569: (ISO date, None), or ("", the sentence that says what is wrong)."""
    parts = digits(clean(text)).split("/")
    if len(parts) != 3:
        return "", Sentence(NO_DAY)
    reading = dates.from_buddhist(*parts, today=date(2400, 1, 1), may_be_ahead=True)
    if reading.message or not reading.iso or not dates.day(reading.iso):
        return "", Sentence(reading.message or NO_DAY, reading.values)
    return reading.iso, None


class _Reader:
    def __init__(self, tree: Any) -> None:
        self.facts = facts_of(tree)
        self.problems: Problems = {}

    def any(self, it: Any, part: Part, path: Path_) -> Any:
        kind = rule_parts.kind(part, path[-1] if path else "")
        if it is None or (it == NONE and rule_parts.may_be_none(part)):
            return it
        if kind == "map":
            return self.map(it, part, path)
        if kind == "condition":
            return self.condition(it, part, path)
        if kind == "group":
            return self.group(it, part, path)
        if kind == "list":
            return [self.any(one, rule_parts.below(part, at), (*path, at)) for at, one in enumerate(it)]
        return self.leaf(it, kind, part, path)

    def group(self, it: Any, part: Part, path: Path_) -> dict[str, Any]:
        return {key: self.any(one, rule_parts.below(part, key), (*path, key)) for key, one in it.items() if one != ""}

    def map(self, it: Any, part: Part, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in it:
            here = (*path, one["name"])
            if one["name"] in found:
                self.problems[here] = Sentence(TWICE)
            found[one["name"]] = self.any(one["value"], rule_parts.below(part, one["name"]), here)
        return found

    def condition(self, it: Any, part: Part, path: Path_) -> dict[str, Any]:
        plain = {key: one for key, one in it.items() if key != "value"}
        found = self.group(plain, part, path)
        if "value" in it:
            found["value"] = self.value(it["value"], it.get("fact", ""), it.get("is", ""), (*path, "value"))
        return {key: found[key] for key in it if key in found}

    def value(self, given: Any, fact: str, op: str, path: Path_) -> Any:
        """What a condition compares its fact with, in the fact's own kind."""
        if given is None:
            return None
        if isinstance(given, dict):
            return {key: self.number(one, (*path, key)) if key == "n" else one for key, one in given.items()}
        if op == "one_of":
            return [self.of_kind(fact, clean(one), path) for one in given.split(",") if clean(one)]
        return self.of_kind(fact, clean(given), path)

    def of_kind(self, fact: str, text: str, path: Path_) -> Any:
        kind = self.facts.get(fact, "")
        if kind == "age":
            return self.number(text, path)
        if kind == "money":
            return self.money(text, path)
        if kind == "yes_no":
            return {"yes": True, "no": False}.get(text, text)
        if kind == "number":
            plain = digits(text)
            return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 12 else plain
        return text

    def leaf(self, text: str, kind: str, part: Part, path: Path_) -> Any:
        if kind == "yes_no":
            return {"yes": True, "no": False}.get(text, text)
        if kind in ("text", "choice", "const"):
            return part["const"] if kind == "const" else clean(text)
        readers: dict[str, Callable[[str, Path_], Any]] = {
            "money": self.money,
            "share": self.share,
            "number": self.number,
            "day": self.day,
        }
        return readers[kind](text, path)

    def number(self, text: str, path: Path_) -> int | str:
        plain = digits(clean(text)).replace(",", "")
        if plain.isascii() and plain.isdigit() and len(plain) < 16:
            return int(plain)
        return self.odd(text, path, NO_NUMBER)

    def money(self, text: str, path: Path_) -> int | str:
        if digits(clean(text)).strip("0.") == "" and clean(text):
            return 0
        reading = money.read(text)
        if reading.satang is None:
            return self.odd(text, path, money.SENTENCES[reading.problem or "unreadable"])
        return reading.satang

    def share(self, text: str, path: Path_) -> int | str:
        found = nodes.scaled(digits(clean(text)).rstrip("%").strip(), 2)
        return self.odd(text, path, NO_SHARE) if found is None else found

    def day(self, text: str, path: Path_) -> str:
        iso, wrong = day_of(text)
        return self.odd(text, path, wrong.msgid, **wrong.values) if wrong else iso

    def odd(self, text: str, path: Path_, message: str, **values: Any) -> str:
        self.problems[path] = Sentence(message, values)
        return text
