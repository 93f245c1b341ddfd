"""Which sums the figures of a report declare: over figures, over the groups of a cut, and from one month to the next. Pure."""

from typing import NamedTuple

from pwa.domain.network import figures


class Identity(NamedTuple):
    """Figures of one report that come to the same: the left ones together are the right ones together."""

    left: tuple[str, ...]
    right: tuple[str, ...]


class Chain(NamedTuple):
    """What a report says of before (`figure`) is what the report of the period before says of its end (`of`)."""

    figure: str
    of: str


OVERLAP = (("paid_people", "category"),)
"""(figure, cut) whose groups may hold the same person, so that they do not come to the whole."""
IDENTITIES = (
    Identity(("members_before", "joined", "restated"), ("left", "members")),
    Identity(
        ("cash_before", "contributed", "other_income", "held", "owed_before"),
        ("paid_out", "expenses", "held_before", "owed", "cash_and_bank"),
    ),
)
CHAINS = (
    Chain("members_before", "members"),
    Chain("cash_before", "cash_and_bank"),
    Chain("held_before", "held"),
    Chain("owed_before", "owed"),
)


def adds_up(figure: str, cut: str) -> bool:
    """Whether the groups of a cut come to the whole of the figure."""
    return figure in figures.FIGURES and (figure, cut) not in OVERLAP
