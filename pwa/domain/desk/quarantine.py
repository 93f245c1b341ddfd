"""The quarantine desk: lines that are in custody and not yet believed. A person lets each in, returns it or puts it aside.

Nothing is deleted and no receipt changes. Nobody decides about what they recorded, brought or live in.
"""

from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from db import database
from db.models import Acceptance, Account, Aside, Entry, EntryKey, Opening, Person, Return, Unit
from db.statements import Prepared, insert
from pwa.domain import N_, NotFound, Refusal, kinds
from pwa.domain.custody import entries, states
from pwa.domain.desk import cases, faults, retelling
from pwa.domain.kinds import forms
from pwa.domain.people import devices, hands, takings_back
from pwa.domain.places import units
from pwa.domain.review import deciders, decisions
from pwa.domain.text import wording

SENDER = fn.COALESCE(Entry.sender, Entry.device)
"""The phone that brought a line; of what came in a file, the phone that recorded it."""
WORDS = {Acceptance: N_("Let in for checking"), Return: N_("Returned to the recorder"), Aside: N_("Put aside")}


@dataclass
class Settled:
    """What was decided about a line: in words, by whom, when and why."""

    word: str
    by: Account | None
    at: datetime
    reason: str
    made: object


def count(seen_by):
    """How many lines wait for this officer."""
    is_all, near = cases.sees_all(seen_by), list(units.within(seen_by, *cases.ROLES))
    return _counted[is_all].value(near) or 0


def _count(is_all):
    return Prepared(
        lambda near: Entry.select(fn.COUNT(Entry.id)).where(states.waits_for("desk"), cases.within(near, is_all))
    )


_counted = {is_all: _count(is_all) for is_all in (True, False)}


def waiting(seen_by):
    """The lines that still wait for this officer; to be narrowed and ordered."""
    return Entry.select(*entries.FACTS).where(states.waits_for("desk"), cases.visible(seen_by))


def sent_by(*devices):
    """Condition on Entry: one of these phones sent it."""
    return Entry.sender.in_(devices) | (Entry.sender.is_null() & Entry.device.in_(devices))


def sender_of(entry):
    """The phone that brought this row."""
    return entry.sender or entry.device


def get(entry_id, *, seen_by, sha256=""):
    """The case of a line that was quarantined; of several with one id the one of this hash, else the oldest that waits."""
    rows = Entry.select().where(Entry.entry_id == entry_id, Entry.outcome == "quarantined")
    rows = rows.where(Entry.sha256 == sha256) if sha256 else rows
    found = cases.of(list(rows.where(cases.visible(seen_by)).order_by(Entry.id)))
    if not found:
        raise NotFound
    return next((case for case in found if case.state == "quarantined"), found[0])


def settled(entry):
    """The Settled of a line, or None while it waits."""
    made = decision(entry)
    if made is None:
        return None
    return Settled(WORDS[type(made)], Account.get_or_none(Account.id == decider(made)), made.at, made.reason, made)


def accept(entry, *, by, at, reason, author="", place=""):
    """Let a line in: from now on it counts as received and waits for its checker. It must open and be filled in.

    Where who recorded it or where was the question, `author` (account id) and `place` (unit code) say how it counts; a
    number that was taken is never reused. Then the desk's own line stands for it. Returns the entry that counts.
    """
    reason = said_why(reason)
    with database.atomic():
        if _is_repeated(entry, by, Acceptance, reason):
            return retelling.made_of(entry) or entry
        opening = _checkable(entry, at, place)
        claim = retelling.claim(entry, opening, author=author, place=place, by=by)
        Acceptance.create(
            entry=entry, turn=takings_back.turn(Acceptance.entry, entry), account=by.id, at=at, reason=reason
        )
        if retelling.is_other(entry, opening, *claim):
            return retelling.retell(entry, author=claim[0], place=claim[1], by=by, at=at, reason=reason)
        entries.settle(entry, at=at)
        return entry


def send_back(entry, *, by, at, reason):
    """Return a line to its author, whose phone offers it for correction."""
    reason = said_why(reason)
    with database.atomic():
        if not _is_repeated(entry, by, Return, reason):
            Return.create(entry=entry, account=by, at=at, reason=reason, turn=decisions.turn(entry))


def set_aside(entry, *, by, at, reason):
    """Put a line aside for good. It stays in custody and can be read there."""
    reason = said_why(reason)
    with database.atomic():
        if not _is_repeated(entry, by, Aside, reason):
            Aside.create(entry=entry, turn=takings_back.turn(Aside.entry, entry), account=by.id, at=at, reason=reason)


