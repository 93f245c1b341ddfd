"""Which days of a membership are covered, by which money, and what is owed. Rows in, rows out; as of a day only what counted by then.

Money fills the oldest uncovered day first, whatever its receipt said, so what one member pays never depends on the order
in which receipts arrive. Days are covered once: receipts before exemptions, and both before what an old passbook says (ยกมา).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pwa.domain.fund.runs import DAY, Run, Runs
from pwa.domain.text.dates import complete_on


class Plan(NamedTuple):
    """So much money for a period of n days, months or years; a `calendar` plan's periods end with a month."""

    amount_satang: int
    n: int
    unit: str
    calendar: bool = False

    def last_day(self, first: date) -> date:
        """The last day of the period that begins on `first`. OverflowError or ValueError past the year 9999."""
        start = first.replace(day=1) if self.calendar and self.unit != "day" else first
        return complete_on(start, self.n, self.unit) - DAY


Plans = Sequence[tuple[date, Plan]]
"""The plan of a member from each of these days on, in their order; days before the first follow the first."""


class Line(NamedTuple):
    """The contribution of one receipt for one person. `counts_on`: paid_on where it is proved, else the day it was recorded.

    `covers_from` is what the receipt said. It matters only where the days that it said are ยกมา until now. `paid_on` is what a
    receipt that was typed in later says; it counts as of any day after `handed_on`, when its cash went on.
    """

    counts_on: date
    amount_satang: int
    source: str
    covers_from: date | None = None
    paid_on: date | None = None
    handed_on: date | None = None

    def as_of(self, on: date) -> "Line":
        """The line as it is known on a day."""
        if self.paid_on is None or self.handed_on is None or self.handed_on >= on:
            return self
        return self._replace(counts_on=self.paid_on)


class Grant(NamedTuple):
    """Days that are covered without the member's money: exempt, forgiven, paid by the fund, or taken over from another fund."""

    first: date
    last: date
    kind: str
    source: str
    counts_on: date | None = None


class Brought(NamedTuple):
    """ยกมา: what an old book says is paid. It has no beginning."""

    through: date
    source: str


class Stretch(NamedTuple):
    """Days that one source covers. `paid_on` is the day on which the last satang of the period counted, None without money."""

    first: date
    last: date
    paid_on: date | None
    kind: str
    source: str


@dataclass(frozen=True)
class Coverage:
    """`rest_satang` is money that fills no whole period yet (เศษ)."""

    due_from: date
    stretches: tuple[Stretch, ...] = ()
    rest_satang: int = 0
    runs: tuple[Run, ...] = field(default=())

    @property
    def paid_through(self) -> date:
        """The end of the unbroken run from the first due day; the day before it when nothing is paid."""
        return Runs(self.runs).end_of(self.due_from) or self.due_from - DAY


def plan_on(plans: Plans, day: date) -> Plan:
    """The plan in force on a day."""
    for start, plan in reversed(plans):
        if start <= day:
            return plan
    return plans[0][1]


def cover(
    *,
    due_from: date,
    plans: Plans,
    on: date,
    lines: Sequence[Line] = (),
    grants: Sequence[Grant] = (),
    brought: Brought | None = None,
    cut_over: date | None = None,
) -> Coverage:
    """What is covered as of a day. ยกมา reaches at most to the day before the fund's `cut_over` day; without a plan no money buys days.

    ValueError for a plan of no money or no time.
    """
    if any(plan.amount_satang <= 0 or plan.n <= 0 for _, plan in plans):
        raise ValueError("a plan asks for money, and for a time")
    fund = _Fill(due_from, plans, _within(brought, due_from, cut_over))
    granted = sorted(
        (grant for grant in grants if grant.counts_on is None or grant.counts_on <= on), key=lambda grant: grant[:4]
    )
    for grant in granted:
        fund.taken.add(max(grant.first, due_from), grant.last)
    known = [line.as_of(on) for line in lines]
    for line in sorted(known, key=lambda line: (line.counts_on, line.source, line.amount_satang)):
        if line.counts_on <= on:
            fund.pay(line)
    stretches, held = list(fund.stretches), Runs(fund.money)
    for grant in granted:
        stretches += _left(held, max(grant.first, due_from), grant.last, grant.kind, grant.source)
    if fund.brought:
        stretches += _left(held, due_from, fund.brought.through, "brought", fund.brought.source)
    return Coverage(due_from, tuple(sorted(stretches)), fund.rest, tuple(held))


