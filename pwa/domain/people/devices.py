"""Phones and their numbers: which lineage a number belongs to, and the right to send being taken away without losing a line."""

import uuid
from datetime import timedelta

from peewee import JOIN

from db import database
from db.models import (
    Account,
    Device,
    DeviceKey,
    DeviceRevocation,
    DeviceUse,
    Entry,
    Opening,
    Session,
    Unit,
)
from db.statements import Prepared
from pwa.domain import N_, NotFound
from pwa.domain.crypto import signatures
from pwa.domain.people import roles, sessions, tokens
from pwa.domain.places import units
from pwa.domain.text import wording

CONTACT = timedelta(minutes=1)
DESK = uuid.uuid5(uuid.NAMESPACE_URL, "ombun/desk")
"""The chain of the lines that the quarantine desk writes. No phone has this number, and nobody signs in on it."""

_contact = Prepared(
    lambda device: Device.select(Device.contact_at, Device.waiting, Device.waiting_at).where(Device.id == device)
)
_heard = Prepared(lambda at, device: Device.update(contact_at=at).where(Device.id == device))
_said = Prepared(lambda waiting, at, device: Device.update(waiting=waiting, waiting_at=at).where(Device.id == device))
_revoked = Prepared(
    lambda device: DeviceRevocation.select(DeviceRevocation.id).where(DeviceRevocation.device == device)
)
_named = Prepared(
    lambda device: (
        Device.select(Device.first, DeviceKey.public_key, DeviceKey.from_seq)
        .join(DeviceKey, JOIN.LEFT_OUTER)
        .where(Device.id == device)
    )
)
_lineage = Prepared(lambda device: Device.select(Device.first).where(Device.id == device)).value
_members = Prepared(lambda first: Device.select(Device.id).where(Device.first == first))


def register(*, at, agent="", device_id=None, parent=None):
    """Give a phone its number: each call is a new phone or, with a parent (a Device), a further number of one."""
    number = device_id or uuid.uuid4()
    lineage = {"parent": parent.id, "first": parent.first} if parent else {"first": number}
    return Device.create(id=number, created_at=at, contact_at=at, agent=agent[:200], **lineage)


def claims(device_id, *, shown=None):
    """tokens.Claims of a number: what is known of it here, else what the cookie `shown` says of it."""
    said = shown if shown and shown.device == device_id else tokens.Claims(device_id)
    if said.first and said.key:
        return said
    rows = _named(device_id)
    first, public_key, from_seq = rows[0] if rows else (None, None, 0)
    first = Device.first.python_value(first) if first else said.first
    if public_key:
        return tokens.Claims(device_id, first, signatures.fingerprint(public_key), from_seq)
    return tokens.Claims(device_id, first, said.key, said.from_seq)


def token(device_id, *, at, shown=None):
    """The text of the cookie that tells this number (protocol, "The phone"); it authorises uploads only."""
    return tokens.write(claims(device_id, shown=shown), at=at)


def meet(device_id, *, at, agent="", waiting=None, first=None):
    """Note that a phone was heard of, and how many lines it says it still holds; each is written once a minute, or when it changed.

    A restored server learns here of a number that it has no row for; `first` is the lineage that its cookie names.
    """
    said = {} if waiting is None else {"waiting": waiting, "waiting_at": at}
    rows = _contact(device_id)
    if not rows:
        _learn(device_id, first, {"created_at": at, "contact_at": at, "agent": agent[:200], **said})
        return
    contact_at, held, held_at = rows[0]
    now = Device.contact_at.db_value(at)
    if _is_old(contact_at, at):
        _heard.run(now, device_id)
    if said and (held != waiting or _is_old(held_at, at)):
        _said.run(waiting, now, device_id)


def hear_of(device_ids, *, at):
    """Give phones that were never met a row: a file with their lines came without them, or the server was restored to before."""
    known = {device for (device,) in Device.select(Device.id).where(Device.id.in_(list(device_ids))).tuples()}
    for device in device_ids - known - {DESK}:
        Device.create(id=device, first=device, created_at=at)


def lineage(device_id):
    """The first number of this phone; the number itself when nothing is known of it."""
    first = _lineage(device_id)
    return Device.first.python_value(first) if first else device_id


def members(device_id):
    """Every number of this phone, itself among them."""
    return {Device.id.python_value(number) for (number,) in _members(lineage(device_id))} | {device_id}


def is_revoked(device_id):
    return bool(_revoked(device_id))


