"""Phones: the upload-only token that says which phone sends, and the right to send being taken away without losing a line."""

import hashlib
import hmac
import uuid
from datetime import timedelta

from peewee import JOIN, fn

from db import database
from db.models import Account, Device, DeviceRevocation, DeviceUse, Entry, Opening, Passkey, Seat, Session, Unit
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.field import keys
from pwa.domain.people import sessions
from pwa.domain.places import units

LIFETIME = timedelta(days=180)
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


def register(*, at, agent="", device_id=None):
    """Give a phone its number: each call is a new phone, or a new database on one."""
    return Device.create(id=device_id or uuid.uuid4(), created_at=at, contact_at=at, agent=agent[:200])


def token(device_id, *, at):
    """A signed, dated token naming the device (protocol, "The phone"); it authorises uploads only."""
    text = f"{device_id}.{int(at.timestamp())}"
    return f"{text}.{_signature(text)}"


def read_token(text, *, at):
    """The device's uuid, or None when the token is forged, malformed or older than 180 days."""
    head, _, signature = (text or "").rpartition(".")
    device_id, _, issued = head.partition(".")
    if not hmac.compare_digest(_signature(head), signature) or not issued.isdigit():
        return None
    age = at.timestamp() - int(issued)
    return uuid.UUID(device_id) if age <= LIFETIME.total_seconds() else None


def meet(device_id, *, at, agent="", waiting=None):
    """Note that a phone was heard of, and how many lines it says it still holds; each is written once a minute, or when it changed.

    A restored server learns here of a phone that it has no row for.
    """
    said = {} if waiting is None else {"waiting": waiting, "waiting_at": at}
    rows = _contact(device_id)
    if not rows:
        new = {"created_at": at, "contact_at": at, "agent": agent[:200], **said}
        Device.get_or_create(id=device_id, defaults=new)
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
        Device.create(id=device, created_at=at)


def renumber(old_id, *, account, at, agent=""):
    """A browser whose outbox is new gets another number. What was known of the phone moves along: whose it is, its sessions and
    passkeys, and that it is revoked."""
    with database.atomic():
        device = register(at=at, agent=agent)
        if account is not None:
            sessions.use(account, device, at=at)
        if old_id is not None:
            meet(old_id, at=at, agent=agent)
            old = Device.get_by_id(old_id)
            if account is None:
                sessions.hand_over(old, device, at=at)
            Session.update(device=device).where(Session.device == old).execute()
            Passkey.update(device=device).where(Passkey.device == old).execute()
            for known in DeviceRevocation.select().where(DeviceRevocation.device == old):
                DeviceRevocation.create(device=device, account=known.account, at=known.at, reason=known.reason)
    return device


def is_revoked(device_id):
    return bool(_revoked(device_id))


def revoke(device_id, *, by, at, reason):
    """Take a phone's right to send, and sign out whoever is on it. Its later lines are still heard, and quarantined."""
    if not reason.strip():
        raise Refusal(N_("Write why this phone is revoked."), field="reason")
    device = Device.get_or_none(Device.id == device_id)
    if device is None:
        raise NotFound
    with database.atomic():
        sessions.end_on(device, by=by, at=at, reason=reason.strip())
        return DeviceRevocation.get_or_create(
            device=device, defaults={"account": by.id, "at": at, "reason": reason.strip()}
        )[0]


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


def arrived(device_ids):
    """{device: (highest number that arrived, how many arrived)}: the two differ where numbers are missing."""
    query = (
        Seat.select(Seat.device, fn.MAX(Seat.seq), fn.COUNT(Seat.id))
        .where(Seat.device.in_(list(device_ids)))
        .group_by(Seat.device)
    )
    return {device: (highest, count) for device, highest, count in query.tuples()}


def users(device_ids):
    """{device: the accounts that have signed in on it, in that order}."""
    found = {}
    query = DeviceUse.select(DeviceUse, Account).join(Account).where(DeviceUse.device.in_(list(device_ids)))
    for use in query.order_by(DeviceUse.at, DeviceUse.id):
        found.setdefault(use.device_id, []).append(use.account)
    return found


def revocation(device):
    """(the revocation, who revoked it), or None."""
    found = DeviceRevocation.get_or_none(DeviceRevocation.device == device)
    return found and (found, Account.get_or_none(Account.id == found.account))


def _looked_after(by):
    """Phones of the accounts of an administrator's units, and phones that recorded in the units of either role."""
    people = Account.select(Account.id).where(Account.unit.in_(units.within(by, "admin")))
    codes = Unit.select(Unit.code).where(Unit.id.in_(units.within(by, "admin", "zone_leader")))
    used = Session.select(Session.device).where(Session.account.in_(people))
    recorded = Entry.select(Entry.device).join(Opening).where(Opening.place.in_(codes))
    return Device.id.in_(used) | Device.id.in_(recorded)


def _is_old(noted_at, at):
    """Whether a noted instant, as stored, is more than a minute ago; also where none was noted."""
    return noted_at is None or at - Device.contact_at.python_value(noted_at) > CONTACT


def _signature(text):
    return hmac.new(keys.ring.secret, b"device|" + text.encode(), hashlib.sha256).hexdigest()
