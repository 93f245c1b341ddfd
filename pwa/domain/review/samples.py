"""Draws for second looks: which approved entries somebody else looks at again, so that no zone checks only itself.

The list of a draw: every approval of a visit that stands, of the households of a zone, made since its last draw (at first: in
the last 30 days), in the order in which they were made. The rule "sha256/1": the mark of each is the SHA-256 of the text
`<seed>|<entry id>`, in hex; those with the smallest marks are drawn, one in ten, at least three, at most twenty. The seed is 256
random bits made together with the draw: nobody knows it before, and it is kept with list and result for ever. So anybody can
repeat a draw with `sha256sum` (repeat), and nobody can draw the same entries twice until the lot pleases.
"""

import hashlib
import secrets
import uuid
from datetime import timedelta

from peewee import JOIN, fn

from db import database
from db.models import Account, Approval, Draw, Entry, EntryKey, Finding, Household, Lot, Opening, Unit
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal, kinds
from pwa.domain.custody import entries, states
from pwa.domain.people import roles
from pwa.domain.places import units

RULE = "sha256/1"
LOOKERS = roles.may("look-again")
READERS = roles.may("read-looks")
FIRST = timedelta(days=30)
ONE_IN, LEAST, MOST = 10, 3, 20


def draw(unit, *, by, at, seed=None):
    """Draw among what was approved in a zone since its last draw. A `seed` is given only where a story must be told twice."""
    if unit.id not in units.within(by, *LOOKERS):
        raise NotFound
    with database.atomic():
        since = since_of(unit, at)
        listed = list(approved(unit, since, at))
        if not listed:
            raise Refusal(N_("Nothing was approved here since the last draw."))
        size = min(max(-(-len(listed) // ONE_IN), LEAST), MOST, len(listed))
        seed = seed or secrets.token_hex(32)
        made = Draw.create(
            id=uuid.uuid4(), unit=unit, rule=RULE, seed=seed, size=size, since=since, until=at, account=by, at=at
        )
        places = {entry: place for place, entry in enumerate(drawn([entry for _, entry in listed], seed, size), 1)}
        rows = [
            {"draw": made, "position": position, "approval": approval, "drawn": places.get(entry)}
            for position, (approval, entry) in enumerate(listed, 1)
        ]
        for start in range(0, len(rows), 500):
            Lot.insert_many(rows[start : start + 500]).execute()
        return made


def drawn(entries, seed, size):
    """The rule sha256/1: entry ids in the order in which they are drawn."""
    return sorted(entries, key=lambda entry: mark(seed, entry))[:size]


def mark(seed, entry):
    return hashlib.sha256(f"{seed}|{entry}".encode()).hexdigest()


def repeat(draw):
    """Draw again from what is kept: the entry ids that must have been drawn, in their order."""
    return drawn([lot.approval.entry.entry_id for lot in lots(draw)], draw.seed, draw.size)


def lots(draw):
    """The list that was drawn from, in its order, with approval, entry and finding."""
    looker = Account.alias()
    query = (
        Lot.select(Lot, Approval, *entries.FACTS, Finding, looker)
        .join(Approval)
        .join(Entry)
        .switch(Lot)
        .join(Finding, JOIN.LEFT_OUTER, on=(Finding.lot == Lot.id) & states.standing(Finding), attr="found")
        .join(looker, JOIN.LEFT_OUTER, on=(Finding.account == looker.id), attr="looker")
    )
    return list(query.where(Lot.draw == draw).order_by(Lot.position))


def in_order(lots):
    """The drawn ones of a list, in the order in which they were drawn."""
    return sorted((lot for lot in lots if lot.drawn), key=lambda lot: lot.drawn)


def get(draw_id, *, seen_by):
    """A draw of a zone that the account looks after or audits."""
    found = (
        Draw.select(Draw, Unit, Account).join(Unit).switch(Draw).join(Account).where(Draw.id == draw_id).get_or_none()
    )
    if found is None or found.unit_id not in units.within(seen_by, *READERS):
        raise NotFound
    return found


def since_of(unit, at):
    """Where the next draw of a zone begins."""
    last = _last.rows(unit)
    return last[0].until if last else at - FIRST


_last = Prepared(lambda unit: Draw.select(Draw.until).where(Draw.unit == unit).order_by(Draw.until.desc()).limit(1))


def approved(unit, since, until):
    """(approval id, entry id) of the visits that a draw is made from, in the order in which they were approved."""
    return _approved(list(units.below({unit.id})), since, until).order_by(Approval.id).tuples()


def has_approved(unit, since, until):
    """Whether there is any."""
    return bool(_any_approved(list(units.below({unit.id})), since, until))


def _approved(places, since, until):
    near = Household.place.in_(places)
    return (
        Approval.select(Approval.id, Entry.entry_id)
        .join(Entry)
        .join(Opening)
        .switch(Entry)
        .join(EntryKey)
        .where(
            fn.EXISTS(Household.select(Household.id).where(Household.id == Opening.subject, near)),
            Opening.kind.in_(kinds.DRAWN),
            Approval.at > since,
            Approval.at <= until,
            states.standing(Approval),
        )
    )


_any_approved = Prepared(lambda places, since, until: _approved(places, since, until).limit(1))