def arrears_days(paid_through: date, on: date) -> int:
    """Days since what is paid ended, never negative."""
    return max((on - paid_through).days, 0)


def arrears_satang(covered: Coverage, plans: Plans, on: date) -> int:
    """The whole plan periods that began after `paid_through` and on or before a day; days covered further on are not owed."""
    owed, held, day = 0, Runs(covered.runs), covered.paid_through + DAY
    while (day := held.next_free(day)) <= on:
        plan, periods = plan_on(plans, day), 1
        if plan.unit == "day":
            taken = held.next_taken(day) or date.max
            until = min([on + DAY, taken, *(start for start, _ in plans if start > day)])
            periods = -((day - until).days // plan.n)
        owed += plan.amount_satang * periods
        day = plan._replace(n=plan.n * periods).last_day(day) + DAY
    return owed


class _Fill:
    """One membership while money is put to its days."""

    def __init__(self, due_from: date, plans: Plans, brought: Brought | None) -> None:
        self.due_from, self.plans, self.brought = due_from, plans, brought
        self.taken, self.money = Runs(), Runs()
        self.stretches: list[Stretch] = []
        self.rest, self.cheapest = 0, min((plan.amount_satang for _, plan in plans), default=None)
        if brought:
            self.taken.add(due_from, brought.through)

    def pay(self, line: Line) -> None:
        """Buy whole periods with the line and what was left of those before, until there is too little."""
        self.rest += line.amount_satang
        try:
            while self.cheapest is not None and self.rest >= self.cheapest and self._buy(line):
                pass
        except (OverflowError, ValueError):
            return  # nobody is covered after the year 9999: the rest stays เศษ

    def _buy(self, line: Line) -> bool:
        first = self._start(line)
        plan = plan_on(self.plans, first)
        while (clash := self.money.next_taken(first)) is not None and clash <= plan.last_day(first):
            first = self.taken.next_free(self.money.next_free(clash))
            plan = plan_on(self.plans, first)
        if self.rest < plan.amount_satang:
            return False
        periods = self._at_once(first, plan)
        last = plan._replace(n=plan.n * periods).last_day(first)
        self.rest -= plan.amount_satang * periods
        self.stretches.append(Stretch(first, last, line.counts_on, "receipt", line.source))
        self.money.add(first, last)
        self.taken.add(first, last)
        return True

    def _at_once(self, first: date, plan: Plan) -> int:
        """How many periods of days can be bought in one step: all that the money is enough for, up to the next day that is
        covered already or has another plan. Of months and years one by one, because a 31st moves on to the 1st."""
        if plan.unit != "day":
            return 1
        stops = [start for start, _ in self.plans if start > first]
        taken = self.taken.next_taken(first)
        until = min([date.max, *stops, *([taken] if taken else [])])
        return max(min(self.rest // plan.amount_satang, (until - first).days // plan.n), 1)

    def _start(self, line: Line) -> date:
        """The oldest uncovered day; the days that a receipt says and ยกมา counted too are the receipt's."""
        said = line.covers_from
        if said and self.brought and self.due_from <= said <= self.brought.through:
            first = self.money.next_free(said)
            if first <= self.brought.through:
                return first
        return self.taken.next_free(self.due_from)


def _within(brought: Brought | None, due_from: date, cut_over: date | None) -> Brought | None:
    if brought and cut_over:
        brought = brought._replace(through=min(brought.through, cut_over - DAY))
    return brought if brought and brought.through >= due_from else None


def _left(held: Runs, first: date, last: date, kind: str, source: str) -> list[Stretch]:
    """The days that nothing stronger covers, which are then taken."""
    found = [Stretch(*run, None, kind, source) for run in held.missing(first, last)]
    held.add(first, last)
    return found
