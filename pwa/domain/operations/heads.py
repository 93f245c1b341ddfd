"""Heads: the code of the last tie. Whoever has written one down can tell later whether anything before it was changed."""

import json
from dataclasses import dataclass

from db import database, ties
from db.models import Tie
from pwa.domain.crypto import keyring

SHOWN = 16
"""How many digits of the hash are written down: enough that nobody finds another history with the same ones."""
EVERY = 4
LONGEST = 9
NOTE = "head.json"


@dataclass(frozen=True)
class Head:
    """The number of a tie, and the code that stands for it and everything before."""

    number: int
    code: str


def now():
    """The Head of this moment, or None while nothing is tied."""
    return _head(Tie.select().order_by(Tie.id.desc()))


def at(written):
    """The Head at a number that somebody wrote down earlier; None when there is none."""
    digits = written.strip().replace(",", "")
    known = digits.isdecimal() and len(digits) <= LONGEST
    return _head(Tie.select().where(Tie.id == int(digits))) if known else None


def holds(number, told):
    """Whether the chain in hand goes through this tie as it was; one that a restore has lost is not held against it."""
    if number == 0:
        return True
    tie = Tie.select().where(Tie.id == number).tuples().first()
    if tie is not None:
        return ties.spelled(tie) == told
    later = Tie.select().where(Tie.id > number).order_by(Tie.id).first()
    return later is not None and later.mark == "restored"


def noted():
    """(number, hash) of the tie that the last check found at the end; it lies beside the database, for whoever has only that."""
    kept = _note()
    return tuple(json.loads(kept.read_text())) if kept.exists() else (0, "")


def note():
    """Keep what is the last tie now, unless the one that was kept is none of ours any more."""
    if holds(*noted()):
        keyring.write_private(_note(), json.dumps(ties.last(database.obj)).encode())


def shown(code):
    """A hash as it is read out and written down: sixteen digits in fours."""
    return " ".join(code[start : start + EVERY].upper() for start in range(0, SHOWN, EVERY))


def _note():
    return keyring.ring.folder.parent / NOTE


def _head(query):
    tie = query.tuples().first()
    return None if tie is None else Head(tie[0], shown(ties.spelled(tie)))
