"""What a number says of itself: the key that it signs with, and the last line that counts once its phone has left it."""

from peewee import fn

from db.models import DeviceKey, DeviceLeaving
from db.statements import Prepared

_key = Prepared(
    lambda device: DeviceKey.select(DeviceKey.public_key, DeviceKey.from_seq, DeviceKey.at).where(
        DeviceKey.device == device
    )
)
_left = Prepared(
    lambda device: DeviceLeaving.select(fn.COUNT(DeviceLeaving.id), fn.MAX(DeviceLeaving.seq)).where(
        DeviceLeaving.device == device
    )
)


def key_of(device_id):
    """(public key, from_seq, registered at) of a number, or None."""
    rows = _key(device_id)
    return (*rows[0][:2], DeviceKey.at.python_value(rows[0][2])) if rows else None


def keys_of(device_ids):
    """{number: public key} of those that have one."""
    known = ((number, key_of(number)) for number in device_ids)
    return {number: key[0] for number, key in known if key}


def left(device_id):
    """(whether its phone went on under another number, the last line that counts then or None when the phone could not say)."""
    [(times, seq)] = _left(device_id)
    return bool(times), seq
