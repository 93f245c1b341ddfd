"""What a number says of itself: the key that it signs with, and the last line that counts once its phone has left it."""

from dataclasses import dataclass

from peewee import Select, fn

from db.memory import Memory
from db.models import DeviceKey, DeviceLeaving, DeviceRevocation
from db.statements import Prepared

_key = Prepared(
    lambda device: DeviceKey.select(DeviceKey.public_key, DeviceKey.from_seq, DeviceKey.at).where(
        DeviceKey.device == device
    )
)
_standing = Prepared(
    lambda device, same, again: Select(
        columns=(
            DeviceRevocation.select(DeviceRevocation.id).where(DeviceRevocation.device == device),
            DeviceLeaving.select(fn.COUNT(DeviceLeaving.id)).where(DeviceLeaving.device == same),
            DeviceLeaving.select(fn.MAX(DeviceLeaving.seq)).where(DeviceLeaving.device == again),
        )
    )
)
_keys = Memory()
"""A number never has another key than its first."""


@dataclass(frozen=True)
class Standing:
    """Whether a number may send no more, whether its phone went on under another, and the last line that counts then (None: it
    could not say)."""

    is_revoked: bool = False
    is_left: bool = False
    last: int | None = None


def key_of(device_id):
    """(public key, from_seq, registered at) of a number, or None."""
    known = _keys()
    if device_id not in known:
        rows = _key(device_id)
        if not rows:
            return None
        known[device_id] = (*rows[0][:2], DeviceKey.at.python_value(rows[0][2]))
    return known[device_id]


def keys_of(device_ids):
    """{number: public key} of those that have one."""
    known = ((number, key_of(number)) for number in device_ids)
    return {number: key[0] for number, key in known if key}


def standing(device_id):
    """The Standing of a number as it is now."""
    [(revocation, times, seq)] = _standing(device_id, device_id, device_id)
    return Standing(revocation is not None, bool(times), seq)
