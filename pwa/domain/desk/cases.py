"""Lines in custody as an officer sees them: what is known of each, in words, and only of places that they look after."""

import json
from dataclasses import dataclass

from peewee import fn

from db.models import Account, Entry, EntryKey, Opening, Unit
from db.statements import Prepared
from pwa.domain import NotFound, kinds
from pwa.domain.custody import clocks, entries, envelopes, states
from pwa.domain.desk import reasons
from pwa.domain.people import roles
from pwa.domain.places import units

ROLES = roles.may("see-custody")
OVERALL = roles.may("see-all-custody")
REASONS = {name: reason.title for name, reason in reasons.ALL.items()}


@dataclass
class Case:
    """One quarantined line as an officer sees it. What could not be found out is None."""

    entry: Entry
    state: str
    opening: Opening | None
    author: Account | None
    place: Unit | None
    importer: Account | None = None
    is_erased: bool = False

    @property
    def reason(self):
        return REASONS.get(self.entry.reason, "")

    @property
    def about(self):
        """The Reason why it waits, with what it means and what can be done; None for a line that was received."""
        return reasons.GONE if self.is_erased else reasons.ALL.get(self.entry.reason)

    @property
    def recorded_at(self):
        """When it was recorded, as far as its phone's clock can be believed; None for a line that could not be opened."""
        return clocks.of(self.opening, received_at=self.entry.received_at) if self.opening else None


def of(rows):
    """[Case] of entry rows, with one query a kind of fact."""
    openings = {row.entry_id: row for row in Opening.select().where(Opening.entry.in_([row.id for row in rows]))}
    named = {row.author for row in rows} | {row.imported_by for row in rows}
    people = {account.id: account for account in Account.select().where(Account.id.in_(named - {None}))}
    places = {unit.code: unit for unit in Unit.select().where(Unit.code.in_([o.place for o in openings.values()]))}
    state = states.many(rows)
    keyed = {row for (row,) in EntryKey.select(EntryKey.entry).where(EntryKey.entry.in_([r.id for r in rows])).tuples()}
    return [
        Case(
            entry=row,
            state=state[row.id],
            opening=openings.get(row.id),
            author=people.get(row.author),
            place=places.get(openings[row.id].place) if row.id in openings else None,
            importer=people.get(row.imported_by),
            is_erased=row.id not in keyed,
        )
        for row in rows
    ]


def said(case):
    """What the line says, as a dict; None when it does not open, was erased, or is of a kind that only its author reads."""
    if case.opening is not None and not kinds.of(case.opening.kind).checkers:
        return None
    try:
        return entries.plaintext(case.entry)
    except NotFound:
        return _reopened(case.entry)
    except entries.Erased:
        return None


def _reopened(entry):
    """What stands in a line of ours that is written as no app of ours writes it; None when it does not open."""
    if entry.reason != "bad_payload":
        return None
    envelope = envelopes.read(entries.line(entry))
    envelopes.open_envelope(envelope, at=entry.received_at)
    try:
        content = json.loads(envelope.plaintext)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and kinds.of(content.get("kind")).checkers else None


def visible(account, *roles):
    """Condition on Entry: about a place in the account's units; what names no known place only for those who see all."""
    return within(units.within(account, *(roles or ROLES)), sees_all(account))


def within(near, is_all):
    """The same of an account that looks after these units, and sees all or not."""
    about = Opening.select(Opening.id).where(Opening.entry == Entry.id)
    seen = fn.EXISTS(about.where(Opening.place.in_(Unit.select(Unit.code).where(Unit.id.in_(near)))))
    return seen | ~fn.EXISTS(about.where(Opening.place.in_(Unit.select(Unit.code)))) if is_all else seen


def sees_all(account):
    """Registrar or admin at the top of a tree: a unit that has nothing above it."""
    return bool(_tops(list(units.granted_on(account, OVERALL))))


_tops = Prepared(
    lambda ids: Unit.select(Unit.id).where(Unit.id.in_(ids), Unit.admin_parent.is_null(), Unit.network_parent.is_null())
)
"""Only a unit that the role is granted on can be one: what is reached from above has something above it."""
