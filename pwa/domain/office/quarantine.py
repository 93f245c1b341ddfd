"""The quarantine desk: lines that are in custody and not yet believed. A person lets each in, returns it or puts it aside.

Nothing is deleted and no receipt changes. Nobody decides about what they recorded, brought or live in.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from db import database
from db.models import Acceptance, Account, Aside, Entry, Person, Return, Unit
from pwa.domain import N_, NotFound, Refusal, thai
from pwa.domain.field import entries, forms, states
from pwa.domain.office import cases
from pwa.domain.people import sessions
from pwa.domain.registry import deciders

MOST_SHOWN = 300
LONGEST = 1000
WORDS = {Acceptance: N_("Let in for checking"), Return: N_("Returned to the recorder"), Aside: N_("Put aside")}


@dataclass
class Settled:
    """What was decided about a line: in words, by whom, when and why."""

    word: str
    by: Account | None
    at: datetime
    reason: str


def listed(seen_by):
    """[(device, reason, [Case])] of what still waits, by phone and reason, the longest waiting first."""
    groups = defaultdict(list)
    for case in cases.of(list(_waiting(seen_by).order_by(Entry.id).limit(MOST_SHOWN))):
        groups[case.entry.device, case.entry.reason].append(case)
    return [(device, cases.REASONS[reason], found) for (device, reason), found in groups.items()]


def count(seen_by):
    """How many lines wait for this officer."""
    return _waiting(seen_by).count()


def get(entry_id, *, seen_by):
    """The case of a line that was quarantined; of several with one id the oldest that waits, else the oldest."""
    rows = Entry.select().where(Entry.entry_id == entry_id, Entry.outcome == "quarantined")
    found = cases.of(list(rows.where(cases.visible(seen_by)).order_by(Entry.id)))
    if not found:
        raise NotFound
    return next((case for case in found if case.state == "quarantined"), found[0])


def settled(entry):
    """The Settled of a line, or None while it waits."""
    made = _decision(entry)
    if made is None:
        return None
    return Settled(WORDS[type(made)], Account.get_or_none(Account.id == _decider(made)), made.at, made.reason)


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


def _waiting(seen_by):
    settled_rows = [model.select(model.entry) for model in WORDS]
    quarantined = Entry.select().where(Entry.outcome == "quarantined", cases.visible(seen_by))
    return quarantined.where(*(Entry.id.not_in(rows) for rows in settled_rows))


def _decision(entry):
    for model in WORDS:
        row = model.get_or_none(model.entry == entry)
        if row is not None:
            return row
    return None


def _decider(made):
    return made.account_id if isinstance(made, Return) else made.account


def _is_repeated(entry, by, wanted):
    """True when the same person decided the same before; refuses when anybody decided otherwise, or it is their own."""
    made = _decision(entry)
    if made is None:
        if states.of(entry) != "quarantined":
            raise Refusal(N_("This entry is not in quarantine."))
        why_not = objection(entry, by)
        if why_not:
            raise Refusal(why_not)
        return False
    if isinstance(made, wanted) and _decider(made) == by.id:
        return True
    account = Account.get_or_none(Account.id == _decider(made))
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
