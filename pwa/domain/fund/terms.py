"""What a regulation says, as the engine reads it: a version with its settings, benefits, clauses, amounts and caps.

A word of three silences. `NONE`: the document says that there is no such rule. None, where a rule could be: it does not mention it.
`Rate(None)`, `Compared.value` None, `Cap.satang` UNPUBLISHED: a number that the clause needs and does not give, so that nothing can be
counted out with it. Money is whole satang, shares are hundredths of a percent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from pwa.domain.fund.sentences import Span

NONE: Literal["none"] = "none"
UNPUBLISHED = -1
"""A cap that the clause names without its number."""


class Rule(NamedTuple):
    """A length of time that a clause sets."""

    span: Span
    clause: str


Ruled = Rule | Literal["none"] | None


class Compared(NamedTuple):
    """A named fact compared with a constant. `value` None: the clause does not give the number."""

    fact: str
    op: str
    value: Any
    clause: str
    published: bool = True


class Group(NamedTuple):
    """Several tests: all of them, or any of them. `name` is what an "any of" is called in an answer."""

    any: bool
    parts: tuple["Node", ...]
    name: str
    clause: str


Node = Compared | Group


class Row(NamedTuple):
    """A step of a table: reached when the tenure (and the age) is complete. `satang` None: not published."""

    span: Span
    satang: int | None
    age: int | None = None


class Then(NamedTuple):
    """What is added after the last row: for each whole `every` that is complete after `after`."""

    after: Span
    every: Span
    add_satang: int
    max_satang: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One amount of a clause. kind: fixed, per_unit, tiers, matrix, percent, discretionary, in_kind."""

    code: str
    kind: str
    satang: int | None = None
    unit: str | None = None
    rows: tuple[Row, ...] = ()
    then: Then | None = None
    of: str | None = None
    share: int = 0
    item: str = ""
    count: int = 0
    max_units: int | None = None
    max_satang: int | None = None
    min_units: int = 1
    counts_toward: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """Where `when` holds, these amounts are given."""

    clause: str
    when: tuple[Node, ...]
    parts: tuple[Part, ...]


class Cap(NamedTuple):
    """Most of an event, a period, a household's event, or a life. None: no limit of this kind."""

    scope: str
    satang: int | None
    units: int | None
    clause: str


class Reduced(NamedTuple):
    """Arrears of more than so many days take this share (hundredths of a percent) off the amount."""

    after_days: int
    share: int
    clause: str


@dataclass(frozen=True, slots=True)
class Benefit:
    code: str
    name: str
    category: int
    clause: str
    event: str
    anyone: bool
    subjects: tuple[str, ...] | None
    payees: tuple[str, ...] | None
    judged: Mapping[str, str]
    waiting: Ruled
    window: Ruled
    conditions: tuple[Node, ...]
    clauses: tuple[Clause, ...]
    ordered: bool
    caps: tuple[Cap, ...]
    per: str
    once: str | None
    period: str | None
    by_night: bool
    evidence: tuple[str, ...] | None
    pot: str | None
    when_short: str | None
    service_days: int | None
    ends_membership: bool
    reduced: Reduced | None
    recurs: str | None
    deducts_arrears: bool = False
    unsaid: tuple[str, ...] = ()
    """What its part of the document does not mention, in the order of `silences.SPOKEN`."""


class Plan(NamedTuple):
    """A contribution: so much buys n days, months or years."""

    code: str
    name: str
    amount_satang: int
    span: Span
    calendar: bool


class Split(NamedTuple):
    """How a kind of income goes into the pots: hundredths of a percent, rounded down; what is left goes to `remainder_pot`."""

    income: str
    shares: tuple[tuple[str, int], ...]
    remainder_pot: str


class Urgent(NamedTuple):
    """Which benefits two of the committee may agree to at once, up to how much."""

    benefits: tuple[str, ...]
    max_satang: int | None
    clause: str


@dataclass(frozen=True, slots=True)
class Settings:
    grace: Ruled = None
    lapse: Ruled = None
    cure: Ruled = None
    waiting: Ruled = None
    window: Ruled = None
    paid_matters: str | None = None
    same_day_nights: int | None = None
    restart: str | None = None
    tenure_starts: str | None = None
    keeps_rights: tuple[str, ...] = ()
    service_days: int | None = None
    quorum: int | None = None
    appeal_days: int | None = None
    administration_ceiling: int | None = None
    entry_fee_satang: int | None = None
    urgent: Urgent | None = None
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact that this regulation asks for. kind: number (whole `10 ** -decimals`), money (satang), yes_no, choice."""

    name: str
    title: str
    kind: str
    decimals: int = 0
    choices: Mapping[str, str] | None = None
    health: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a regulation, from one document."""

    regulation: str
    name: str
    version: int
    official: bool
    example: bool
    in_force_from: date | None
    replaces: int | None
    source: Mapping[str, Any]
    resolution: Mapping[str, Any] | None
    settings: Settings
    pots: Mapping[str, str]
    splits: tuple[Split, ...]
    cut_over_on: date | None
    facts: Mapping[str, FactKind]
    benefits: Mapping[str, Benefit]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regulation:
    """All versions of one regulation, the oldest first."""

    code: str
    versions: tuple[Version, ...]

    def version_for(self, event_on: date) -> Version | None:
        """The version that the event's day picks; None before the first one."""
        found = [one for one in self.versions if one.in_force_from is None or one.in_force_from <= event_on]
        return found[-1] if found else None
