"""What standing asks of a fund's regulation on a day: waiting, lapse, plans. A fund without one is asked for what it wrote down of itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from db.models import Fund
from pwa.domain.fund import versions
from pwa.domain.fund.coverage import Plan, Plans
from pwa.domain.fund.standing import Rules
from pwa.domain.fund.terms import Rule, Version
from pwa.domain.register.members import Waiting

Choices = Sequence[tuple[date, str]]
"""Which plan a member chose, by code, from each of these days on, in their order; "" is that of who chose none."""


class Offered(NamedTuple):
    """The plans of a version, by code, from its day on; the first is for who chose none."""

    start: date
    plans: dict[str, Plan]


@dataclass(frozen=True)
class Ruling:
    """`version` None: the fund has no regulation in force that day. `clause`: where the waiting time stands."""

    version: Version | None
    rules: Rules
    clause: str = ""
    offered: tuple[Offered, ...] = ()
    cut_over: date | None = None

    @cached_property
    def plans(self) -> Plans:
        """The plans of who chose none."""
        return self.plans_of(())

    def plans_of(self, choices: Choices) -> Plans:
        """The plans of a member with these choices: from each choice and each version on, the chosen one where the version has it."""
        starts = {one.start for one in self.offered} | {day for day, _ in choices if self.offered}
        return tuple((start, self._chosen(start, choices)) for start in sorted(starts))

    def _chosen(self, day: date, choices: Choices) -> Plan:
        offered = next((one for one in reversed(self.offered) if one.start <= day), self.offered[0]).plans
        code = next((code for start, code in reversed(choices) if start <= day), "")
        return offered.get(code) or next(iter(offered.values()))


def of(fund: Fund, on: date) -> Ruling:
    """The ruling of a fund on a day."""
    return _of(fund, versions.effective(fund), on)


def by_day() -> Callable[[Fund, date], Ruling]:
    """`of`, as a function for whoever asks about many days: it reads the versions of each fund once."""
    known: dict[int, list[Version]] = {}

    def asked(fund: Fund, on: date) -> Ruling:
        if fund.id not in known:
            known[fund.id] = versions.effective(fund)
        return _of(fund, known[fund.id], on)

    return asked


def supposed(fund: Fund, version: Version, on: date) -> Ruling:
    """The ruling of a fund on a day as if this version had come into force on that very day."""
    known = [one for one in versions.effective(fund) if one.in_force_from is None or one.in_force_from < on]
    return _of(fund, [*known, replace(version, in_force_from=on)], on)


def _of(fund: Fund, known: list[Version], on: date) -> Ruling:
    begun = [one for one in known if one.in_force_from is None or one.in_force_from <= on]
    if not begun:
        return Ruling(None, Rules(waiting=(fund.waiting_n, fund.waiting_unit)), fund.waiting_clause, _offered(known))
    version = begun[-1]
    waiting, lapse = _waiting(version), version.settings.lapse
    rules = Rules(
        waiting=(waiting.span.n, waiting.span.unit) if waiting else None,
        lapse=(lapse.span.n, lapse.span.unit) if isinstance(lapse, Rule) else None,
        restart=version.settings.restart,
    )
    return Ruling(version, rules, waiting.clause if waiting else "", _offered(known), version.cut_over_on)


def tenure_starts(fund: Fund, on: date) -> str:
    """With what a new member's tenure begins who is admitted on a day: application, resolution or first_payment."""
    version = of(fund, on).version
    said: str = (version and version.settings.tenure_starts) or fund.tenure_starts_on
    return said


def waits(on: date) -> Callable[[Fund], Waiting]:
    """How long each fund lets new members wait on a day: a function that asks a fund once, for pages that show many people."""
    known: dict[int, Waiting] = {}

    def asked(fund: Fund) -> Waiting:
        if fund.id not in known:
            ruling = of(fund, on)
            n, unit = ruling.rules.waiting or (0, "day")
            known[fund.id] = Waiting(n, unit, ruling.clause, ruling.version and ruling.version.version)
        return known[fund.id]

    return asked


def _waiting(version: Version) -> Rule | None:
    """The waiting time of every benefit; where each has its own, the shortest of them."""
    if version.settings.waiting is not None:
        return version.settings.waiting if isinstance(version.settings.waiting, Rule) else None
    asked = (one.waiting for one in version.benefits.values())
    return min((one for one in asked if isinstance(one, Rule)), key=_length, default=None)


def _length(rule: Rule) -> int:
    return rule.span.n * {"day": 1, "month": 30, "year": 365}[rule.span.unit]


def _offered(known: list[Version]) -> tuple[Offered, ...]:
    """The plans of each version that has some, from its day on, the first from ever on; what one does not say goes on."""
    found: list[Offered] = []
    for one in known:
        plans = {
            plan.code: Plan(plan.amount_satang, plan.span.n, plan.span.unit, plan.calendar)
            for plan in one.settings.plans
        }
        if plans:
            found.append(Offered(one.in_force_from if found and one.in_force_from else date.min, plans))
    return tuple(found)
