"""Member numbers in a fund's own pattern, such as {fund}-{n:04d} or {year}/{n}; never one that somebody holds, or was given by a slip."""

from db.models import Membership
from pwa.domain import N_, Refusal
from pwa.domain.text.dates import to_buddhist


class Series:
    """The next free numbers of a fund. `year` is the Buddhist year of the resolution, `unit` the code of the fund's unit."""

    def __init__(self, fund, on):
        self._pattern = fund.number_pattern
        self._facts = {"fund": fund.code, "unit": fund.unit.code, "year": to_buddhist(on.year)}
        self._taken = {
            number for (number,) in Membership.select(Membership.number).where(Membership.fund == fund).tuples()
        }
        self._n = sum(1 for n in range(1, len(self._taken) + 1) if self._write(n) in self._taken)

    def next(self):
        """The lowest number after those given in order that is free."""
        if self._write(1) == self._write(2):
            raise Refusal(N_("The fund's number pattern has no running number. Ask the administrator to mend it."))
        self._n += 1
        while self._write(self._n) in self._taken:
            self._n += 1
        number = self._write(self._n)
        self._taken.add(number)
        return number

    def _write(self, n):
        try:
            return self._pattern.format(n=n, **self._facts)
        except (KeyError, IndexError, ValueError, AttributeError) as problem:
            raise Refusal(
                N_("The fund's number pattern cannot be read. Ask the administrator to mend it.")
            ) from problem
