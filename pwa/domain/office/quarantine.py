"""The quarantine desk: lines that are in custody and not yet believed. A person lets each in, returns it or puts it aside.

Nothing is deleted and no receipt changes. Nobody decides about what they recorded, brought or live in.
"""

from collections import defaultdict
from dataclasses import dataclass

from db import database
from db.models import Acceptance, Account, Aside, Entry, Opening, Person, Return, Unit
from pwa.domain import N_, NotFound, Refusal, thai
from pwa.domain.field import entries, forms, states
from pwa.domain.people import sessions
from pwa.domain.places import units
from pwa.domain.registry import deciders

ROLES = ("registrar", "zone_leader", "admin")
OVERALL = ("registrar", "admin")
MOST_SHOWN = 300
LONGEST = 1000
REASONS = {
    "unknown_key": N_("Sealed with a key that this server does not have"),
    "unsealable": N_("The contents do not open: damaged or changed on the way"),
    "conflict": N_("The same number came earlier with other contents"),
    "fork": N_("A second line for the same place in this phone's order"),
    "bad_envelope": N_("The envelope is not written as it should be"),
    "unknown_author": N_("Nobody with this account is known here"),
    "unproved": N_("Sent from a phone on which this person never signed in"),
    "revoked_device": N_("From a phone whose right to send was taken away"),
    "no_right": N_("About a place that this person does not look after"),
    "no_role": N_("This person has no role for recording"),
    "unknown_form": N_("Filled in on a form that is not known here"),
    "bad_payload": N_("The form is not filled in as it must be"),
    "replaces_other": N_("Wants to replace what somebody else recorded"),
    "over_limit": N_("More than may be sent in a day"),
}


@dataclass
class Case:
    """One quarantined line as an officer sees it. What could not be found out is None."""

    entry: Entry
    state: str
    opening: Opening | None
    author: Account | None
    place: Unit | None
    importer: Account | None = None

    @property
    def reason(self):
        return REASONS[self.entry.reason]


def listed(seen_by):
    """[(device, reason, [Case])] of what still waits, by phone and reason, the longest waiting first."""
    waiting = Entry.select().where(
        Entry.outcome == "quarantined",
        Entry.id.not_in(Acceptance.select(Acceptance.entry)),
        Entry.id.not_in(Aside.select(Aside.entry)),
        Entry.id.not_in(Return.select(Return.entry)),
    )
    groups = defaultdict(list)
    for case in _cases(list(waiting.where(_seen(seen_by)).order_by(Entry.id).limit(MOST_SHOWN))):
        if case.state == "quarantined":
            groups[case.entry.device, case.entry.reason].append(case)
    return [(device, REASONS[reason], cases) for (device, reason), cases in groups.items()]


def count(seen_by):
    """How many lines wait for this officer."""
    return sum(len(cases) for _, _, cases in listed(seen_by))


def get(entry_id, *, seen_by):
    """The case of a line that was quarantined; of several with one id the oldest that waits, else the oldest."""
    rows = Entry.select().where(Entry.entry_id == entry_id, Entry.outcome == "quarantined")
    cases = _cases(list(rows.where(_seen(seen_by)).order_by(Entry.id)))
    if not cases:
        raise NotFound
    return next((case for case in cases if case.state == "quarantined"), cases[0])


def said(case):
    """What the line says, as a dict; None when it does not open or was erased."""
    try:
        return entries.plaintext(case.entry)
    except (NotFound, entries.Erased):
        return None


def decision(entry):
    """Who settled this line, when, and their words: an Acceptance, Return or Aside, or None."""
    for model in (Acceptance, Return, Aside):
        row = model.get_or_none(model.entry == entry)
        if row is not None:
            return row
    return None


def accept(entry, *, by, at, reason):
    """Let a line in: from now on it counts as received and waits for its checker. It must open and be filled in."""
    reason = said_why(reason)
    with database.atomic():
        if _is_repeated(entry, by, Acceptance):
            return
        if entry.reason == "conflict":
            raise Refusal(
                N_("The number of this line is taken by another one. Return it, so that it is recorded again.")
            )
        _must_be_checkable(entry, entries.opening(entry) or entries.open_late(entry, at=at))
        Acceptance.create(entry=entry, account=by.id, at=at, reason=reason)
        entries.settle(entry, at=at)


