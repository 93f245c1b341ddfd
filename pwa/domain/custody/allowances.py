"""How much a phone may send: limits that delay, and never lose. Generous for field work, narrow for who has no business here.

A phone is all its numbers: a further number brings no further allowance (protocol, "Numbers and allowances").
"""

import shutil
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from peewee import JOIN, fn

from db.models import Device, DeviceRevocation, DeviceUse, Entry, RoleGrant
from db.statements import Prepared
from pwa.domain.crypto import keyring
from pwa.domain.custody import blobs, intake
from pwa.domain.custody.judgement import RECORDING_ROLES
from pwa.domain.people import devices
from pwa.domain.places import grants

LINES_A_MINUTE = 5_000
REQUESTS_A_MINUTE = 3_000
REPLAYS_A_SECOND = 100
STRANGER_LINES_A_DAY = 50
REVOKED_LINES_A_DAY = 200
REVOKED_BYTES_A_DAY = 20 * 1000 * 1000
DAY = timedelta(days=1)
KEPT_FREE = 300 * 1000 * 1000
"""Bytes of the disk that only what people with a recording role send may use."""


class NoRoom(Exception):
    """The rest of the disk is kept for people with a recording role."""


class Window:
    """Counts per key in fixed windows of some seconds, in the memory of this process."""

    def __init__(self, seconds, most):
        self._seconds, self._most = seconds, most
        self._counts, self._lock = {}, Lock()

    def allows(self, key, amount, at):
        """Count an amount; False when the key is over its limit in this window. One single amount always passes."""
        slot = int(at.timestamp()) // self._seconds
        with self._lock:
            if len(self._counts) > 10_000:
                self._counts = {k: v for k, v in self._counts.items() if v[0] == slot}
            start, used = self._counts.get(key, (slot, 0))
            used = used if start == slot else 0
            if used and used + amount > self._most:
                return False
            self._counts[key] = (slot, used + amount)
            return True

    def ends_in(self, at):
        """Whole seconds until the next window opens."""
        return self._seconds - int(at.timestamp()) % self._seconds


requests = Window(60, REQUESTS_A_MINUTE)
lines = Window(60, LINES_A_MINUTE)
replays = Window(1, REPLAYS_A_SECOND)


def _of_people(lineage):
    """The query of grants of a recording role that anybody who uses this phone holds. The role is asked as an expression: by the bare
    column SQLite would begin with everybody who holds such a role."""
    number, role = Device.alias(), fn.COALESCE(RoleGrant.role, RoleGrant.role)
    on_it = DeviceUse.select(DeviceUse.account).join(number).where(number.first == lineage)
    return grants.living(RoleGrant.id).where(RoleGrant.account.in_(on_it), role.in_(RECORDING_ROLES)).limit(1)


_sender = Prepared(
    lambda device: (
        Device.select(Device.first, DeviceRevocation.id, _of_people(Device.first))
        .join(DeviceRevocation, JOIN.LEFT_OUTER)
        .where(Device.id == device)
    )
)


@dataclass(frozen=True)
class Sender:
    """A phone that asks to send: its first number, and whether anybody with a recording role uses it."""

    first: uuid.UUID
    is_revoked: bool = False
    is_trusted: bool = False


def sender(device):
    """The Sender under this number; of one that is not known here, nothing but the number."""
    return next(
        (
            Sender(Device.first.python_value(first) or device, revocation is not None, use is not None)
            for first, revocation, use in _sender(device)
        ),
        Sender(device),
    )


def seconds_to_wait(device, arrived, *, at):
    """0 when this phone may send these envelopes now, else the seconds to wait. What is in custody already passes all the same.

    Raises NoRoom.
    """
    phone = sender(device)
    wait, is_short = _wait_for_new(phone, arrived, at), bool(arrived) and _is_short(phone.is_trusted)
    if (wait or is_short) and _are_replays(arrived) and replays.allows(phone.first, len(arrived), at):
        return 0
    if is_short:
        raise NoRoom
    return wait


def blob_seconds_to_wait(device, size, *, at):
    """0 when this phone may put a blob of this size today. Raises NoRoom."""
    phone = sender(device)
    if not requests.allows(phone.first, 1, at):
        return requests.ends_in(at)
    keep_room(is_trusted=phone.is_trusted)
    most = REVOKED_BYTES_A_DAY if phone.is_revoked else blobs.MOST_A_DAY
    numbers = devices.members(phone.first) | (set() if phone.is_trusted else _shared(phone.first))
    return 3600 if blobs.sent_between(numbers, at - DAY, at) + size > most else 0


def keep_room_beside(account):
    """The same for what somebody brings in at a desk."""
    role = grants.living(RoleGrant.id).where(RoleGrant.account == account, RoleGrant.role.in_(RECORDING_ROLES))
    keep_room(is_trusted=role.exists())


def keep_room(*, is_trusted=False):
    """Refuse with NoRoom what comes from nobody with a recording role when the disk is nearly full."""
    if _is_short(is_trusted):
        raise NoRoom


def _is_short(is_trusted):
    return not is_trusted and shutil.disk_usage(keyring.ring.folder).free < KEPT_FREE


def _wait_for_new(phone, arrived, at):
    count = len(arrived)
    if not requests.allows(phone.first, 1, at) or not lines.allows(phone.first, count, at):
        return lines.ends_in(at)
    if not count:
        return 0
    if phone.is_revoked:
        numbers = devices.members(phone.first)
        return 3600 if _over(numbers, count, REVOKED_LINES_A_DAY, REVOKED_BYTES_A_DAY, at) else 0
    if phone.is_trusted:
        return 0
    return 3600 if any(_is_over(first, many, at) for first, many in _shares(phone, arrived)) else 0


def _shares(phone, arrived):
    """(a first number, how many lines): all of them for who sends; and for each other phone that they name as their signer what it
    signed, or two without a recording role would send without end, each the other's."""
    yield phone.first, len(arrived)
    for device, count in Counter(one.device for one in arrived if one.signature).items():
        signer = sender(device)
        if signer.first != phone.first and not signer.is_trusted:
            yield signer.first, count


def _is_over(first, count, at):
    """Whether so many lines more are beyond the day's share of a phone that nobody with a recording role uses."""
    return _over(devices.members(first) | _shared(first), count, STRANGER_LINES_A_DAY, None, at)


def _shared(phone):
    """The numbers of the other browsers of the accounts on this one: without a recording role they share one allowance."""
    on_it = DeviceUse.select(DeviceUse.account).join(Device).where(Device.first == phone)
    return {row.device_id for row in DeviceUse.select(DeviceUse.device).where(DeviceUse.account.in_(on_it))}


def _are_replays(arrived):
    return bool(arrived) and {one.sha256 for one in arrived} <= intake.in_custody(arrived)


def _over(numbers, count, most, size, at):
    """Whether a day's share is used up; the first batch of a day always passes, or a large one would wait for ever.

    A carried line counts for the number that signed it, every other one for who sent it.
    """
    signed = (Entry.transport == "carried") & (fn.COALESCE(Entry.signing, "") == "good")
    theirs = (Entry.sender.in_(numbers) & ~signed) | (Entry.device.in_(numbers) & signed)
    query = Entry.select(fn.COUNT(Entry.id), fn.SUM(fn.LENGTH(Entry.line)))
    sent, sent_bytes = query.where(theirs, Entry.received_at > at - DAY, Entry.received_at <= at).scalar(as_tuple=True)
    return bool(sent and sent + count > most) or bool(size and (sent_bytes or 0) > size)
