"""What a kind of entry is: one row of the table KINDS. Custody, review and pages ask it, and name no kind themselves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class Claim(Protocol):
    """What is known of a line when it is judged: where it says to belong, and who says to have recorded it."""

    named: str
    """The unit code that it names, "" for none."""
    home: str
    """The code of the author's own unit."""
    roles: frozenset[Any]
    """The units on which the author holds a role that may record this kind."""
    own_house: str | None
    """Where the author's own household stands, if that is its subject."""

    def reaches(self, code: str) -> bool:
        """Whether a place lies within the units of `roles`, or below them."""

    def collects(self) -> bool:
        """Whether the author may take money for the fund that the payload names, on the day of recording."""


def as_named(claim: Claim) -> str:
    """The place that it names, else the author's own unit."""
    return claim.named or claim.home


def where_the_own_house_stands(claim: Claim) -> str:
    return claim.own_house or as_named(claim)


def nowhere(claim: Claim) -> str:
    return ""


def on_the_round(claim: Claim) -> str:
    """Recorded with a role, within its reach."""
    if not claim.roles:
        return "no_role"
    return "" if claim.reaches(as_named(claim)) else "no_right"


def about_the_own_house(claim: Claim) -> str:
    return "" if claim.own_house else "no_right"


def by_anybody(claim: Claim) -> str:
    return ""


def at_home(claim: Claim) -> str:
    """The author's own unit, whatever it names."""
    return claim.home


def for_the_fund(claim: Claim) -> str:
    """Recorded by who holds an office of the fund, or an assignment to collect for it that day."""
    return "" if claim.collects() else "no_collecting"


def _nothing(*said: object) -> list[tuple[str, str]]:
    return []


def _never(payload: dict[str, Any]) -> bool:
    return False


@dataclass(frozen=True)
class Kind:
    """`name` is the entry's `kind`, and the first half of its form's name. Without `checkers` it is nobody's but its author's.

    `title` and `icon` say it to a checker; `labels` are {generic path: msgid} of its form, `choices` {generic path: {value: msgid}},
    `lists` the fields whose items have names of their own. `place` gives the unit code that it belongs to, `refusal` the typed
    reason why its author may not record it there ("" when they may). `broken` and `odd` are what a payload must not have beyond
    its schema, [(path, key of forms.SENTENCES)]; `letters` finds those that it may not hold, None where nobody looks.
    """

    name: str
    title: str
    labels: dict[str, str]
    place: Callable[[Claim], str]
    refusal: Callable[[Claim], str]
    called: str = ""
    """What a phone calls one that it cannot open; its title, where that says it."""
    page: str = ""
    """Where a phone fills it in and mends it; the same page stands in static/js/kinds/kinds.js. Nothing where it has none of its own."""
    begins: str = ""
    """What the button says by which whoever records it begins a new one; nothing where it is begun elsewhere."""
    icon: str = "draft"
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    recorders: tuple[str, ...] = ()
    """The roles that record it; none where it takes no role."""
    checkers: tuple[str, ...] = ()
    carried_to: str = "place"
    """Whose reach lets somebody bring an unsigned one: over its "place", or over the unit of its "author"."""
    has_base: bool = False
    """`base.version` counts the versions of the subject's record."""
    waits: bool = False
    """Without a base it waits for the earlier one of this kind about its subject."""
    stays_with_house: bool = False
    """It belongs where the household stands now, wherever that was when it was recorded."""
    names_people: bool = False
    """Its payload lists people, who are compared with others."""
    is_drawn: bool = False
    """Approved ones are drawn for a second look."""
    is_money: bool = False
    """The books follow it: it is noted to be booked as it comes into custody (fund.bookings)."""
    on_sheets: bool = False
    """It is decided on sheets of money, many in one act, and does not stand in the queue of the others."""
    names_paths_of_the_record: bool = False
    """A checker's word may stand at a field of the household's record, not only of its own form."""
    broken: Callable[[dict[str, Any]], list[tuple[str, str]]] = _nothing
    odd: Callable[[dict[str, Any], bool], list[tuple[str, str]]] = _nothing
    sentences: dict[str, str] = field(default_factory=dict)
    """{key: msgid} of what its own rules say; what every form may say stands in forms.GENERAL."""
    letters: Callable[[str], object] | None = None
    tells_health: Callable[[dict[str, Any]], bool] = _never
    purpose: str = ""
    """Why it is kept, where that is one sentence for the whole form; so `readers` and `retention`."""
    readers: str = ""
    retention: str = ""
