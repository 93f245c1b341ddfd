"""Member numbers in a fund's own pattern, such as {fund}-{n:04d} or {year}/{n}; never one that somebody holds, or was given by a slip."""

import re

from db.models import Membership
from pwa.domain import N_, Refusal
from pwa.domain.text.dates import to_buddhist

PATTERN = re.compile(r"(?:[^{}]|\{(?:n(?::0[1-9]d)?|fund|unit|year)\}){1,40}")
"""A running number, of so many digits where it says so, beside words and the three facts: nothing else of what Python could format."""
UNREAD = N_("The fund's number pattern cannot be read. Ask the administrator to mend it.")
UNCOUNTED = N_("The fund's number pattern has no running number. Ask the administrator to mend it.")


class Series:
    """The next free numbers of a fund. `year` is the Buddhist year of the resolution, `unit` the code of the fund's unit."""

    def __init__(self, fund, on):
        self._pattern = fund.number_pattern
        self._facts = facts(fund.code, fund.unit.code, on)
        self._taken = {
            number for (number,) in Membership.select(Membership.number).where(Membership.fund == fund).tuples()
        }
        self._n = sum(1 for n in range(1, len(self._taken) + 1) if self._write(n) in self._taken)

    def next(self):
        """The lowest number after those given in order that is free."""
        if self._write(1) == self._write(2):
            raise Refusal(UNCOUNTED)
        self._n += 1
        while self._write(self._n) in self._taken:
            self._n += 1
        number = self._write(self._n)
        self._taken.add(number)
        return number

    def _write(self, n):
        return written(self._pattern, n, self._facts)


def facts(fund, unit, on):
    """What a pattern may name beside the running number: codes of fund and unit, and the Buddhist year of the resolution."""
    return {"fund": fund, "unit": unit, "year": to_buddhist(on.year)}


def written(pattern, n, known):
    """The n-th number of a pattern. Raises Refusal for a pattern that says nothing."""
    try:
        return pattern.format(n=n, **known)
    except (KeyError, IndexError, ValueError, AttributeError) as problem:
        raise Refusal(UNREAD) from problem


def sample(pattern, *, fund, unit, on):
    """The first two numbers that a pattern gives. Raises Refusal for what is no pattern, or has no running number."""
    if not PATTERN.fullmatch(pattern):
        raise Refusal(UNREAD)
    first, second = (written(pattern, n, facts(fund, unit, on)) for n in (1, 2))
    if first == second:
        raise Refusal(UNCOUNTED)
    return first, second
