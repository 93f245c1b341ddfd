"""The schema of a regulation as a form sees it: what kind of answer each place takes, followed from the document's top.

A form is made from this and from nothing else, so that what the schema learns the form can ask.
"""

from collections.abc import Mapping
from typing import Any

from pwa.domain.fund import documents

Part = Mapping[str, Any]
Path_ = tuple[str | int, ...]
LIKE_A_DAY = "^[0-9]{4}-"
SHARES = ("share", "administration_ceiling")
"""Hundredths of a percent; people type percent with two decimals."""


def top() -> Part:
    """The whole document."""
    return documents.schema()


def followed(part: Part) -> Part:
    """The part itself where it only says where it stands."""
    if "$ref" not in part:
        return part
    referred: Part = documents.schema()["$defs"][part["$ref"].rpartition("/")[2]]
    return {**referred, **{key: value for key, value in part.items() if key != "$ref"}}


def below(part: Part, step: str | int) -> Part:
    """What stands at a step below a part: a field of a group, an entry of a map, an item of a list."""
    if isinstance(step, int):
        return followed(part.get("items", {}))
    known = part.get("properties", {})
    return followed(known[step] if step in known else part.get("additionalProperties") or {})


def at(path: Path_) -> Part:
    """What stands at a path from the document's top."""
    part = top()
    for step in path:
        part = below(part, step)
    return part


def kind(part: Part, name: str | int = "") -> str:
    """const, choice, yes_no, money, share, number, day, text, group, map, list, condition or value (that a condition compares with)."""
    types = part.get("type", "")
    if "const" in part:
        return "const"
    if "enum" in part:
        return "choice"
    if "oneOf" in part:
        return "condition"
    if isinstance(types, list) and len(types) > 3:
        return "value"
    if "object" in types:
        return "group" if "properties" in part else "map"
    if "array" in types:
        return "list"
    if "integer" in types:
        return "money" if str(name).endswith("satang") else "share" if name in SHARES else "number"
    if "boolean" in types:
        return "yes_no"
    return "day" if part.get("pattern", "").startswith(LIKE_A_DAY) else "text"


def may_be_none(part: Part) -> bool:
    """Whether the regulation may say that there is no such rule."""
    return part.get("pattern") == "^none$"


def may_be_unpublished(part: Part) -> bool:
    """Whether a number may be needed and not be known."""
    return "null" in part.get("type", "") and kind(part) != "day"
