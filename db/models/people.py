"""Accounts, what they may do, and how they sign in. Ended things are rows of their own, never deletions."""

from peewee import BlobField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.custody import Device
from db.models.places import Unit

ROLES = (
    "member",
    "volunteer",
    "zone_leader",
    "registrar",
    "treasurer",
    "committee",
    "auditor",
    "network",
    "province",
    "admin",
)


class Account(Base):
    id = UUIDField(primary_key=True)
    handle = TextField(unique=True)
    name = TextField()
    unit = ForeignKeyField(Unit)
    person = UUIDField(null=True, index=True)
    language = TextField(default="th")
    created_at = InstantField()


class RoleGrant(Base):
    account = ForeignKeyField(Account, backref="grants")
    role = TextField(index=True, constraints=[Check(f"role IN {ROLES!r}")])
    unit = ForeignKeyField(Unit)
    granted_by = ForeignKeyField(Account, null=True)
    granted_at = InstantField()
    reason = TextField(default="")


class RoleEnd(Base):
    grant = ForeignKeyField(RoleGrant, unique=True, backref="ends")
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField()


class Enrolment(Base):
    """A one-time right to add a passkey: link token and, while its page is open, eight digits. Both are kept hashed."""

    id = UUIDField(primary_key=True)
    account = ForeignKeyField(Account, backref="enrolments")
    token_hash = TextField(unique=True)
    code_hash = TextField(null=True, index=True)
    code_until = InstantField(null=True)
    issued_by = ForeignKeyField(Account, null=True)
    issued_at = InstantField()
    expires_at = InstantField()
    reason = TextField(default="")
    identity_check = TextField(default="")


class DeviceUse(Base):
    """This account has had a session on this device: what proves an author."""

    device = ForeignKeyField(Device)
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("device", "account"), True),)


class Passkey(Base):
    account = ForeignKeyField(Account, backref="passkeys")
    credential_id = TextField(unique=True)
    public_key = BlobField()
    sign_count = IntegerField(default=0)
    label = TextField(default="")
    device = ForeignKeyField(Device, null=True)
    created_at = InstantField()
    used_at = InstantField(null=True)


class Session(Base):
    """`passkey` is what it was begun with; null where it began before this was kept."""

    token_hash = TextField(unique=True)
    account = ForeignKeyField(Account, backref="sessions")
    device = ForeignKeyField(Device, backref="sessions")
    started_at = InstantField()
    seen_at = InstantField()
    expires_at = InstantField()
    agent = TextField(default="")
    passkey = ForeignKeyField(Passkey, null=True)


class SessionEnd(Base):
    session = ForeignKeyField(Session, unique=True, backref="ends")
    account = ForeignKeyField(Account, null=True)
    at = InstantField()
    reason = TextField(default="")


class PasskeyRevocation(Base):
    passkey = ForeignKeyField(Passkey, unique=True, backref="revocations")
    account = ForeignKeyField(Account)
    at = InstantField()
    reason = TextField()


class EnrolmentUse(Base):
    enrolment = ForeignKeyField(Enrolment, unique=True, backref="uses")
    passkey = ForeignKeyField(Passkey)
    at = InstantField()


class UsedChallenge(Base):
    """A WebAuthn challenge that has served; a second use breaks the unique key."""

    challenge = TextField(unique=True)
    used_at = InstantField(index=True)


class FailedTry(Base):
    """A wrong token, code or credential: what limits count, per thing first and per address only in floods."""

    kind = TextField()
    subject = TextField(index=True)
    address = TextField(index=True)
    at = InstantField(index=True)
