"""Terms of a membership, and from which day its tenure counts after somebody left and came back under the same number."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

ENDS = ("deceased", "expelled", "resigned", "transferred", "lapsed")
"""Why a term ends, the weightiest first: somebody who resigned and then died is dead."""


class End(NamedTuple):
    """A resolution, or the registrar's act, that ended a term: from this day on they are no member."""

    on: date
    why: str


class Term(NamedTuple):
    """One time of being a member. `counted_from`: when its tenure began, None until the first payment where the fund says so.

    `ends` are those that nobody undid.
    """

    joined: date
    counted_from: date | None
    ends: tuple[End, ...] = ()

    @property
    def left(self) -> date | None:
        return min(self.ends).on if self.ends else None

    @property
    def why(self) -> str | None:
        return min(self.ends).why if self.ends else None

    @property
    def due_from(self) -> date:
        """Cover begins when tenure begins."""
        return self.counted_from or self.joined


def begun(terms: Sequence[Term], on: date) -> list[Term]:
    """Those that had begun by a day, the oldest first, with the ends that had come by then."""
    return [
        term._replace(ends=tuple(end for end in term.ends if end.on <= on))
        for term in sorted(terms)
        if term.joined <= on
    ]


def tenure_from(terms: Sequence[Term], restart: str | None) -> date | None:
    """The day from which the tenure of the last term counts. terms: oldest first, at least one.

    Rule (`restart`): "new", also where the regulation does not say: the last term counts alone. "continue": from the
    first term on, as though they had never left. "sum": earlier terms count too, the days between them do not.
    """
    last = terms[-1].counted_from
    if last is None or restart in (None, "new"):
        return last
    if restart == "continue":
        return min(term.counted_from for term in terms if term.counted_from)
    if restart == "sum":
        earlier = (term for term in terms[:-1] if term.counted_from and term.left)
        return date.fromordinal(last.toordinal() - sum(_length(term) for term in earlier))
    raise ValueError(f"no such rule: {restart}")


def _length(term: Term) -> int:
    if term.counted_from is None or term.left is None:
        return 0
    return max((term.left - term.counted_from).days, 0)
