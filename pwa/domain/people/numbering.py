"""A phone gets a number, goes on under another, and says with which key it signs (protocol, "Numbers and allowances").

Each number keeps the one before as its parent, so that what was decided about a phone follows it through all of them.
"""

from datetime import timedelta

from peewee import fn

from db import database
from db.models import Device, DeviceKey, DeviceLeaving, DeviceUse, Entry, Passkey, Seat, Session
from pwa.domain.crypto import signatures
from pwa.domain.people import devices, sessions, signing

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 6
MOST_ARRIVING = 30
"""So many browsers without a good cookie may get a number from one account in an hour."""


class TooMany(Exception):
    """This phone, or this account, has had all the numbers that it may have in an hour; `seconds` until the next one."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


class OtherKey(Exception):
    """The number signs with another key already; who lost that key takes another number."""


def arrive(account, *, at, agent=""):
    """The number of a browser that shows no good cookie, at sign-in. Raises TooMany."""
    lately = (
        Device.select(Device.created_at).join(DeviceUse).where(DeviceUse.account == account, Device.parent.is_null())
    )
    _refuse_haste(lately, MOST_ARRIVING, at)
    return devices.register(at=at, agent=agent)


def renumber(shown, *, account, at, agent="", public_key=None, leaves=None):
    """Give a phone its next number; `shown` are the tokens.Claims of the one before (None: it shows no cookie, but somebody signed in).

    `leaves` is (device, seq), the last line sealed under a number that it leaves. Raises TooMany, and signatures.BadKey.
    """
    signs = public_key and signatures.checked(public_key)
    with database.atomic():
        parent = shown and _known(shown, at=at, agent=agent)
        if parent:
            lately = Device.select(Device.created_at).where(Device.first == parent.first, Device.parent.is_null(False))
            _refuse_haste(lately, MOST_AN_HOUR, at)
            device = devices.register(at=at, agent=agent, parent=parent)
            devices.inherit(device)
            _leave(parent, leaves, taken=device, at=at)
        else:
            device = arrive(account, at=at, agent=agent)
        if account is not None:
            _move(account, parent, device, at=at)
        if signs:
            DeviceKey.create(device=device, public_key=signs, from_seq=1, at=at)
    return device


def put_key(shown, public_key, from_seq, *, account, at):
    """The number of this cookie signs with this key from line `from_seq` on; says (key's fingerprint, from_seq) as registered.

    A restored server takes a key that the cookie names without anybody signed in. Raises signatures.BadKey, OtherKey, and
    PermissionError when nobody who is known on this phone is signed in.
    """
    signatures.checked(public_key)
    name = signatures.fingerprint(public_key)
    known = signing.key_of(shown.device)
    if known is None:
        if shown.key not in ("", name):
            raise OtherKey
        if not shown.key and not (account and sessions.was_on(account.id, shown.device)):
            raise PermissionError
        with database.atomic():
            device = _known(shown, at=at)
            first = shown.from_seq if shown.key else from_seq
            DeviceKey.get_or_create(device=device, defaults={"public_key": public_key, "from_seq": first, "at": at})
        known = signing.key_of(shown.device)
    if signatures.fingerprint(known[0]) != name:
        raise OtherKey
    return name, known[1]


def may_ask(device_id, *, sender, account):
    """Whether a phone may hear how far this number has come: one of its own, one of which it brought a line, one of who is signed in."""
    brought = Entry.select(Entry.id).where(Entry.device == device_id, Entry.sender == sender).limit(1)
    return (
        devices.lineage(device_id) == devices.lineage(sender)
        or bool(account and sessions.was_on(account.id, device_id))
        or brought.exists()
    )


def _known(shown, *, at, agent=""):
    devices.meet(shown.device, at=at, agent=agent, first=shown.first)
    return Device.get_by_id(shown.device)


def _leave(parent, leaves, *, taken, at):
    """Note what the phone says of the number that it leaves; of somebody else's, or too low a line, nothing."""
    if leaves is None:
        DeviceLeaving.create(device=parent.id, seq=None, taken=taken.id, at=at)
        return
    number, seq = leaves
    named = signing.standing(number).last
    sat = Seat.select(fn.MAX(Seat.seq)).where(Seat.device == number).scalar() or 0
    if devices.lineage(number) == parent.first and seq >= max(sat, named or 0):
        DeviceLeaving.create(device=number, seq=seq, taken=taken.id, at=at)


def _move(account, parent, device, *, at):
    """The same browser under its new number: who is signed in is known there, and so are the sessions and passkeys on it."""
    sessions.use(account, device, at=at)
    if parent:
        Session.update(device=device).where(Session.device == parent).execute()
        Passkey.update(device=device).where(Passkey.device == parent).execute()


def _refuse_haste(query, most, at):
    """Raise TooMany when so many were given within the hour; the oldest of them says when the next one is free."""
    within = (Device.created_at > at - HOUR) & (Device.created_at <= at)
    given = sorted(row.created_at for row in query.where(within))
    if len(given) >= most:
        raise TooMany(int((given[-most] + HOUR - at).total_seconds()) + 1)
