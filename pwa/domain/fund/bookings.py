"""Custody never waits for the books: money entries are noted as they arrive, and booked in transactions of their own right after.

Once each, again after trouble, at each start and by `tend`. What cannot be booked stands on the desk with its reason and hinders nobody.
"""

from collections.abc import Callable

from peewee import InterfaceError, OperationalError

from db import database
from db.models import Entry, Opening, Unbooked, Whereabouts
from db.statements import Prepared
from pwa.domain import N_
from pwa.domain.custody import clocks, entries
from pwa.domain.fund import contributions, handovers, payouts, voids
from pwa.domain.text.dates import BANGKOK

AT_ONCE = 25
"""How many entries share a transaction: custody, which writes in between, waits no longer than for these."""
REASONS = {
    "unknown_fund": N_("The fund that it names is not known here."),
    "unknown_collector": N_("Who took the money is not known here."),
    "unknown_handover": N_("The hand-over that it names has not come yet."),
    "unknown_holder": N_("Who gives or takes this cash is not known here."),
    "unknown_receipt": N_("The receipt that it names has not come yet."),
    "to_agree": N_("One side typed it and the other signed. A third person has to agree."),
    "unsigned": N_("One side typed it, and the other has not signed."),
    "own_hand": N_("Nobody hands cash over to themselves."),
    "taken_already": N_("This cash was taken already: by somebody else, or another sum."),
    "odd": N_("It could not be booked, and nobody knows why yet. Tell the keeper of the server."),
    "circle": N_("It takes over the money of a receipt that takes over its own."),
    "taken_over": N_("Another receipt took over the money of the same one already."),
    "paid_back": N_("The receipt that took over its money did not count, and that money was paid back already."),
    "conflict": N_("Another receipt has this number already, with other lines."),
    "unknown_payment": N_("The payment that it names is not known here."),
    "not_theirs": N_(
        "Who recorded it has no right where this payment was made. Ask them, and let an officer record it."
    ),
    "came_back": N_("The money of this payment came back to the fund already. Ask who has it."),
    "erased": N_("What it said was erased before it was booked."),
}
WAITS = (
    "",
    "unknown_handover",
    "unknown_receipt",
    "unknown_payment",
    "to_agree",
    "unknown_fund",
    "unknown_collector",
    "unknown_holder",
    "odd",
)
"""What is tried again: it may be possible meanwhile."""
FOLLOWS = {
    "contribution": ("unknown_receipt",),
    "handover": ("unknown_handover",),
    "handover_receipt": ("unknown_handover",),
}
"""{kind: the reasons that may be gone once one of this kind is booked}."""

BOOKED: dict[str, Callable] = {
    "contribution": contributions.book,
    "handover": handovers.offer,
    "handover_receipt": handovers.take,
    "receipt_void": voids.ask,
    "payout_receipt": payouts.book,
}
"""{kind: who books it}; each returns the reason why it cannot be, "" when it is."""

_next = Prepared(
    lambda reasons, after, most: (
        Unbooked.select(Unbooked, Entry, Opening, Whereabouts.waits_for)
        .join(Entry)
        .join(Whereabouts, on=(Whereabouts.entry == Entry.id), attr="where_now")
        .switch(Entry)
        .join(Opening, on=(Opening.entry == Entry.id), attr="said")
        .where(
            Unbooked.reason.in_(reasons),
            Unbooked.entry > after,
            Whereabouts.waits_for != "desk",
            (Entry.outcome == "received") | (Whereabouts.waits_for != ""),
        )
        .order_by(Unbooked.entry)
        .limit(most)
    )
)

_done = Prepared(lambda entry: Unbooked.delete().where(Unbooked.entry == entry))


def catch_up(*, at, again=False, rest=lambda: None):
    """Book what came into custody and is not booked yet; with `again` also what could not be before. Returns how many were booked.

    `rest` is called between two transactions, in which custody writes on.
    """
    booked, after, reasons = 0, 0, list(WAITS if again else WAITS[:1])
    while True:
        with database.atomic():
            some = _next.rows(reasons, after, AT_ONCE)
            done = [one.kind for one in some if not _try(one, at)]
            _try_waiting(done, at)
        if not some:
            return booked
        booked, after = booked + len(done), some[-1].entry_id
        rest()


def _try_waiting(kinds, at):
    """What waited for something of these kinds, which just came; and what waited for that."""
    while reasons := sorted({reason for kind in kinds for reason in FOLLOWS.get(kind, ())}):
        kinds, after = [], 0
        while some := _next.rows(reasons, after, AT_ONCE):
            kinds += [one.kind for one in some if not _try(one, at)]
            after = some[-1].entry_id


def _try(one, at):
    """Book one entry, or note why not; returns the reason."""
    reason = _reason(one.entry, at, one.kind)
    if reason:
        Unbooked.update(reason=reason, tried_at=at).where(Unbooked.entry == one.entry_id).execute()
    else:
        _done.run(one.entry_id)
    return reason


def _reason(entry, at, kind):
    """Why it cannot be booked. Whatever nobody thought of is set apart too; only a database out of reach is everybody's trouble."""
    try:
        with database.atomic():
            return _book(entry, at, kind)
    except entries.Erased:
        return "erased"
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        return "odd"


def _book(entry, at, kind):
    payload = entries.plaintext(entry)["payload"]
    told_at = clocks.of(entry.said, received_at=entry.received_at)
    days = told_at.astimezone(BANGKOK).date(), at.astimezone(BANGKOK).date()
    is_decided = entry.where_now.waits_for != "checker"
    about = contributions.Told(entry, payload, entry.author, *days, at, told_at, is_decided)
    return BOOKED[kind](about)
