"""Accounts, roles, enrolments, sessions and passkeys."""

from peewee import BigIntegerField, BlobField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only


def up(migrator, db):
    class Unit(Model):
        class Meta:
            database = db
            table_name = "unit"

    class Device(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "device"

    class Account(Model):
        id = UUIDField(primary_key=True)
        handle = TextField(unique=True)
        name = TextField()
        unit = ForeignKeyField(Unit)
        person = UUIDField(index=True, null=True)
        language = TextField(default="th")
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "account"

    class RoleGrant(Model):
        account = ForeignKeyField(Account)
        role = TextField(
            constraints=[
                Check(
                    "role IN ('member', 'volunteer', 'zone_leader', 'registrar', 'treasurer', 'committee', 'auditor', 'network', 'province', 'admin')"
                )
            ]
        )
        unit = ForeignKeyField(Unit)
        granted_by = ForeignKeyField(Account, null=True)
        granted_at = BigIntegerField()
        reason = TextField(default="")

        class Meta:
            database = db
            table_name = "role_grant"

    class RoleEnd(Model):
        grant = ForeignKeyField(RoleGrant, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "role_end"

    class Enrolment(Model):
        id = UUIDField(primary_key=True)
        account = ForeignKeyField(Account)
        token_hash = TextField(unique=True)
        code_hash = TextField(index=True, null=True)
        code_until = BigIntegerField(null=True)
        issued_by = ForeignKeyField(Account, null=True)
        issued_at = BigIntegerField()
        expires_at = BigIntegerField()
        reason = TextField(default="")
        identity_check = TextField(default="")

        class Meta:
            database = db
            table_name = "enrolment"

    class Session(Model):
        token_hash = TextField(unique=True)
        account = ForeignKeyField(Account)
        device = ForeignKeyField(Device)
        started_at = BigIntegerField()
        seen_at = BigIntegerField()
        expires_at = BigIntegerField()
        agent = TextField(default="")

        class Meta:
            database = db
            table_name = "session"

    class DeviceUse(Model):
        device = ForeignKeyField(Device)
        account = ForeignKeyField(Account)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "device_use"
            indexes = ((("device", "account"), True),)

    class SessionEnd(Model):
        session = ForeignKeyField(Session, unique=True)
        account = ForeignKeyField(Account, null=True)
        at = BigIntegerField()
        reason = TextField(default="")

        class Meta:
            database = db
            table_name = "session_end"

    class Passkey(Model):
        account = ForeignKeyField(Account)
        credential_id = TextField(unique=True)
        public_key = BlobField()
        sign_count = IntegerField(default=0)
        label = TextField(default="")
        device = ForeignKeyField(Device, null=True)
        created_at = BigIntegerField()
        used_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "passkey"

    class PasskeyRevocation(Model):
        passkey = ForeignKeyField(Passkey, unique=True)
        account = ForeignKeyField(Account)
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "passkey_revocation"

    class EnrolmentUse(Model):
        enrolment = ForeignKeyField(Enrolment, unique=True)
        passkey = ForeignKeyField(Passkey)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "enrolment_use"

    class UsedChallenge(Model):
        challenge = TextField(unique=True)
        used_at = BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "used_challenge"

    class FailedTry(Model):
        kind = TextField()
        subject = TextField(index=True)
        address = TextField(index=True)
        at = BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "failed_try"

    db.create_tables(
        [
            Account,
            RoleGrant,
            RoleEnd,
            Enrolment,
            Session,
            DeviceUse,
            SessionEnd,
            Passkey,
            PasskeyRevocation,
            EnrolmentUse,
            UsedChallenge,
            FailedTry,
        ]
    )
    for table in (
        "role_grant",
        "role_end",
        "device_use",
        "session_end",
        "passkey_revocation",
        "enrolment_use",
        "used_challenge",
    ):
        append_only.freeze(db, table)
