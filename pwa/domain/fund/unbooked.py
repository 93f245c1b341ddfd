"""Money entries that are in custody and not in the books, each with its reason: what stands on the desk of who keeps the books."""

from dataclasses import dataclass

from db.models import Account, Entry, Unbooked, Whereabouts
from pwa.domain import N_
from pwa.domain.fund import bookings
from pwa.domain.people import roles
from pwa.domain.places import units

QUARANTINED = N_("The desk looks at it first and has not let it in.")
WAITS = N_("It is about to be booked.")


@dataclass(frozen=True)
class Standing:
    """One of them. `reason` is a key of bookings.REASONS, "quarantined" where the desk has not let it in, "" where it waits its turn."""

    entry: Entry
    kind: str
    reason: str
    author: str


def of(account, *, most=200):
    """[Standing] of what members of this account's funds recorded, the oldest first."""
    reach = units.within(account, *roles.may("read-books"))
    return [_standing(row) for row in _rows(reach).order_by(Unbooked.entry).limit(most)]


def count(account):
    return _rows(units.within(account, *roles.may("read-books"))).count()


def in_fund(fund):
    """How many are to go into this fund's books."""
    return _rows(units.below([fund.unit_id])).count()


def _rows(reach):
    """The author's own unit says whose books they are to go into. What was refused, replaced or set aside waits for nobody."""
    query = (
        Unbooked.select(Unbooked, Entry, Account, Whereabouts)
        .join(Entry)
        .join(Account, on=(Entry.author == Account.id), attr="by")
    )
    query = query.switch(Entry).join(Whereabouts, on=(Whereabouts.entry == Entry.id), attr="where_now")
    return query.where(Account.unit.in_(reach), Whereabouts.waits_for != "")


def _standing(row):
    is_held = row.entry.where_now.waits_for == "desk"
    return Standing(row.entry, row.kind, "quarantined" if is_held else row.reason, row.entry.by.name)


def words(reason):
    """Why one is not in the books, as a msgid."""
    return bookings.REASONS.get(reason, QUARANTINED if reason == "quarantined" else WAITS)
