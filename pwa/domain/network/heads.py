"""How many people stand behind the memberships of several funds: bounds that always hold, and a range where doubles were found. Pure.

Whole numbers only. That an ID number is missing or mistyped is taken to be independent of whether somebody is a member twice.
"""

from collections.abc import Iterable
from math import isqrt
from typing import NamedTuple

FEW = 10
"""Fewer doubles than this are not told, and no range is made of them."""
USABLE = 70
"""Percent of the memberships that must have a usable ID number, else only the bounds are told."""
TENS = 10
APART = 2
"""Years of birth that differ by more are not of one person."""


class Seen(NamedTuple):
    """A membership: its person, the blind index of a valid ID number or "", "f", "m" or "unknown", and the year of birth or None."""

    person: str
    key: str
    sex: str
    born: int | None


class Found(NamedTuple):
    """What was counted over the memberships of one database."""

    memberships: int
    usable: int
    doubles: int


class Heads(NamedTuple):
    """`least` and `most` always hold. `low` to `high` is where it most likely lies, None where nothing narrows it; `is_few`: fewer
    than ten doubles were found; `is_blind`: too few ID numbers are usable."""

    least: int
    most: int
    low: int | None = None
    high: int | None = None
    is_few: bool = False
    is_blind: bool = False


def bounds(largest: int, total: int, declared: int = 0) -> tuple[int, int]:
    """(least, most) heads of funds by the largest and all of their memberships, of whom so many said that they are in another one, too."""
    return largest, max(largest, total - (declared + 1) // 2)


def heads(largest: int, total: int, found: Found | None, declared: int = 0) -> Heads:
    """The Heads of funds by their bounds, and by what was `found` where all of them lie in one database."""
    least, most = bounds(largest, total, declared)
    if found is None or not found.memberships:
        return Heads(least, most)
    if found.usable * 100 < USABLE * found.memberships:
        return Heads(least, most, is_blind=True)
    if found.doubles < FEW:
        return Heads(least, most, is_few=True)
    high = found.memberships - found.doubles
    low = high - margin(*found)
    down, up = low // TENS * TENS, -(-high // TENS) * TENS
    return Heads(least, most, min(max(least, down), most), max(least, min(up, most)))


def margin(memberships: int, usable: int, doubles: int) -> int:
    """By how many fewer heads there may be than memberships less doubles, as doubles without a usable ID were not found:
    ⌈d·(1/q² − 1) + 2·√(d·(1 − q²))/q²⌉ with q = usable ÷ memberships, never too small by rounding.
    """
    rest = doubles * (memberships**2 - usable**2)
    square = 4 * memberships**2 * rest
    root = isqrt(square)
    return -(-(rest + root + (root * root < square)) // usable**2)


def doubts(memberships: int, usable: int, doubles: int) -> tuple[int, int]:
    """The margin in two: doubles that were not found because a number is not usable, as many as are to be expected; and chance."""
    unseen = -(-doubles * (memberships**2 - usable**2) // usable**2)
    return unseen, margin(memberships, usable, doubles) - unseen


def doubles(seen: Iterable[Seen]) -> int:
    """By how many more memberships there are than people, as far as one person id or one ID number shows it."""
    people: dict[str, Seen] = {}
    memberships = 0
    for one in seen:
        memberships += 1
        people.setdefault(one.person, one)
    by_key: dict[str, list[list[Seen]]] = {}
    alone = 0
    for _, one in sorted(people.items()):
        if not one.key:
            alone += 1
            continue
        groups = by_key.setdefault(one.key, [])
        known = next((group for group in groups if not any(_contradict(one, other) for other in group)), None)
        if known is None:
            groups.append([one])
        else:
            known.append(one)
    return memberships - alone - sum(len(groups) for groups in by_key.values())


def _contradict(one: Seen, other: Seen) -> bool:
    sexes = {one.sex, other.sex} - {"unknown"}
    years = one.born, other.born
    return len(sexes) > 1 or (years[0] is not None and years[1] is not None and abs(years[0] - years[1]) > APART)
