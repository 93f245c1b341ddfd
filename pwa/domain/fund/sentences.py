"""Sentences of the rules, still without a language: a msgid with its values. Whoever shows one translates it, its days and its money.

`pwa/spoken.py` says them in Thai or English; `str()` is for logs and tests.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

UNITS = ("day", "month", "year")


class Satang(int):
    """Money in a sentence; shown in baht."""


class Partial(str):
    """A birth as it is known: a day, a month or a year."""


class Span(NamedTuple):
    """So many days, months or years, as a clause says it: 6 months are not 180 days."""

    n: int
    unit: str


class Sentence(NamedTuple):
    """Values are text, numbers, days, `Satang`, `Span`, other sentences, or a list of any of these."""

    msgid: str
    values: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid


Said = Sentence | str
"""A sentence of ours, or words that somebody wrote and nobody translates."""
Value = date | Satang | Span | Sentence | int | str
