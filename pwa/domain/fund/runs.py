"""Sets of days as runs without a gap between their first and last day. Two runs never touch: they would be one."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter

DAY = timedelta(days=1)
Run = tuple[date, date]
NONE: Run = (date.max, date.min)
"""A run before which every day lies, and that holds none."""
_first = itemgetter(0)


class Runs:
    """A growing set of days."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._runs: list[Run] = []
        for first, last in runs:
            self.add(first, last)

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    def add(self, first: date, last: date) -> None:
        """Take these days in; nothing when the last comes before the first."""
        if last < first:
            return
        start, end = self._runs[-1] if self._runs else NONE
        if start <= first:  # at or after the last run, where days are mostly taken
            if first <= _after(end):
                self._runs[-1] = (start, max(end, last))
            else:
                self._runs.append((first, last))
            return
        near = [run for run in self._runs if run[0] <= _after(last) and first <= _after(run[1])]
        for run in near:
            self._runs.remove(run)
        insort(self._runs, (min([first, *(run[0] for run in near)]), max([last, *(run[1] for run in near)])))

    def end_of(self, day: date) -> date | None:
        """The last day of the run that this day lies in; None when it is not in the set."""
        if not self._runs or day > self._runs[-1][1]:
            return None
        at = bisect_right(self._runs, day, key=_first) - 1
        return self._runs[at][1] if at >= 0 and day <= self._runs[at][1] else None

    def next_free(self, day: date) -> date:
        """The first day from this one on that is not in the set. OverflowError after the year 9999."""
        end = self.end_of(day)
        return day if end is None else end + DAY

    def next_taken(self, day: date) -> date | None:
        """The first day from this one on that is in the set."""
        if not self._runs or day > self._runs[-1][1]:
            return None
        at = bisect_right(self._runs, day, key=_first)
        if at and day <= self._runs[at - 1][1]:
            return day
        return self._runs[at][0] if at < len(self._runs) else None

    def missing(self, first: date, last: date) -> list[Run]:
        """The parts of first … last that are not in the set."""
        found = []
        for start, end in self._runs:
            if end >= first and start <= last:
                if first < start:
                    found.append((first, start - DAY))
                if end >= last:
                    return found
                first = end + DAY
        return [*found, (first, last)] if first <= last else found


def _after(day: date) -> date:
    return day + DAY if day < date.max else day
