"""The kinds of entries, one light module each, in one table. A new kind is a module here, a form, and a line in KINDS; what it
does when it is approved stands in review.effects.
"""

from pwa.domain.kinds import (
    claim,
    contribution,
    correction,
    draft,
    handover,
    handover_receipt,
    household,
    payout_receipt,
    receipt_void,
)
from pwa.domain.kinds.kind import Kind, as_named, on_the_round

KINDS = {
    "household": household.KIND,
    "correction": correction.KIND,
    "draft": draft.KIND,
    "contribution": contribution.KIND,
    "receipt_void": receipt_void.KIND,
    "claim": claim.KIND,
    "handover": handover.KIND,
    "handover_receipt": handover_receipt.KIND,
    "payout_receipt": payout_receipt.KIND,
}
RECORD = household.KIND
"""The kind whose form is the household's record: the paths of the register are its paths."""
UNHEARD_OF = Kind("", "", {}, as_named, on_the_round, recorders=household.RECORDERS, checkers=household.CHECKERS)
"""Stands for a kind that this version does not know, until an officer decides about the line."""
CHECKED = tuple(kind.name for kind in KINDS.values() if kind.checkers)
"""The kinds that somebody decides about."""
QUEUED = tuple(kind.name for kind in KINDS.values() if kind.checkers and not kind.on_sheets)
"""Those among them that are decided one by one."""
MONEY = tuple(kind.name for kind in KINDS.values() if kind.is_money)
WAITING = tuple(kind.name for kind in KINDS.values() if kind.waits)
NAMING_PEOPLE = tuple(kind.name for kind in KINDS.values() if kind.names_people)
BEGUN = tuple(kind for kind in KINDS.values() if kind.begins)
"""The kinds that whoever records them begins with a button."""
DRAWN = tuple(kind.name for kind in KINDS.values() if kind.is_drawn)

_LISTS = {name for kind in KINDS.values() for name in kind.lists}


def of(name: object) -> Kind:
    """The kind of this name; takes any."""
    return KINDS.get(str(name), UNHEARD_OF)


def generic(path: str) -> str:
    """The path with list items as `*`: "people.*.birth_date"."""
    steps = path.split(".")
    return ".".join("*" if before in _LISTS else step for before, step in zip(["", *steps], steps, strict=False))


def label(path: str, kind: Kind = RECORD) -> str:
    """The msgid that names a payload path, "" for one that the form does not have."""
    return kind.labels.get(generic(path), "")


def choices(path: str, kind: Kind = RECORD) -> dict[str, str]:
    """{value: msgid} of a field to choose from, {} for any other."""
    return kind.choices.get(generic(path), {})


def may_be_commented(kind: Kind, path: str) -> bool:
    """Whether a checker's word may stand at this path of an entry."""
    return kind.names_paths_of_the_record or bool(label(path, kind))