def set_all_aside(device, kind, *, by, at, reason, through=None):
    """Put aside whatever waits that this phone sent for this typed reason, or for any ("") each with a row; returns how many.

    `through` is the newest receipt number that the officer saw: what came later is left for another look.
    """
    reason = said_why(reason)
    with database.atomic():
        theirs = (sent_by(device), *([Entry.reason == kind] if kind else []))
        group = Entry.select().where(*theirs, Entry.outcome == "quarantined", cases.visible(by))
        if not group.exists():
            raise NotFound
        rows = waiting(by).where(*theirs)
        rows = list(rows.where(Entry.number <= through) if through is not None else rows)
        why_not = objections(rows, by)
        free = [row for row in rows if row.id not in why_not]
        if rows and not free:
            raise Refusal(why_not[rows[0].id])
        mine = (
            Aside.select()
            .join(Entry)
            .where(states.standing(Aside), Aside.account == by.id, Aside.reason == reason, Entry.id.in_(group))
        )
        if not rows and not mine.exists():
            raise Refusal(N_("Nothing of this waits any more."))
        turns = takings_back.turns(Aside.entry, [row.id for row in free])
        about = {"account": by.id, "at": at, "reason": reason}
        insert(Aside, [{"entry": row.id, "turn": turns.get(row.id, 0), **about} for row in free])
        return len(free)


def objection(entry, by):
    """The sentence why this account may not decide about the line: it is their own in some way. None when it may."""
    return objections([entry], by).get(entry.id)


def objections(rows, by):
    """{row id: the sentence why this account may not decide}, for those lines where there is one."""
    known = devices.known_on({device for row in rows for device in (row.device, row.sender)} - {None})
    used = {device for device, accounts in known.items() if by.id in accounts}
    home = Person.select(Person.household).where(Person.id == by.person)
    lines = Opening.select(Opening.entry).where(Opening.entry.in_([row.id for row in rows]), Opening.subject.in_(home))
    homely = {row for (row,) in lines.tuples()}
    opened = _opened(rows, by)
    return {row.id: why for row in rows if (why := _interest(row, by, used, homely) or opened.get(row.id))}


def said_why(reason):
    """The reason as it will be kept; refuses an empty or endless one."""
    return wording.said(reason, asked=N_("Write why."))


def _interest(row, by, used, homely):
    if row.author == by.id:
        return deciders.OWN_WORK
    if row.imported_by == by.id:
        return deciders.OWN_IMPORT
    if {row.device, row.sender} & used:
        return deciders.OWN_PHONE
    return deciders.OWN_HOUSE if row.id in homely else None


def _opened(rows, by):
    """{row id: the sentence} of lines whose bringer's access this account opened, or who opened its own, while unconfirmed."""
    known = devices.known_on({row.sender for row in rows if row.transport == "carried"} - {None})
    brought = {row.id: {row.author, row.imported_by, *known.get(row.sender, ())} - {None} for row in rows}
    held = hands.of({by.id}.union(*brought.values()))
    return {row: deciders.OWN_ACCESS for row, accounts in brought.items() if by.id in hands.tied(held, accounts)}


def decision(entry):
    """What the desk decided about a line and stands, as its row; None while the line waits."""
    for model in WORDS:
        row = model.get_or_none(model.entry == entry, states.standing(model))
        if row is not None:
            return row
    return None


def decider(made):
    """The account id of who decided."""
    return made.account_id if isinstance(made, Return) else made.account


def _is_repeated(entry, by, wanted, reason):
    """True when the same person decided the same before for the same reason; refuses when anybody decided otherwise, or it is their own."""
    made = decision(entry)
    if made is None:
        if states.of(entry) != "quarantined":
            raise Refusal(N_("This entry is not in quarantine."))
        why_not = objection(entry, by)
        if why_not:
            raise Refusal(why_not)
        return False
    if isinstance(made, wanted) and (decider(made), made.reason) == (by.id, reason):
        return True
    account = Account.get_or_none(Account.id == decider(made))
    raise Refusal(N_("%(name)s has decided about this already."), name=account.name if account else "?")


def _checkable(entry, at, place):
    """The line's Opening; refuses what nobody could check."""
    if not EntryKey.select().where(EntryKey.entry == entry).exists():
        raise Refusal(N_("What it said was erased. Put it aside."))
    opening = entries.opening(entry) or entries.open_late(entry, at=at)
    if opening is None:
        raise Refusal(N_("This does not open, so nobody could check it. Return it or put it aside."))
    if opening.kind not in kinds.CHECKED + kinds.MONEY:
        raise Refusal(N_("This is somebody's unfinished form, and nobody else's business."))
    if not place and not Unit.select().where(Unit.code == opening.place).exists():
        raise Refusal(N_("The place of this entry is not known here. Choose the community that it belongs to."))
    if not forms.known(opening.form) or faults.of(entries.plaintext(entry), entry.received_at):
        raise Refusal(N_("The form is not filled in as it must be. Return it, so that it is corrected."))
    return opening
