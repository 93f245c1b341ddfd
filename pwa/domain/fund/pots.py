"""How income goes into the pots of a fund: the shares of the regulation in force that day, floored, the rest to one named pot.

A fund whose regulation does not divide an income keeps it in one pot, the first that the regulation names, else `WHOLE`.
"""

from collections.abc import Sequence

from pwa.domain import N_
from pwa.domain.fund.terms import Split, Version

WHOLE = "main"
BEFORE = "before"
"""The pot of what happened before the books began here."""
BEFORE_NAME = N_("Before the books began here")
WHOLE_NAME = N_("The one pot")
ALL = 10_000
"""Shares are hundredths of a percent."""


def split(satang: int, income: str, version: Version | None) -> list[tuple[str, int]]:
    """[(pot, satang)] of a sum of this kind of income (the word of a split); together exactly the sum."""
    rule = next((one for one in (version.splits if version else ()) if one.income == income), None)
    return _by_shares(satang, rule) if rule else [(first(version), satang)]


def first(version: Version | None) -> str:
    """The pot that takes what nothing divides."""
    return next(iter(version.pots), WHOLE) if version else WHOLE


def _by_shares(satang: int, rule: Split) -> list[tuple[str, int]]:
    found = {pot: 0 for pot, _ in rule.shares} | {rule.remainder_pot: 0}
    for pot, share in rule.shares:
        found[pot] += satang * share // ALL
    found[rule.remainder_pot] += satang - sum(found.values())
    return [(pot, part) for pot, part in found.items() if part]


def names(versions: Sequence[Version]) -> dict[str, str]:
    """{pot: its name} of all versions, the latest word counting."""
    return {pot: name for one in versions for pot, name in one.pots.items()}
