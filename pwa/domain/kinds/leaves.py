"""The single values of a payload, of which a schema sees the shape only: days that no calendar has, births still to come, and
letters that nobody can see or no database keeps. Almost every payload is good, and is told from its text as a whole."""

import json
import math
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from pwa.domain.kinds.household_rules import DAYS
from pwa.domain.text import characters, dates, thai

A_DAY = re.compile(rf'(?:{"|".join(DAYS)})"\s*:\s*"([^"]*)"')
A_BIRTH = re.compile(r'"birth_date"\s*:\s*"([^"]*)"')
USUAL = bytes({*range(0x20, 0x7F), 0xE0, *range(0x80, 0xC0)} - {*b"\\NI"})
"""The bytes of ASCII and of the letters from U+0800 to U+0FFF, Thai among them: no hidden letter is written with these alone. Without
the backslash, by which JSON writes any letter, and what NaN and Infinity begin with."""

Refused = Callable[[str], object]
"""Finds in a text what may not stand there."""

unkept = characters.UNKEPT.search
"""The letters that no database keeps."""
hidden = thai.hidden
"""The same, and control, invisible and direction characters: a form takes them out of all that is typed."""


def faults(payload: dict[str, Any], on: date | None, refused: Refused, text: str = "") -> list[tuple[str, str]]:
    """[(path with ids, key of forms.SENTENCES)]; `on` is the last day on which somebody can have been born, or None, `refused` finds letters.

    `text` is the JSON that the payload was read from, where there is one: writing it anew takes longer than all that is looked for.
    """
    return [] if _is_plain(text or _written(payload), on, refused) else _found(payload, on, refused)


def _written(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False)


def _is_plain(text: str, on: date | None, refused: Refused) -> bool:
    try:
        raw = text.encode()
    except ValueError:
        return False
    is_usual = not raw.translate(None, USUAL)
    if not is_usual and ("\\" in text or "NaN" in text or "Infinity" in text or refused(text)):
        return False
    if not all(map(_is_day, A_DAY.findall(text))):
        return False
    until = on.isoformat() if on else ""
    return not any(_is_ahead(day, until) for day in A_BIRTH.findall(text))


def _found(value: Any, on: date | None, refused: Refused, field: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [
            (_joined(name, path), key) for name, part in value.items() for path, key in _found(part, on, refused, name)
        ]
    if isinstance(value, list):
        return [(_joined(_named(part), path), key) for part in value for path, key in _found(part, on, refused, field)]
    if isinstance(value, float) and not math.isfinite(value):
        return [("", "kind")]
    if isinstance(value, str) and refused(value):
        return [("", "letters")]
    if not field.endswith(DAYS):
        return []
    if not _is_day(value):
        return [("", "date")]
    is_ahead = field == "birth_date" and _is_ahead(value, on.isoformat() if on else "")
    return [("", "ahead")] if is_ahead else []


def _named(item: object) -> str:
    """What an item of a list is called in a path: its id or blob."""
    return str(item.get("id") or item.get("blob")) if isinstance(item, dict) else ""


def _joined(name: str, path: str) -> str:
    return f"{name}.{path}".strip(".")


def _is_ahead(day: str, until: str) -> bool:
    """Whether a birth lies after the last day on which somebody can have been born ("": whenever)."""
    return bool(until) and day > until[: len(day)]


@lru_cache(4096)
def _is_day(value: Any) -> bool:
    try:
        return bool(dates.parts(value))
    except ValueError:
        return False
