"""A case and its answer as text, exactly as they were when something was decided, and back: a decision is kept with all that it rests on.

Only the classes that an answer is made of are written, each under its own name; what is read back equals what was written.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from pwa.domain.fund.answers import Answer, Condition, Given
from pwa.domain.fund.case import Case, Fact, Period, Step, Used
from pwa.domain.fund.sentences import Partial, Satang, Sentence, Span

RECORDS = {one.__name__: one for one in (Answer, Case, Condition, Fact, Given, Period, Sentence, Span, Step, Used)}
PLAIN = {one.__name__: one for one in (Partial, Satang)}
KIND = "$"


def frozen(value: Any) -> str:
    """The text of a Case, an Answer, or a mapping of them."""
    return json.dumps(_written(value), ensure_ascii=False, sort_keys=True)


def thawed(text: str) -> Any:
    """What `frozen` wrote."""
    return _read(json.loads(text))


def _written(value: Any) -> Any:
    name = type(value).__name__
    if name in RECORDS:
        parts = [one.name for one in fields(value)] if is_dataclass(value) else value._fields
        return {KIND: name, **{part: _written(getattr(value, part)) for part in parts}}
    if name in PLAIN:
        return {KIND: name, "value": PLAIN[name].__base__(value)}
    if isinstance(value, date):
        return {KIND: "date", "value": value.isoformat()}
    if isinstance(value, Mapping):
        return {KIND: "map", "value": [[key, _written(part)] for key, part in value.items()]}
    if isinstance(value, tuple):
        return {KIND: "tuple", "value": [_written(part) for part in value]}
    if isinstance(value, list):
        return [_written(part) for part in value]
    return value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(part) for part in value]
    if not isinstance(value, dict):
        return value
    name = value[KIND]
    if name in RECORDS:
        return RECORDS[name](**{part: _read(told) for part, told in value.items() if part != KIND})
    inner = value["value"]
    if name in PLAIN:
        return PLAIN[name](inner)
    if name == "date":
        return date.fromisoformat(inner)
    if name == "map":
        return {key: _read(part) for key, part in inner}
    return tuple(_read(part) for part in inner)
