"""Keys that phones sign with, what became of a phone's earlier numbers, and twins; seats that junk had taken are given back."""

import uuid

from peewee import BigIntegerField, ForeignKeyField, IntegerField, Model, TextField, UUIDField

from db import append_only

DESK = uuid.uuid5(uuid.NAMESPACE_URL, "ombun/desk")
FROZEN = ("device_key", "device_leaving", "twin", "seat_change")


def up(migrator, db):
    class Device(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "device"

    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class Seat(Model):
        device = UUIDField()
        seq = IntegerField()
        entry = ForeignKeyField(Entry, unique=True)

        class Meta:
            database = db
            table_name = "seat"

    class DeviceKey(Model):
        device = ForeignKeyField(Device, unique=True)
        public_key = TextField()
        from_seq = IntegerField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "device_key"

    class DeviceLeaving(Model):
        device = UUIDField(index=True)
        seq = IntegerField(null=True)
        taken = UUIDField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "device_leaving"

    class Twin(Model):
        entry = ForeignKeyField(Entry, index=False)
        sha256 = TextField()
        signature = TextField(default="")
        sender = UUIDField(null=True)
        sig = TextField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "twin"
            indexes = ((("entry", "sha256"), True),)

    class SeatChange(Model):
        seat = ForeignKeyField(Seat, unique=True)
        entry = ForeignKeyField(Entry, unique=True)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "seat_change"

    migrator.migrate(
        migrator.add_column("entry", "signing", TextField(null=True)),
        migrator.add_column("device", "parent", UUIDField(null=True)),
        migrator.add_column("device", "first", UUIDField(null=True)),
    )
    db.execute_sql("UPDATE device SET first = id")
    migrator.migrate(migrator.add_index("device", ("first",)))
    db.create_tables([DeviceKey, DeviceLeaving, Twin, SeatChange])
    for table in FROZEN:
        append_only.freeze(db, table)
    _give_back(db, Seat)


def _give_back(db, seat):
    """A line that somebody else brought and nobody vouched for sat where it pleased; whose number it is sits there now."""
    desk = UUIDField().db_value(DESK)
    mark = db.param
    junk = (
        "SELECT seat.id, seat.device, seat.seq FROM seat JOIN entry ON entry.id = seat.entry_id "
        f"WHERE entry.transport = 'unproved' AND seat.device <> {mark} "
        "AND (entry.sender IS NULL OR entry.sender <> entry.device)"
    )
    freed = db.execute_sql(junk, (desk,)).fetchall()
    if not freed:
        return
    append_only.thaw(db, "seat")
    for row, device, seq in freed:
        db.execute_sql(f"DELETE FROM seat WHERE id = {mark}", (row,))
        own = f"SELECT MIN(id) FROM entry WHERE device = {mark} AND seq = {mark} AND (transport <> 'unproved' OR sender = device)"
        (entry,) = db.execute_sql(own, (device, seq)).fetchone()
        if entry is not None:
            db.execute_sql(
                f"INSERT INTO seat (device, seq, entry_id) VALUES ({mark}, {mark}, {mark})", (device, seq, entry)
            )
    append_only.freeze(db, "seat")
