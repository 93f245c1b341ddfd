"""The passkeys that open an account: on which phones they were made, and how one is shut out. What is revoked stays known as
revoked."""

import re
from datetime import timedelta
from typing import NamedTuple

from peewee import JOIN

from db import database
from db.models import Account, Device, Enrolment, EnrolmentUse, Passkey, PasskeyRevocation
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import devices, enrolments, numbering, sessions
from pwa.domain.places import units
from pwa.domain.text import wording

TOLD = timedelta(days=30)
LONGEST_NAME = 60
MODEL = re.compile(r"Android [\d.]+; ([^;)]+?)(?: Build/[^;)]*)?[;)]")
"""A browser that hides the model says K."""
DISOWNED = N_("The owner says: not me")
REVOKED = N_("This phone has been revoked. Ask an officer for a new link.")
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg(?:A|iOS)?/", "Edge"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("(?:Firefox|FxiOS)/", "Firefox"),
    ("(?:Chrome|CriOS)/", "Chrome"),
    ("Safari/", "Safari"),
)


class Enrolled(NamedTuple):
    """A passkey that works, and the enrolment that added it."""

    passkey: Passkey
    enrolment: Enrolment | None

    @property
    def given_by(self):
        """Who added it; "" for the keeper of the server."""
        issuer = self.enrolment and self.enrolment.issued_by
        return issuer.name if issuer else ""

    @property
    def identity(self):
        """(sentence, note) on how the officer knew the person."""
        return enrolments.check_words(self.enrolment)


def begin(passkey, *, device_id, at, agent=""):
    """Start a session on the phone that shows a good device number, else on a new one -> (token, device).

    A revoked phone signs nobody in, unless an officer has just enrolled it anew: then it becomes another phone.
    """
    is_new = passkey.device_id is None
    with database.atomic():
        if device_id and devices.is_revoked(device_id):
            if not is_new:
                raise Refusal(REVOKED)
            device_id = None
        device = phone(passkey.account, device_id, at=at, agent=agent)
        if is_new:
            Passkey.update(device=device).where(Passkey.id == passkey.id).execute()
        token = sessions.start(passkey.account, device=device, at=at, agent=agent, passkey=passkey)
        return token, device


def phone(account, device_id, *, at, agent=""):
    """The phone with this good number, else a new one, at the sign-in of an account."""
    if device_id is None:
        return _number(account, at=at, agent=agent)
    if devices.is_revoked(device_id):
        raise Refusal(REVOKED)
    devices.meet(device_id, at=at, agent=agent)
    return Device.get_by_id(device_id)


def _number(account, *, at, agent):
    try:
        return numbering.arrive(account, at=at, agent=agent)
    except numbering.TooMany:
        raise Refusal(N_("This account was opened in many browsers within an hour. Try again later.")) from None


def _of(account):
    issuer = Account.alias()
    return (
        Passkey.select(Passkey, EnrolmentUse, Enrolment, issuer)
        .join(PasskeyRevocation, JOIN.LEFT_OUTER)
        .switch(Passkey)
        .join(EnrolmentUse, JOIN.LEFT_OUTER, attr="use")
        .join(Enrolment, JOIN.LEFT_OUTER)
        .join(issuer, JOIN.LEFT_OUTER, on=(Enrolment.issued_by == issuer.id))
        .where(Passkey.account == account, PasskeyRevocation.id.is_null())
        .order_by(Passkey.created_at.desc(), Passkey.id.desc())
    )


_held = Prepared(_of)


def of(account):
    """The account's passkeys that are not revoked, each with who added it and how identity was checked, newest first."""
    rows = _held.rows(account)
    return [Enrolled(passkey, passkey.use.enrolment if getattr(passkey, "use", None) else None) for passkey in rows]


def get(passkey_id, *, account):
    """A working passkey of this account."""
    found = next((known.passkey for known in of(account) if known.passkey.id == passkey_id), None)
    if found is None:
        raise NotFound
    return found


def revoke(passkey, *, by, at, reason):
    """Make a passkey worthless, and end the account's sessions on every phone that no other passkey of it was made on."""
    reason = wording.said(reason, asked=N_("Write why."))
    with database.atomic():
        revocation, _ = PasskeyRevocation.get_or_create(
            passkey=passkey, defaults={"account": by, "at": at, "reason": reason}
        )
        kept = {known.passkey.device_id for known in of(passkey.account_id)}
        for session in sessions.live(passkey.account_id, at=at):
            if session.device_id not in kept:
                sessions.end(session, by=by, at=at, reason=reason)
    return revocation


def shut_out(device, *, by, at, reason, with_passkeys):
    """Revoke a phone that is lost or left, and where asked the passkeys made on it, for then its screen lock opens nothing."""
    with database.atomic():
        devices.revoke(device.id, by=by, at=at, reason=reason)
        for passkey in made_on(device) if with_passkeys else ():
            revoke(passkey, by=by, at=at, reason=reason)


def disown(passkey, by, at):
    """ "Not me": the owner sees a phone that is not theirs. It is shut out at once, and the officers are told."""
    return revoke(passkey, by=by, at=at, reason=DISOWNED)


def disowned(*, seen_by, at):
    """What owners disowned lately ("not me") among the accounts of an administrator's units, newest first: officers are told."""
    theirs = Account.select(Account.id).where(Account.unit.in_(units.within(seen_by, "admin")))
    return list(
        PasskeyRevocation.select(PasskeyRevocation, Passkey, Account)
        .join(Passkey)
        .join(Account)
        .where(PasskeyRevocation.reason == DISOWNED, PasskeyRevocation.at > at - TOLD, Passkey.account.in_(theirs))
        .order_by(PasskeyRevocation.at.desc())
    )


def revoked(account):
    """The account's revoked passkeys with who revoked them, newest first."""
    return list(
        PasskeyRevocation.select(PasskeyRevocation, Passkey, Account)
        .join(Account, on=(PasskeyRevocation.account == Account.id))
        .switch(PasskeyRevocation)
        .join(Passkey)
        .where(Passkey.account == account)
        .order_by(PasskeyRevocation.at.desc())
    )


def made_on(device):
    """The working passkeys that were made on a phone, under any of its numbers."""
    return list(
        Passkey.select(Passkey, Account)
        .join(PasskeyRevocation, JOIN.LEFT_OUTER)
        .switch(Passkey)
        .join(Account)
        .where(Passkey.device.in_(devices.members(device.id)), PasskeyRevocation.id.is_null())
    )


def rename(passkey, name):
    """What the owner calls the phone that this passkey was made on."""
    name = wording.said(name, asked=N_("Write what the phone is called."), field="name", longest=LONGEST_NAME)
    Passkey.update(label=name).where(Passkey.id == passkey.id).execute()


def names(devices):
    """{device id: what its phone is called by whoever made a passkey on it last}."""
    rows = Passkey.select(Passkey.device, Passkey.label).where(Passkey.device.in_(list(devices)), Passkey.label != "")
    return dict(rows.order_by(Passkey.id).tuples())


def called(device, agent):
    """What one phone is called: by its owner, else by its model and browser."""
    return (names([device]).get(device) if device else None) or label(agent)


def label(agent):
    """What a phone is called in lists until somebody names it, by its model and browser: Android SM-A057F · Chrome."""
    system, browser = (
        next((name for mark, name in marks if re.search(mark, agent)), "") for marks in (SYSTEMS, BROWSERS)
    )
    model = MODEL.search(agent)
    known = f"{system} {model[1]}" if model and model[1] != "K" else system
    return " · ".join(filter(None, (known, browser)))