def revoke(device_id, *, by, at, reason):
    """Take a phone's right to send under any of its numbers, and sign out whoever is on it. Its later lines are still heard, and
    quarantined."""
    reason = wording.said(reason, asked=N_("Write why this phone is revoked."))
    device = Device.get_or_none(Device.id == device_id)
    if device is None:
        raise NotFound
    taken = {"account": by.id, "at": at, "reason": reason}
    with database.atomic():
        for number in members(device_id):
            sessions.end_on(number, by=by, at=at, reason=reason)
            DeviceRevocation.get_or_create(device=number, defaults=taken)
        return DeviceRevocation.get(DeviceRevocation.device == device)


def inherit(device):
    """What was decided about the other numbers of a phone holds for this one too."""
    others = DeviceRevocation.select().join(Device).where(Device.first == device.first, Device.id != device.id)
    known = others.order_by(DeviceRevocation.id).first()
    if known is not None:
        taken = {"account": known.account, "at": known.at, "reason": known.reason}
        DeviceRevocation.get_or_create(device=device, defaults=taken)


def listed(*, seen_by):
    """The phones that an administrator or zone leader looks after, last heard of first, at most 200; each with `revoked_at`."""
    return list(
        Device.select(Device, DeviceRevocation.at.alias("revoked_at"))
        .join(DeviceRevocation, JOIN.LEFT_OUTER)
        .where(_looked_after(seen_by))
        .order_by(Device.contact_at.desc(), Device.id)
        .limit(200)
        .objects()
    )


def get(device_id, *, seen_by):
    """One phone that they look after."""
    device = Device.get_or_none((Device.id == device_id) & _looked_after(seen_by))
    if device is None:
        raise NotFound
    return device


def has(device_id, *, seen_by):
    """Whether this is a phone that they look after."""
    return Device.select().where(Device.id == device_id, _looked_after(seen_by)).exists()


def users(device_ids):
    """{device: the accounts that have signed in on it, in that order}."""
    found = {}
    query = DeviceUse.select(DeviceUse, Account).join(Account).where(DeviceUse.device.in_(list(device_ids)))
    for use in query.order_by(DeviceUse.at, DeviceUse.id):
        found.setdefault(use.device_id, []).append(use.account)
    return found


def known_on(device_ids):
    """{number: ids of the accounts that have had a session on that phone, under whichever of its numbers}."""
    found = {}
    for number, account in _known.rows(list(device_ids)):
        found.setdefault(number, set()).add(account)
    return found


def _known_on(numbers):
    named, use = Device.alias(), DeviceUse
    query = use.select(named.id, use.account).join(Device).join(named, on=(named.first == Device.first))
    return query.where(named.id.in_(numbers)).tuples()


_known = Prepared(_known_on)


def is_genuine():
    """Condition on Entry: the number that it names signed it or brought it, or somebody vouched for it; or the desk wrote it.

    Whatever asks by number counts only these: anybody can write a number into a line.
    """
    brought = Entry.sender.is_null(False) & (Entry.sender == Entry.device)
    return (Entry.transport != "unproved") | (Entry.signing == "good") | brought | (Entry.device == DESK)


def revocation(device):
    """(the revocation, who revoked it), or None."""
    found = DeviceRevocation.get_or_none(DeviceRevocation.device == device)
    return found and (found, Account.get_or_none(Account.id == found.account))


def _looked_after(by):
    """Phones of the accounts of an administrator's units, and phones that recorded in the units of either role: all their numbers."""
    people = Account.select(Account.id).where(Account.unit.in_(units.within(by, "admin")))
    codes = Unit.select(Unit.code).where(Unit.id.in_(units.within(by, *roles.may("see-phones"))))
    used = Session.select(Session.device).where(Session.account.in_(people))
    recorded = Entry.select(Entry.device).join(Opening).where(Opening.place.in_(codes), is_genuine())
    known = Device.alias()
    return Device.first.in_(known.select(known.first).where(known.id.in_(used) | known.id.in_(recorded)))


def _learn(device_id, first, facts):
    lineage = known.first if (known := Device.get_or_none(Device.id == first)) else first
    device, is_new = Device.get_or_create(id=device_id, defaults={**facts, "first": lineage or device_id})
    if is_new:
        inherit(device)


def _is_old(noted_at, at):
    """Whether a noted instant, as stored, is more than a minute ago; also where none was noted."""
    return noted_at is None or at - Device.contact_at.python_value(noted_at) > CONTACT
