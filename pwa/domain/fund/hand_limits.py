"""How much cash a fund leaves in one hand, and for how long: what its meeting resolved, from that day on; before that, our defaults."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from db.models import Fund, HandLimit, Resolution
from pwa.domain import N_, Refusal

DEFAULT_DAYS, DEFAULT_SATANG = 7, 500_000
MOST_DAYS, MOST_SATANG = 366, 100_000_000


class Limits(NamedTuple):
    """Beyond so many days, or so many satang, a hand is asked to hand over. `resolution` is None where nobody resolved it: the defaults."""

    days: int
    satang: int
    resolution: Resolution | None = None


DEFAULT = Limits(DEFAULT_DAYS, DEFAULT_SATANG)


def of(fund: Fund, on: date) -> Limits:
    """The limits of a fund that hold on a day: those of the last resolution by then."""
    return holding(fund)(on)


def holding(fund: Fund) -> Callable[[date], Limits]:
    """The same as a function of the day, for many days."""
    query = HandLimit.select(HandLimit, Resolution).join(Resolution).where(HandLimit.fund == fund)
    known = list(query.order_by(Resolution.resolved_on, HandLimit.id))

    def on(day: date) -> Limits:
        begun = [one for one in known if one.resolution.resolved_on <= day]
        return Limits(begun[-1].most_days, begun[-1].most_satang, begun[-1].resolution) if begun else DEFAULT

    return on


def resolve(fund, days, satang, *, resolution, by, at):
    """Write down what a meeting resolved: so many days (a text) and satang at most; the same again is the same row. Raises Refusal."""
    said = "".join(days.split())
    if not said.isdecimal() or not 1 <= int(said) <= MOST_DAYS:
        raise Refusal(N_("Write how many days, from 1 to 366."), field="days")
    if not 0 < satang <= MOST_SATANG:
        raise Refusal(N_("Write a sum of up to 1,000,000 baht."), field="limit")
    about = dict(fund=fund, resolution=resolution, most_days=int(said), most_satang=satang)
    return HandLimit.get_or_create(**about, defaults={"account": by, "at": at})[0]
