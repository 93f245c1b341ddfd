"""Small cells (`small-1`): which cells of a group are hidden, so that nobody finds them again by adding up. Pure, the same each time.

A cell below 5 is hidden, and money that goes to fewer than 3 people or of which one has over 90 %. Each hidden cell keeps at least 5
possible values under the sums that are told: the smallest partner is hidden too until it does; else the whole group is left out.
"""

from collections.abc import Collection, Mapping

SMALL = 5
"""Fewer people than this are hidden toward the network."""
PUBLIC = 10
"""The same in public."""
FEW_PEOPLE = 3
MOST_OF_ONE = 90
"""Percent of a sum of money."""
POSSIBLE = 5
"""So many values at least a hidden cell may have."""


def is_small(n: int, below: int = SMALL) -> bool:
    """Whether a number of people is too small to be told. Nobody at all is told."""
    return 0 < n < below


def is_somebodys(shares: Collection[int]) -> bool:
    """Whether a sum of money tells of a person: `shares` are what each of those had of it, in satang."""
    total = sum(shares)
    return bool(shares) and (len(shares) < FEW_PEOPLE or max(shares) * 100 > total * MOST_OF_ONE)


def hidden(numbers: Mapping[str, int], small: Collection[str]) -> set[str] | None:
    """Which values of one group are hidden, beside `small` as many partners as it needs; None where even that is not enough.

    The whole of the group is told, so that the hidden ones come to a known rest.
    """
    found = {value for value in small if numbers[value]}
    while found and not keeps_enough(sum(numbers[value] for value in found), len(found)):
        others = [(n, value.encode(), value) for value, n in numbers.items() if n > 0 and value not in found]
        if not others:
            return None
        found.add(min(others)[2])
    return found


def keeps_enough(rest: int, many: int) -> bool:
    """Whether each of so many hidden cells, 1 at least and together `rest`, may have 5 values at least."""
    return many > 1 and rest - many + 1 >= POSSIBLE
