"""Roles that begin with a second officer's yes, and accesses that one confirms. What was in force before goes on."""

from peewee import BigIntegerField, Check, ForeignKeyField, Model, TextField, UUIDField

from db import append_only

MONTH = 30 * 24 * 60 * 60 * 1000
WEIGHTY = "'zone_leader','registrar','treasurer','committee','auditor','admin'"


def up(migrator, db):
    class Account(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "account"

    class RoleGrant(Model):
        class Meta:
            database = db
            table_name = "role_grant"

    class Passkey(Model):
        class Meta:
            database = db
            table_name = "passkey"

    class RoleStart(Model):
        grant = ForeignKeyField(RoleGrant, unique=True)
        account = ForeignKeyField(Account, null=True)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "role_start"

    class AccessConfirmation(Model):
        passkey = ForeignKeyField(Passkey, unique=True)
        account = ForeignKeyField(Account, null=True)
        at = BigIntegerField()
        how = TextField(constraints=[Check("how IN ('face','phone','in use')")])

        class Meta:
            database = db
            table_name = "access_confirmation"

    db.create_tables([RoleStart, AccessConfirmation])
    db.execute_sql('ALTER TABLE "session" ADD COLUMN "passkey_id" INTEGER REFERENCES "passkey" ("id")')
    migrator.migrate(
        migrator.add_index("session", ("passkey_id",), False),
        migrator.add_index("role_grant", ("role",), False),
    )
    let_roles_go_on(db)
    confirm_what_is_in_use(db)
    for table in ("role_start", "access_confirmation"):
        append_only.freeze(db, table)


def let_roles_go_on(db):
    """What was given before this version began when it was given."""
    db.execute_sql(
        'INSERT INTO "role_start" ("grant_id", "at") SELECT "id", "granted_at" FROM "role_grant" '
        f'WHERE "granted_by_id" IS NOT NULL AND "role" IN ({WEIGHTY}) ORDER BY "id"'
    )


def confirm_what_is_in_use(db):
    """An access opened before this version and used for 30 days counts as confirmed: by nobody, when the 30 days were over."""
    db.execute_sql(
        'INSERT INTO "access_confirmation" ("passkey_id", "at", "how") '
        f'SELECT p."id", p."created_at" + {MONTH}, \'in use\' FROM "passkey" p '
        f'WHERE p."used_at" - p."created_at" >= {MONTH} OR EXISTS (SELECT 1 FROM "session" s WHERE '
        's."account_id" = p."account_id" AND s."device_id" = p."device_id" '
        f'AND s."seen_at" - p."created_at" >= {MONTH}) ORDER BY p."id"'
    )
