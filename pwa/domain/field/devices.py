"""Phones: the upload-only token that says which phone sends, and the right to send being taken away without losing a line."""

import hashlib
import hmac
import uuid
from datetime import timedelta

from db.models import Device, DeviceRevocation
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.field import keys

LIFETIME = timedelta(days=180)
CONTACT = timedelta(minutes=1)


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


def meet(device_id, *, at, agent=""):
    """The device's row; a restored server learns here of a phone that it has no row for."""
    device, is_new = Device.get_or_create(
        id=device_id, defaults={"created_at": at, "contact_at": at, "agent": agent[:200]}
    )
    if not is_new and (device.contact_at is None or at - device.contact_at > CONTACT):
        Device.update(contact_at=at).where(Device.id == device_id).execute()
    return device


def is_revoked(device_id):
    return DeviceRevocation.select().where(DeviceRevocation.device == device_id).exists()


def revoke(device_id, *, by, at, reason):
    """Take a phone's right to send. Its later lines are still heard, and quarantined."""
    if not reason.strip():
        raise Refusal(N_("Write why this phone is revoked."), field="reason")
    device = Device.get_or_none(Device.id == device_id)
    if device is None:
        raise NotFound
    return DeviceRevocation.get_or_create(
        device=device, defaults={"account": by.id, "at": at, "reason": reason.strip()}
    )[0]


def _signature(text):
    return hmac.new(keys.ring.secret, b"device|" + text.encode(), hashlib.sha256).hexdigest()
