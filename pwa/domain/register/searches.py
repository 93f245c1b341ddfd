"""What people type to find a house: words in any order, each a part of a name, a house number, a landmark or a place.

Where nothing fits, a word may sound alike; where nothing does, one letter of it may be wrong. static/js/kit/search.js finds
the same on the phone; tests/golden/searches.json holds both to one answer.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pwa.domain.register import traits
from pwa.domain.text import thai

LEAST = 3
WAYS = ("written", "heard", "mistyped")
NO_WORDS = {"เลขที่", "บ้านเลขที่", "บ้าน"}


class Word(NamedTuple):
    """A word as it is looked for: in names, in house numbers ("" without a digit), by its sound ("" where that says nothing)."""

    shown: str
    key: str
    number: str
    sound: str


def words(text: str) -> list[Word]:
    """The words of what was typed; titles and "เลขที่" are none, unless nothing else was typed."""
    parts = thai.strip_title(text)[1].split(" ")
    named = [_named(part) for part in parts if part not in NO_WORDS and not _is_title(part)] or parts
    return [one for one in map(_word, named) if one.key]


def house(number: str, description: str, lane: str = "") -> str:
    """The text by which a house is found."""
    keys = [traits.number_key(number), thai.letters(description), thai.letters(lane)]
    return " ".join(key for key in keys if key)


def sounds(person: Mapping[str, str]) -> str:
    """The text by which a person is heard: first name, last name, nickname."""
    heard = [traits.name(name).sound for name in _names(person)]
    return " ".join(one for one in heard if one)


def parts(person: Mapping[str, str]) -> set[tuple[str, str]]:
    """(spelling, sound) of each name of a person: what they are found by, letter by letter, is in one of these or runs from the
    first name into the last."""
    first, last, nickname = map(thai.letters, _names(person))
    whole = thai.search_key(f"{person['first_name']} {person['last_name']}")
    texts = {first, last, nickname, thai.search_key(person["nickname"])} | ({whole} if whole != first + last else set())
    return {(text, traits.name(text).sound) for text in texts - {""}}


def fits(word: Word, text: str) -> bool:
    """Whether a word is this spelling of a name but for one wrong letter, however much of the name it is meant for."""
    key = traits.name(text).key
    return bool(key) and (traits.one_apart(word.key, key) or traits.one_apart(word.key, key[: len(word.key)]))


def _names(person: Mapping[str, str]) -> list[str]:
    """The names of a person without title."""
    return [thai.strip_title(person["first_name"])[1], person["last_name"], thai.strip_title(person["nickname"])[1]]


def _named(part: str) -> str:
    return part if _is_number(part) else thai.strip_title(part)[1]


def _is_title(part: str) -> bool:
    """Whether a name after it would leave nothing of it."""
    return thai.strip_title(f"{part} ก")[1] == "ก"


def _word(text: str) -> Word:
    key = thai.letters(text)
    number = traits.number_key(text) if _is_number(text) else ""
    return Word(text, key, number, thai.sound(key) if len(key) >= LEAST and not number else "")


def _is_number(text: str) -> bool:
    return any(sign.isdigit() for sign in text)
