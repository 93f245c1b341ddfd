"""Units, funds, server keys and devices."""

from peewee import BigIntegerField, Check, ForeignKeyField, IntegerField, Model, TextField, UUIDField


def up(migrator, db):
    class Unit(Model):
        code = TextField(unique=True)
        kind = TextField(
            constraints=[
                Check(
                    "kind IN ('province','district','subdistrict','municipality','village','community','network','zone','group')"
                )
            ]
        )
        name = TextField()
        admin_parent = ForeignKeyField("self", null=True)
        network_parent = ForeignKeyField("self", null=True)

        class Meta:
            database = db
            table_name = "unit"

    class Fund(Model):
        code = TextField(unique=True)
        unit = ForeignKeyField(Unit)
        name = TextField()
        slogan = TextField(default="")
        contact = TextField(default="")
        number_pattern = TextField(default="{fund}-{n:04d}")
        tenure_starts_on = TextField(
            default="resolution",
            constraints=[Check("tenure_starts_on IN ('application','resolution','first_payment')")],
        )
        waiting_n = IntegerField(default=180)
        waiting_unit = TextField(default="day", constraints=[Check("waiting_unit IN ('day','month','year')")])
        waiting_clause = TextField(default="")

        class Meta:
            database = db
            table_name = "fund"

    class Key(Model):
        kid = TextField(primary_key=True)
        purpose = TextField(constraints=[Check("purpose IN ('seal','receipt','master','field')")])
        public = TextField()
        number_floor = IntegerField(default=0)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "key"

    class Device(Model):
        id = UUIDField(primary_key=True)
        created_at = BigIntegerField()
        agent = TextField(default="")
        contact_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "device"

    class DeviceRevocation(Model):
        device = ForeignKeyField(Device, unique=True)
        account = UUIDField()
        at = BigIntegerField()
        reason = TextField()

        class Meta:
            database = db
            table_name = "device_revocation"

    db.create_tables([Unit, Fund, Key, Device, DeviceRevocation])
