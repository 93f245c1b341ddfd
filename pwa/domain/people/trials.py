"""Looking around the demo village without a key: for its own people, with a link that its keeper printed, for twelve hours.

It is over for good as soon as anybody registers a passkey, an account comes that the village was not built with, or the village
comes out of a backup: then real people may be in it. What began before lives out its hours.
"""

from datetime import timedelta
from typing import NamedTuple

from peewee import JOIN

from db import database, is_postgres
from db.models import Account, DemoWorld, Device, Passkey, Trial
from pwa.domain import NotFound
from pwa.domain.crypto import keyring
from pwa.domain.people import enrolments, passkeys, sessions

LIFETIME = timedelta(hours=12)


class Begun(NamedTuple):
    """The token for the cookie, whose session it is, and on which phone."""

    token: str
    account: Account
    device: Device


def note_world(*, at):
    """Every account that there is belongs to the demo village. Called in the transaction that builds it, and nowhere else."""
    for account in Account.select(Account.id).order_by(Account.handle):
        DemoWorld.create(account=account, at=at)


def is_demo():
    """Whether this is a demo village, whatever came to it since."""
    return DemoWorld.select().exists()


def may_begin():
    """Whether there is nothing here that was not invented: SQLite, only the village's own accounts, and nobody ever had a key."""
    return not is_postgres() and is_demo() and not is_over()


def is_over():
    return Passkey.select().exists() or _of_others().exists() or keyring.are_restored()


def link(token, *, address, at):
    """The unused enrolment of a printed link that names somebody of the village. Raises NotFound where it is no such link."""
    if not may_begin():
        raise NotFound
    enrolment = enrolments.find_by_link(token, address=address, at=at)
    if enrolment.issued_by_id is not None or not lists(enrolment.account_id):
        raise NotFound
    return enrolment


def lists(account_id):
    """Whether this account was built with the village."""
    return DemoWorld.select().where(DemoWorld.account == account_id).exists()


def begin(token, *, device_id, address, at, agent=""):
    """Start a session without a key on the phone that shows a good number, else on a new one. The link stays unused."""
    enrolment = link(token, address=address, at=at)
    with database.atomic():
        if not may_begin():
            raise NotFound
        device = passkeys.phone(enrolment.account, device_id, at=at, agent=agent)
        told = sessions.start(enrolment.account, device=device, at=at, agent=agent, lasts=LIFETIME)
        Trial.create(session=sessions.find(told, at=at), enrolment=enrolment, at=at)
    return Begun(told, enrolment.account, device)


def listed():
    """The accounts of the village, in the order in which they were made."""
    return [row.account for row in DemoWorld.select(DemoWorld, Account).join(Account).order_by(DemoWorld.id)]


def _of_others():
    query = Account.select(Account.id).join(DemoWorld, JOIN.LEFT_OUTER)
    return query.where(DemoWorld.id.is_null())
