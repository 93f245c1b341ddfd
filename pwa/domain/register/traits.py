"""How one person is compared with another: the names, birth and house of each as they sound and count, made once.

What somebody typed into the wrong field is put where it belongs: a whole name in one field, a title before the name.
static/js/kit/traits.js does the same on the phone.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pwa.domain.text import dates, thai

SHORTEST, LONG, LONGEST = 5, 6, 8
SEX_OF_TITLE = {
    **dict.fromkeys(("นาย", "เด็กชาย", "พระ", "พระมหา", "สามเณร", "Mr."), "male"),
    **dict.fromkeys(("นาง", "นางสาว", "เด็กหญิง", "แม่ชี", "Mrs.", "Miss", "Ms."), "female"),
}
_ORDAINED = re.compile("พระ|หลวง|สามเณร|แม่ชี")
_NUMBER = re.compile("[^0-9a-zก-ฮ/-]")
_NUMBERED = re.compile("^(?:บ้าน)?เลขที่|^บ้าน(?=[0-9])")


class Name(NamedTuple):
    """As written, as it is found, as it sounds; and which letters are in the last two, a bit each."""

    shown: str
    key: str
    sound: str
    in_key: int = 0
    in_sound: int = 0


class Traits(NamedTuple):
    first: Name
    last: Name
    nickname: Name
    old_lasts: list[Name]
    sex: str | None
    ordained: bool
    birth: tuple[int | None, int | None, int | None]
    unsure: bool
    house: str
    id_index: object
    card: str


def of(person: Mapping[str, Any]) -> Traits:
    """The traits of a person as `duplicates.candidates` takes them."""
    return at_home(lived(person), person)


def at_home(one: Traits, person: Mapping[str, Any]) -> Traits:
    """The same with the house, which is asked only of those who may be somebody."""
    return one._replace(house=house(person.get("place"), person.get("house")))


def lived(person: Mapping[str, Any]) -> Traits:
    """The traits of a person but for the house."""
    told = person.get
    one = _lived(
        told("title") or "",
        told("first_name") or "",
        told("last_name") or "",
        told("nickname") or "",
        told("sex") or "",
        told("birth_date") or "",
        tuple(told("old_last_names") or ()),
    )
    return one._replace(id_index=person.get("id_index"), card=person.get("card") or "")


@lru_cache(maxsize=8192)
def _lived(title: str, first: str, last: str, nickname: str, sex: str, written: str, olds: tuple[str, ...]) -> Traits:
    """What of a person is the same wherever they live: a register's people are compared again and again. Whoever is compared for
    the first time shares names and dates with others, so the pieces are kept, too: they are most of a sheet of a large village."""
    title, first, last = _parts(title, first, last)
    birth, unsure = _born(written)
    return Traits(
        first=name(first if first not in SEX_OF_TITLE else ""),
        last=name(last),
        nickname=name(_bare(nickname)),
        old_lasts=[name(old) for old in olds],
        sex=sex if sex in ("male", "female") else SEX_OF_TITLE.get(title),
        ordained=bool(_ORDAINED.match(title)),
        birth=birth,
        unsure=unsure,
        house="",
        id_index=None,
        card="",
    )


@lru_cache(maxsize=4096)
def _born(written: str) -> tuple[tuple[int | None, int | None, int | None], bool]:
    """A birth as it is compared, and whether its year may be one later."""
    year, month, day = (*map(int, (written or "0").split("-")), None, None)[:3]
    birth = (year, None, None) if (month, day) == (1, 1) else (year, month, day)
    return birth, bool(written) and dates.later_year(written) is not None


@lru_cache(maxsize=4096)
def _titled(text: str) -> tuple[str, str]:
    return thai.strip_title(text)


@lru_cache(maxsize=4096)
def _bare(nickname: str) -> str:
    return thai.strip_title(nickname)[1]


@lru_cache(maxsize=4096)
def _clean(last: str) -> str:
    return thai.clean(last)


def house(place: object, number: object) -> str:
    """One house whichever record tells of it: its place and its number without blanks, words and Thai digits; "" without."""
    return _house(str(place or ""), str(number or ""))


def number_key(number: str) -> str:
    """A house number as it is compared and found: "เลขที่ ๔๕ / ๒" is 45/2. str → str."""
    plain = thai.digits(thai.clean(number)).lower().replace(" ", "")
    return _NUMBER.sub("", _NUMBERED.sub("", plain))


@lru_cache(maxsize=8192)
def name(text: str) -> Name:
    """A name of which nothing is stripped: พระทอง is a last name. Three people called ไม่ทราบ have no name in common."""
    key = "" if thai.is_no_name(text) else thai.letters(text)
    sound = thai.sound(key)
    return Name(text, key, sound, _bits(key), _bits(sound))


def alike(kind: str, mine: Name, theirs: Name) -> dict[str, dict[str, str]]:
    """{name of a reason: values} of two names: same, of one sound, or one letter apart (two in long ones)."""
    if not mine.key or not theirs.key:
        return {}
    values = {"value": mine.shown, "other": theirs.shown}
    if mine.key == theirs.key:
        return {kind: values}
    if mine.sound == theirs.sound:
        return {f"{kind}_sound": values}
    if (mine.in_key ^ theirs.in_key).bit_count() > 2 and (mine.in_sound ^ theirs.in_sound).bit_count() > 4:
        return {}  # a changed letter is one that is not there any more, and one that was not there before
    for one, other in ((mine.key, theirs.key), (mine.sound, theirs.sound)):
        if one_apart(one, other):
            return {f"{kind}_near" if max(len(one), len(other)) >= LONG else f"{kind}_close": values}
    return {f"{kind}_far": values} if two_apart(mine.sound, theirs.sound) else {}


def one_apart(one: str, other: str) -> bool:
    """One letter more, less, changed or swapped; in words of less than five letters only a vowel or tone mark."""
    one, other = (one, other) if len(one) <= len(other) else (other, one)
    if len(other) - len(one) > 1 or (len(one) > 2 and one[0] != other[0] and one[-1] != other[-1]):
        return False  # one change leaves the first or the last letter as it is
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, longer = one[start:], other[start:]
    if longer and (rest[1:] == longer[1:] or rest == longer[1:]):
        changed = longer[0] + rest[: 1 if len(one) == len(other) else 0]
    elif rest[:2] == longer[1::-1] and rest[2:] == longer[2:]:
        changed = rest[:2]
    else:
        return False
    return len(one) >= SHORTEST or all(unicodedata.category(sign) == "Mn" for sign in changed)


def two_apart(one: str, other: str) -> bool:
    """Two letters more, less or changed in words that begin alike and have eight letters or more."""
    one, other = (one, other) if len(one) <= len(other) else (other, one)
    if len(one) < LONGEST - 1 or len(other) < LONGEST or len(other) - len(one) > 2 or one[:1] != other[:1]:
        return False
    front = _common(one, other)
    one, other = one[front:], other[front:]
    back = _common(one[::-1], other[::-1])
    one, other = one[: len(one) - back], other[: len(other) - back]
    return len(other) <= 2 or _one_step(one, other)


def _one_step(one: str, other: str) -> bool:
    """After a change at the front of what differs, only one more is left. `one` is the shorter."""
    cuts = [(one[1:], other[1:]), (one, other[1:])] + ([(one[1:], other)] if len(one) == len(other) else [])
    return any(_is_one(*sorted(cut, key=len)) for cut in cuts)


def _is_one(one: str, other: str) -> bool:
    front = _common(one, other)
    one, other = one[front:], other[front:]
    return one == other or one[1:] == other[1:] or one == other[1:]


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _bits(text: str) -> int:
    return sum(1 << place for place in {ord(sign) % 128 for sign in text})


def _parts(title: str, first: str, last: str) -> tuple[str, str, str]:
    """(title, first, last): what stands in one field is parted."""
    title, first = _titled(f"{title} {first}")
    last = _clean(last)
    if last and not first and " " in last:
        found, last = thai.strip_title(last)
        title, (first, _, last) = title or found, last.partition(" ")
    elif first and not last:
        first, _, last = first.partition(" ")
    elif last and first.endswith(f" {last}"):
        first = first.removesuffix(f" {last}")
    return title, first, last


@lru_cache(maxsize=4096)
def _house(place: str, number: str) -> str:
    key = number_key(number)
    return f"{place}|{key}" if key else ""
