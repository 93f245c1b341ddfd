"""Erasing an entry because the person it is about asks for it (PDPA s.33): its key goes, hash, number, receipt and chain stay.

What waits for a decision is decided first. An approved entry takes its values out of the register with it; earlier ones of
the same household go before it, so that no older value comes back; and whoever is a member stays, because the fund needs
the record to pay what it owes them (s.33, the right to erasure ends where a claim must be met). Backups made before hold the
key until they are thrown away: a restore says so.
"""

from db import care, database
from db.models import (
    Application,
    Approval,
    Bearer,
    Entry,
    EntryKey,
    ErasedBlob,
    Erasure,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Membership,
    NamePart,
    Opening,
    Person,
    StoredBlob,
    WaitingKey,
)
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import blobs, entries, states
from pwa.domain.desk import cases, quarantine, retelling
from pwa.domain.people import devices, roles
from pwa.domain.register import register

ROLES = roles.may("erase")
GROUNDS = {
    "unnecessary": N_("No longer needed for what it was collected for (s.33 (1))"),
    "withdrawn": N_("Consent was taken back (s.33 (2))"),
    "objected": N_("The person objects, and no claim obliges the fund to keep it (s.33 (3))"),
    "unlawful": N_("It should not have been collected (s.33 (4))"),
}
UNDECIDED = ("received", "quarantined")
SCRUBBED = (EntryKey, Household, Person, Likeness, NamePart, Bearer, Fact, HealthFact, Application, WaitingKey)
"""The tables whose rows go, or lose what they said."""


def get(entry_id, *, seen_by, sha256=""):
    """An entry that this registrar or admin may see; `sha256` names one of several lines with the same id."""
    query = Entry.select().where(Entry.entry_id == entry_id).where(cases.visible(seen_by, *ROLES))
    entry = (query.where(Entry.sha256 == sha256) if sha256 else query).order_by(Entry.id).first()
    if entry is None:
        raise NotFound
    return entry


def of(entry):
    """The Erasure of an entry, or None."""
    return Erasure.get_or_none(Erasure.entry == entry)


def erase(entry, *, by, at, reason, legal_ground):
    """Delete the entry's key, its photos and its values in the register, and keep who did so, why and on what ground."""
    reason = quarantine.said_why(reason)
    if legal_ground not in GROUNDS:
        raise Refusal(N_("Choose the legal ground."), field="legal_ground")
    with care.scrubbing(*SCRUBBED), database.atomic():
        erasure = of(entry) or _erased(entry, by=by, at=at, reason=reason, legal_ground=legal_ground)
    for (sha256,) in ErasedBlob.select(ErasedBlob.blob).where(ErasedBlob.erasure == erasure).tuples():
        blobs.erase(sha256)
    return erasure


def _erased(entry, *, by, at, reason, legal_ground):
    """The Erasure of an entry; the line that it was retold from says the same, and goes with it."""
    _must_be_erasable(entry, by)
    same = [row for row in (entry, retelling.source(entry)) if row is not None and of(row) is None]
    photos = _own_photos(entry, same)
    kept = {"account": by.id, "at": at, "reason": reason, "legal_ground": legal_ground}
    erasure, *_ = [Erasure.create(entry=row, **kept) for row in same]
    for model in (EntryKey, WaitingKey):
        model.delete().where(model.entry.in_(same)).execute()
    for sha256 in photos:
        ErasedBlob.create(blob=sha256, erasure=erasure)
    _take_out_of_register(entry)
    return erasure


def _must_be_erasable(entry, by):
    why_not = quarantine.objection(entry, by)
    if why_not:
        raise Refusal(why_not)
    if states.of(entry) in UNDECIDED:
        raise Refusal(N_("This entry still waits. Reject it, return it or put it aside first, then erase it."))
    made = retelling.made_of(entry)
    if made is not None:
        raise Refusal(N_("It counts as entry %(number)s. Erase that one, and this goes with it."), number=made.number)
    earlier = _earlier_approved(entry)
    if earlier is not None:
        raise Refusal(
            N_("Entry %(number)s about this household was approved before. Erase that one first."),
            number=earlier.number,
        )


def _earlier_approved(entry):
    """The first approved entry of the same household, older than this approved one, that still says something."""
    mine = Approval.get_or_none(Approval.entry == entry, states.standing(Approval))
    if mine is None:
        return None
    subject = entries.opening(entry).subject
    query = Entry.select().join(Approval).switch(Entry).join(Opening).switch(Entry).join(EntryKey)
    older = (Approval.version < mine.version) | ((Approval.version == mine.version) & (Approval.id < mine.id))
    query = query.where(Opening.subject == subject, older, states.standing(Approval))
    return query.order_by(Approval.version, Approval.id).first()


def _own_photos(entry, same):
    """Hashes of the stored photos that this entry names and no other one of those that could show them."""
    named = _named(entry)
    if named:
        others = Entry.select().join(Opening).switch(Entry).join(EntryKey)
        able = Entry.author.in_([row.author for row in same]) | (Entry.device == devices.DESK)
        for other in others.where(able, Entry.id.not_in(same)):
            named -= _named(other)
    gone = ErasedBlob.select(ErasedBlob.blob)
    query = StoredBlob.select(StoredBlob.sha256).where(StoredBlob.sha256.in_(named), StoredBlob.sha256.not_in(gone))
    return [sha256 for (sha256,) in query.tuples()]


def _named(entry):
    if entries.opening(entry) is None:
        return set()
    return {blob["sha256"] for blob in entries.plaintext(entry).get("blobs") or []}


def _take_out_of_register(entry):
    """Project the household anew without the entry; refuses when a member would be lost by it."""
    if not Approval.select().where(Approval.entry == entry).exists():
        return
    subject = entries.opening(entry).subject
    home = Person.select(Person.id).where(Person.household == subject)
    joined = Membership.select(Membership.person).where(Membership.person.in_(home), states.standing(Membership))
    members = {person for (person,) in joined.tuples()}
    register.apply(subject)
    if members - {person for (person,) in home.tuples()}:
        raise Refusal(
            N_("A member of the fund stands in this entry. Their record stays while the fund owes them welfare.")
        )
