"""How much a phone may send: limits that delay, and never lose. Generous for field work, narrow for who has no business here."""

from datetime import timedelta
from threading import Lock

from peewee import fn

from db.models import DeviceUse, Entry, RoleGrant
from db.statements import Prepared
from pwa.domain.field import blobs, devices, intake
from pwa.domain.field.judgement import FIELD_ROLES
from pwa.domain.places import grants

LINES_A_MINUTE = 5_000
REQUESTS_A_MINUTE = 3_000
REPLAYS_A_SECOND = 100
STRANGER_LINES_A_DAY = 50
REVOKED_LINES_A_DAY = 200
REVOKED_BYTES_A_DAY = 20 * 1000 * 1000
DAY = timedelta(days=1)


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

_people = Prepared(
    lambda device: (
        grants.living(DeviceUse.id)
        .join(DeviceUse, on=(RoleGrant.account == DeviceUse.account))
        .where(DeviceUse.device == device, RoleGrant.role.in_(FIELD_ROLES))
        .limit(1)
    )
)
"""Whether anybody with a recording role uses this phone."""


def seconds_to_wait(device, arrived, *, at):
    """0 when this phone may send these envelopes now, else the seconds to wait. What is in custody already passes all the same."""
    wait = _wait_for_new(device, len(arrived), at)
    if wait and _are_replays(arrived) and replays.allows(device, len(arrived), at):
        return 0
    return wait


def blob_seconds_to_wait(device, size, *, at):
    """0 when this phone may put a blob of this size today."""
    if not requests.allows(device, 1, at):
        return requests.ends_in(at)
    most = REVOKED_BYTES_A_DAY if devices.is_revoked(device) else blobs.MOST_A_DAY
    return 3600 if blobs.sent_since(device, at - DAY) + size > most else 0


def _wait_for_new(device, count, at):
    if not requests.allows(device, 1, at) or not lines.allows(device, count, at):
        return lines.ends_in(at)
    if not count or _people(device):
        most, size = (REVOKED_LINES_A_DAY, REVOKED_BYTES_A_DAY) if devices.is_revoked(device) else (None, None)
    else:
        most, size = STRANGER_LINES_A_DAY, None
    return 3600 if most and _over(device, count, most, size, at) else 0


def _are_replays(arrived):
    return bool(arrived) and {one.sha256 for one in arrived} <= intake.in_custody(arrived)


def _over(device, count, most, size, at):
    """Whether a day's share is used up; the first batch of a day always passes, or a large one would wait for ever."""
    since = (Entry.sender == device) & (Entry.received_at > at - DAY)
    sent, sent_bytes = (
        Entry.select(fn.COUNT(Entry.id), fn.SUM(fn.LENGTH(Entry.line))).where(since).scalar(as_tuple=True)
    )
    return bool(sent and sent + count > most) or bool(size and (sent_bytes or 0) > size)
