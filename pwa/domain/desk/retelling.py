"""Letting a line in as something else than it claims: recorded by another, about another place, or under a number of its own.

What came is never changed. The desk writes a line of its own that says the same with the right name, place or number; it is sealed,
receipted and chained like any other, names the officer as who brought it in, and takes the place of the one that came.
"""

import uuid

from db.models import Acceptance, Account, DeviceUse, Entry, Replacement, RoleGrant, Unit
from pwa.domain import N_, Refusal
from pwa.domain.custody import desk_lines, entries
from pwa.domain.custody.judgement import FIELD_ROLES
from pwa.domain.desk import cases, reasons
from pwa.domain.people.devices import DESK
from pwa.domain.places import grants, units
from pwa.domain.review import deciders


def asks(entry, opening):
    """What an officer may decide otherwise about a line: some of author, place and number."""
    asked = reasons.ALL[entry.reason].asks if entry.reason in reasons.ALL else frozenset()
    if opening is None:
        return frozenset()
    return asked if Unit.select().where(Unit.code == opening.place).exists() else asked | {"place"}


def authors(entry, by):
    """Who may have recorded it: whoever used that phone, then who records where this officer looks after things; never the officer."""
    used = DeviceUse.select(DeviceUse.account).where(DeviceUse.device == entry.device)
    near = units.within(by, *cases.ROLES)
    recorders = grants.living(RoleGrant.account).where(RoleGrant.role.in_(FIELD_ROLES), RoleGrant.unit.in_(near))
    known = {account for (account,) in used.tuples()}
    who = Account.id.in_(used) | Account.id.in_(recorders) | (Account.id == entry.author)
    found = Account.select().where(who, Account.id != by.id).order_by(Account.name, Account.id)
    return sorted(found, key=lambda account: (account.id != entry.author, account.id not in known))


def places(entry, by):
    """Communities that the officer or the recorder looks after, in name order."""
    author = Account.get_or_none(Account.id == entry.author)
    near = {unit.id: unit for unit in units.communities(by, *cases.ROLES)}
    theirs = {unit.id: unit for unit in units.communities(author, *FIELD_ROLES)} if author else {}
    return sorted((near | theirs).values(), key=lambda unit: (unit.name, unit.id))


def claim(entry, opening, *, author, place, by):
    """(author, place) as the officer decides: account id and unit code, as sent where nothing else was said. Refuses others."""
    asked = asks(entry, opening)
    who, where = author or str(entry.author), place or opening.place
    if who == str(by.id):
        raise Refusal(deciders.OWN_WORK)
    if who != str(entry.author) and (
        "author" not in asked or who not in {str(account.id) for account in authors(entry, by)}
    ):
        raise Refusal(N_("Choose somebody of this list."), field="author")
    if where != opening.place and ("place" not in asked or where not in {unit.code for unit in places(entry, by)}):
        raise Refusal(N_("Choose a community of this list."), field="place")
    return (uuid.UUID(who) if author else entry.author), where


def is_other(entry, opening, author, place):
    """Whether the line must be written anew to be let in like this."""
    return (author, place) != (entry.author, opening.place) or "number" in asks(entry, opening)


def retell(entry, *, author, place, by, at, reason):
    """Write the desk's own line of what this one says, let it in, and put it in its place; returns its row."""
    content = entries.plaintext(entry) | {"place": place}
    if entry.reason == "conflict":
        content["replaces"] = content.get("replaces") or _earlier(entry, content, author)
    made = desk_lines.write(content, author=author, sender=entry.device, at=at, imported_by=by.id)
    if made.outcome == "quarantined":
        Acceptance.create(entry=made, account=by.id, at=at, reason=reason)
        entries.settle(made, at=at)
    Replacement.create(entry=made, replaced=entry, at=at)
    return made


def made_of(entry):
    """The desk's line that stands for this one, or None."""
    query = Entry.select().join(Replacement, on=(Replacement.entry == Entry.id))
    return query.where(Replacement.replaced == entry, Entry.device == DESK).first()


def source(entry):
    """The line that came, for one that the desk wrote; otherwise None."""
    if entry.device != DESK:
        return None
    query = Entry.select(*entries.FACTS).join(Replacement, on=(Replacement.replaced == Entry.id))
    return query.where(Replacement.entry == entry, Entry.outcome == "quarantined").order_by(Entry.id.desc()).first()


def sealer(entry):
    """Under whose name the pictures of an entry were sealed: the desk's line keeps those of the one that came."""
    came = source(entry)
    return came.author if came else entry.author


def _earlier(entry, content, author):
    """The id of the entry whose number this one took, where both are the same person's word about the same thing."""
    first = entries.find(entry.entry_id)
    opening = entries.opening(first)
    same = opening is not None and (str(opening.subject), opening.kind) == (content["subject"], content["kind"])
    return str(first.entry_id) if same and first.author == author and first.id != entry.id else None
