"""Signed-in sessions: a random token in a cookie, its hash on the server, ended by a row and never by forgetting."""

import hashlib
import secrets
from datetime import timedelta

from peewee import JOIN

from db.memory import Memory
from db.models import Account, Device, DeviceUse, Session, SessionEnd, Trial, Unit
from db.statements import Prepared
from pwa.domain import NotFound

_uses = Prepared(
    lambda account, device: DeviceUse.select(DeviceUse.id).where(
        DeviceUse.account == account, DeviceUse.device == device
    )
)
_were_on = Memory()

LIFETIME = timedelta(days=90)
TOUCH = timedelta(minutes=5)


def start(account, *, device, at, agent="", passkey=None, lasts=LIFETIME):
    """Begin a session of this account on this device, with this passkey; returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    use(account, device, at=at)
    Session.create(
        token_hash=_hash(token),
        account=account,
        device=device,
        started_at=at,
        seen_at=at,
        expires_at=at + lasts,
        agent=agent[:200],
        passkey=passkey,
    )
    return token


_live = Prepared(
    lambda token, at: (
        Session.select(Session, Account, Unit, Device, Trial)
        .join(Account)
        .join(Unit)
        .switch(Session)
        .join(Device)
        .switch(Session)
        .join(Trial, JOIN.LEFT_OUTER, attr="trial")
        .switch(Session)
        .join(SessionEnd, JOIN.LEFT_OUTER)
        .where(Session.token_hash == token, Session.expires_at > at, SessionEnd.id.is_null())
    )
)


def find(token, *, at):
    """The live session with its account and, where it began without a key, its `trial`; None when it is unknown, expired or ended."""
    if not token:
        return None
    session = next(iter(_live.rows(_hash(token), at)), None)
    if session is not None and at - session.seen_at > TOUCH:
        Session.update(seen_at=at).where(Session.id == session.id).execute()
    return session


def is_trial(session):
    """Whether a session that `find` gave began without a key."""
    return getattr(session, "trial", None) is not None


def end(session, *, by, at, reason=""):
    """End one session, once; a second end changes nothing."""
    SessionEnd.get_or_create(session=session, defaults={"account": by, "at": at, "reason": reason})


def end_on(device, *, by, at, reason):
    """End every session on a phone."""
    for session in _open(at).where(Session.device == device):
        end(session, by=by, at=at, reason=reason)


def live(account, *, at):
    """The sessions of an account that are neither expired nor ended, newest first."""
    return _open(at).where(Session.account == account).order_by(Session.started_at.desc())


def get(session_id, *, account, at):
    """A live session of this account."""
    session = live(account, at=at).where(Session.id == session_id).get_or_none()
    if session is None:
        raise NotFound
    return session


def was_on(account_id, device_id):
    """Whether this account ever had a session on this device: what proves an author."""
    known, pair = _were_on(), (account_id, device_id)
    if pair not in known and _uses(*pair):
        known[pair] = True
    return pair in known


def use(account, device, *, at):
    """Remember that this account has a session on this device."""
    DeviceUse.get_or_create(device=device, account=account, defaults={"at": at})


def hand_over(old_device, new_device, *, at):
    """The same browser numbered anew: whoever was known on the old device is known on the new one."""
    for known in DeviceUse.select().where(DeviceUse.device == old_device):
        use(known.account_id, new_device, at=at)


def _open(at):
    return (
        Session.select(Session, Device)
        .join(Device)
        .switch(Session)
        .join(SessionEnd, JOIN.LEFT_OUTER)
        .where(Session.expires_at > at, SessionEnd.id.is_null())
    )


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
