"""The rules that a form says in its schema (`x-rules`), of what JSON Schema cannot: which answers ask for others, and what must agree.

    {"when": {"told_by": ["other"]}, "needs": ["told_by_name"]}      where A holds, B is said; without `when`, B is said
    {"at_most_one": ["people.*.relation"], "is": ["head"]}          of these places only one says so, or anything
    {"sums": "shares.*.share", "to": 100}                           the numbers that are said add up; `to` may be another field
    {"refers": "told_by", "to": "people"}                           the id of one in that list
    {"is_name": ["told_by_name"]}                                   a name, in letters that a name has

Paths are those of the payload, list items as `*`; with `each` they begin at each item of that list ("people.*"). `say` is the key of
another sentence. The phone judges alike (static/js/form/form-rules.js); tests/golden/rules.json holds both to one answer.
"""

from collections.abc import Callable, Iterator
from typing import Any

from pwa.domain.text import thai

Rule = dict[str, Any]
Found = Iterator[tuple[str, str]]


def broken(rules: list[Rule], payload: Any) -> list[tuple[str, str]]:
    """[(path with ids, key of forms.SENTENCES)] in the order of the rules; takes any payload, however odd its parts are."""
    found = []
    for rule in rules:
        scopes = places(payload, rule["each"]) if "each" in rule else [("", payload)]
        for around, scope in scopes:
            for path, key in JUDGES[name_of(rule)](rule, scope, payload):
                found.append((f"{around}.{path}".strip("."), rule.get("say", key)))
    return found


def name_of(rule: Rule) -> str:
    """Which of the five it is."""
    return next(name for name in JUDGES if name in rule)


def _needs(rule: Rule, scope: Any, payload: Any) -> Found:
    if all(_holds(scope, path, wanted) for path, wanted in rule.get("when", {}).items()):
        yield from ((path, "required") for path, value in _all(scope, rule["needs"]) if not _is_said(value))


def _at_most_one(rule: Rule, scope: Any, payload: Any) -> Found:
    said = [path for path, value in _all(scope, rule["at_most_one"]) if _is_among(value, rule.get("is"))]
    yield from ((path, "only_one") for path in said[1:])


def _sums(rule: Rule, scope: Any, payload: Any) -> Found:
    parts = [(path, _whole(value)) for path, value in places(scope, rule["sums"]) if _whole(value) is not None]
    to = rule["to"]
    total = next((_whole(value) for _, value in places(scope, to)), None) if isinstance(to, str) else to
    if parts and total is not None and sum(number or 0 for _, number in parts) != total:
        yield parts[-1][0], "sums"


def _refers(rule: Rule, scope: Any, payload: Any) -> Found:
    there = [item.get("id") for _, item in places(payload, f"{rule['to']}.*") if isinstance(item, dict)]
    for path, value in places(scope, rule["refers"]):
        if isinstance(value, str) and value and value not in there:
            yield path, "refers"


def _is_name(rule: Rule, scope: Any, payload: Any) -> Found:
    for path, value in _all(scope, rule["is_name"]):
        if isinstance(value, str) and thai.is_no_name(value):
            yield path, "no_name"
        elif isinstance(value, str) and thai.too_strange(value):
            yield path, "strange"


JUDGES: dict[str, Callable[[Rule, Any, Any], Found]] = {
    "needs": _needs,
    "at_most_one": _at_most_one,
    "sums": _sums,
    "refers": _refers,
    "is_name": _is_name,
}

KEYS = {
    "needs": ["required"],
    "at_most_one": ["only_one"],
    "sums": ["sums"],
    "refers": ["refers"],
    "is_name": ["no_name", "strange"],
}
"""What each says where the rule has no `say` of its own."""


def _all(scope: Any, paths: list[str]) -> Iterator[tuple[str, Any]]:
    for path in paths:
        yield from places(scope, path)


def places(value: Any, path: str, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each (path with ids, value) that a path with `*` stands for; None where nothing is said."""
    step, _, rest = path.partition(".")
    if not step:
        yield before, value
    elif step == "*":
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from places(item, rest, f"{before}.{_named(item) or number}".strip("."))
    else:
        inner = value.get(step) if isinstance(value, dict) else None
        yield from places(inner, rest, f"{before}.{step}".strip("."))


def _named(item: Any) -> str:
    """What an item of a list is called in a path: its id or blob; one that has neither goes by its number."""
    name = (item.get("id") or item.get("blob")) if isinstance(item, dict) else ""
    return name if isinstance(name, str) else ""


def _holds(scope: Any, path: str, wanted: Any) -> bool:
    said = [one for _, value in places(scope, path) for one in (value if isinstance(value, list) else [value])]
    return any(_is_among(one, None if wanted == "said" else wanted) for one in said)


def _is_among(value: Any, wanted: list[str | bool] | None) -> bool:
    """Whether a text or a yes or no is one of these; of None whether anything is said."""
    return _is_said(value) if wanted is None else isinstance(value, str | bool) and value in wanted


def _is_said(value: Any) -> bool:
    """A no is an answer too."""
    return isinstance(value, bool) or value not in (None, "", [], {})


def _whole(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