def send_back(entry, *, by, at, reason):
    """Return a line to its author, whose phone offers it for correction."""
    reason = said_why(reason)
    with database.atomic():
        if not _is_repeated(entry, by, Return):
            Return.create(entry=entry, account=by, at=at, reason=reason)


def set_aside(entry, *, by, at, reason):
    """Put a line aside for good. It stays in custody and can be read there."""
    reason = said_why(reason)
    with database.atomic():
        if not _is_repeated(entry, by, Aside):
            Aside.create(entry=entry, account=by.id, at=at, reason=reason)


def objection(entry, by):
    """The sentence why this account may not decide about the line: it is their own in some way. None when it may."""
    if entry.author == by.id:
        return deciders.OWN_WORK
    if entry.imported_by == by.id:
        return deciders.OWN_IMPORT
    if any(sessions.was_on(by.id, device) for device in {entry.device, entry.sender} - {None}):
        return deciders.OWN_PHONE
    opening = entries.opening(entry)
    if opening and Person.select().where(Person.id == by.person, Person.household == opening.subject).exists():
        return deciders.OWN_HOUSE
    return None


def said_why(reason):
    """The reason as it will be kept; refuses an empty or endless one."""
    reason = thai.clean(reason or "")
    if not reason:
        raise Refusal(N_("Write why."), field="reason")
    if len(reason) > LONGEST:
        raise Refusal(N_("This is too long. Shorten it."), field="reason")
    return reason


def _is_repeated(entry, by, wanted):
    """True when the same person decided the same before; refuses when anybody decided otherwise, or it is their own."""
    made = decision(entry)
    if made is None:
        if states.of(entry) != "quarantined":
            raise Refusal(N_("This entry is not in quarantine."))
        why_not = objection(entry, by)
        if why_not:
            raise Refusal(why_not)
        return False
    who = made.account_id if isinstance(made, Return) else made.account
    if isinstance(made, wanted) and who == by.id:
        return True
    account = Account.get_or_none(Account.id == who)
    raise Refusal(N_("%(name)s has decided about this already."), name=account.name if account else "?")


def _must_be_checkable(entry, opening):
    if opening is None:
        raise Refusal(N_("This does not open, so nobody could check it. Return it or put it aside."))
    if not Unit.select().where(Unit.code == opening.place).exists():
        raise Refusal(
            N_("The place of this entry is not known here. Return it, so that it is recorded for the right place.")
        )
    if not forms.known(opening.form) or forms.problems(opening.form, entries.plaintext(entry)["payload"]):
        raise Refusal(N_("The form is not filled in as it must be. Return it, so that it is corrected."))


def _seen(account):
    """Condition on Entry: about a place in the account's units; what names no known place only for those who see all."""
    near = Unit.select(Unit.code).where(Unit.id.in_(units.within(account, *ROLES)))
    seen = Entry.id.in_(Opening.select(Opening.entry).where(Opening.place.in_(near)))
    if not _sees_all(account):
        return seen
    placed = Opening.select(Opening.entry).where(Opening.place.in_(Unit.select(Unit.code)))
    return seen | Entry.id.not_in(placed)


def _sees_all(account):
    """Registrar or admin at the top of a tree: a unit that has nothing above it."""
    reached = units.within(account, *OVERALL)
    top = Unit.select().where(Unit.id.in_(reached), Unit.admin_parent.is_null() | Unit.network_parent.is_null())
    return top.where(Unit.admin_parent.is_null(), Unit.network_parent.is_null()).exists()


def _cases(rows):
    openings = {row.entry_id: row for row in Opening.select().where(Opening.entry.in_([row.id for row in rows]))}
    named = {row.author for row in rows} | {row.imported_by for row in rows}
    people = {account.id: account for account in Account.select().where(Account.id.in_(named - {None}))}
    places = {unit.code: unit for unit in Unit.select().where(Unit.code.in_([o.place for o in openings.values()]))}
    state = states.many(rows)
    return [
        Case(
            entry=row,
            state=state[row.id],
            opening=openings.get(row.id),
            author=people.get(row.author),
            place=places.get(openings[row.id].place) if row.id in openings else None,
            importer=people.get(row.imported_by),
        )
        for row in rows
    ]
