"""What is known about one person and one event when a fund's rules are asked: each fact with where it comes from, or unknown.

Whoever asks fills a `Case`: `ombun explain` from its arguments, `facts.py` from the register and the books, a page from its fields.
A fact with the value None is unknown; it never counts as no, as nothing or as zero. What nobody told and the contract lets us
assume (nothing used before, paid in order) is the default here, and says so in its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from pwa.domain import N_
from pwa.domain.fund.sentences import Said, Sentence

T = TypeVar("T")

NOT_TOLD = Sentence(N_("not known yet"))
NOTHING_USED = Sentence(N_("assumed: nothing used before"))
IN_ORDER = Sentence(N_("assumed: paid in order"))
ACTIVE = Sentence(N_("assumed: standing in order"))
FIRST_TIME = Sentence(N_("assumed: not received before"))
ON_THE_DAY = Sentence(N_("assumed: filed on the day of the event"))
ALL_PAPERS = Sentence(N_("assumed: all papers are there"))


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """`value` None: not known. `source`: where it stands, in words that the member understands."""

    value: T | None = None
    source: Said = NOT_TOLD


class Period(NamedTuple):
    """One time of being a member. `left`: the first day on which they are none any more."""

    joined: date
    left: date | None = None
    why: str | None = None


class Step(NamedTuple):
    """From `counts_on` on, it was paid through `through`. A step may fall: a payment was undone."""

    counts_on: date
    through: date


class Used(NamedTuple):
    """What a decided claim took, as its decision kept it: baht and units, neither derived from the other.

    `on` is the claim's governing day, `benefit` whose caps it counts toward. `times` counts for `once`; the second part of a claim
    (another benefit's nights, another year's nights) has 0. `key` tells school levels apart.
    """

    on: date
    satang: int
    units: int = 0
    benefit: str = ""
    times: int = 1
    key: str = ""


Answerable = int | str | bool
"""A fact's value: a number (as whole hundredths and so on: `terms.FactKind.decimals`), a choice, yes or no."""


@dataclass(frozen=True, slots=True)
class Case:
    """One event of one person. Days are Bangkok days. `event_on` is the governing day; a stay's is its discharge.

    `periods`: the memberships, oldest first; empty for who never was a member. `tenure_from`: where the restart rule was applied
    already, else the engine applies it. `coverage`: the steps by which paid_through rose, oldest first (no step yet: nothing paid);
    None: nobody told, so it is assumed to be in order; `Fact(None)`: not known.
    `standing` is that of the event's day; `rests` are the days (first, last or None) on which rights rest, for who asks about others.
    `used`: decided claims of every benefit, in any order. `used_satang` and `used_units` are of the event's own period, on top;
    `anchor_on` keeps that period's day where the engine asks about another day.
    """

    event_on: date
    periods: Fact[tuple[Period, ...]] = Fact()
    tenure_from: Fact[date] | None = None
    admit_on: date | None = None
    discharge_on: date | None = None
    filed_on: Fact[date] | None = None
    coverage: Fact[tuple[Step, ...]] | None = None
    born: Fact[str] = Fact()
    sex: Fact[str] = Fact()
    standing: Fact[str] = Fact("active", ACTIVE)
    rests: tuple[tuple[date, date | None], ...] = ()
    subject: Fact[str] = Fact("member", Sentence(N_("the member's own event")))
    quantity: Fact[int] = Fact()
    used: tuple[Used, ...] = ()
    used_source: Said = NOTHING_USED
    used_satang: int = 0
    used_units: int = 0
    household_used_satang: int = 0
    times_before: Fact[int] = Fact(0, FIRST_TIME)
    anchor_on: date | None = None
    evidence: Mapping[str, bool] = field(default_factory=dict)
    pot_satang: Fact[int] | None = None
    facts: Mapping[str, Fact[Answerable]] = field(default_factory=dict)
