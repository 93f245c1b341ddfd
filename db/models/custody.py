"""What phones sent, byte for byte, under a key of its own: append-only, receipted, seated, erasable only by its key."""

from peewee import BigIntegerField, BlobField, Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import InstantField


class Key(Base):
    """A key whose private half lies in the data folder. `number_floor` is where receipt numbers start under this key."""

    kid = TextField(primary_key=True)
    purpose = TextField(constraints=[Check("purpose IN ('seal','receipt','master','field')")])
    public = TextField()
    number_floor = IntegerField(default=0)
    created_at = InstantField()


class Device(Base):
    """A number of a phone. `parent` is the number it had before, `first` the first of all of them: the lineage.

    `waiting` is how many lines the phone said, at `waiting_at`, that it still holds without a receipt.
    """

    id = UUIDField(primary_key=True)
    parent = UUIDField(null=True)
    first = UUIDField(null=True, index=True)
    created_at = InstantField()
    agent = TextField(default="")
    contact_at = InstantField(null=True)
    waiting = IntegerField(null=True)
    waiting_at = InstantField(null=True)


class DeviceRevocation(Base):
    device = ForeignKeyField(Device, unique=True, backref="revocations")
    account = UUIDField()
    at = InstantField()
    reason = TextField()


class DeviceKey(Base):
    """The public half of the key that a number signs with (an uncompressed point, base64url), from line `from_seq` on."""

    device = ForeignKeyField(Device, unique=True, backref="signing_keys")
    public_key = TextField()
    from_seq = IntegerField()
    at = InstantField()


class DeviceLeaving(Base):
    """A phone went on under the number `taken`: `seq` is the last line that it sealed under this one, null when it could not say."""

    device = UUIDField(index=True)
    seq = IntegerField(null=True)
    taken = UUIDField()
    at = InstantField()


class Entry(Base):
    """One line as it arrived. `entry_id` is the phone's id; the same id with other bytes is a row of its own.

    `signing` says how the phone's signature was judged: good, bad, unsigned (one was due), unknown (its key is), or null (none was due).
    """

    entry_id = UUIDField(index=True)
    sha256 = TextField()
    author = UUIDField(null=True)
    device = UUIDField(index=True)
    seq = IntegerField()
    prev = TextField(default="")
    sender = UUIDField(null=True)
    imported_by = UUIDField(null=True)
    transport = TextField(constraints=[Check("transport IN ('proved','carried','unproved')")])
    outcome = TextField(constraints=[Check("outcome IN ('received','quarantined')")])
    reason = TextField(default="")
    kid = TextField(default="")
    number = IntegerField()
    receipt_kid = TextField()
    sig = TextField()
    received_at = InstantField()
    line = BlobField()
    signing = TextField(null=True)

    class Meta:
        indexes = (
            (("entry_id", "sha256"), True),
            (("receipt_kid", "number"), True),
            (("author", "received_at"), False),
        )


class Twin(Base):
    """Other bytes that say what a line in custody says, signed fields and all: their hash, their signature, their receipt's."""

    entry = ForeignKeyField(Entry, index=False, backref="twins")
    sha256 = TextField()
    signature = TextField(default="")
    sender = UUIDField(null=True)
    sig = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("entry", "sha256"), True),)


class EntryKey(Base):
    """The wrapped key of one entry; deleting this row, with an Erasure, is how an entry is erased (PDPA s.33)."""

    entry = ForeignKeyField(Entry, primary_key=True, backref="keys")
    wrapped = BlobField()


class Opening(Base):
    """An entry that could be opened: its payload, sealed again under the entry's key, and the few plain facts that route it."""

    entry = ForeignKeyField(Entry, unique=True, backref="openings")
    kind = TextField()
    form = TextField()
    subject = UUIDField(index=True)
    place = TextField()
    recorded_at = TextField()
    base_version = IntegerField(null=True)
    replaces = UUIDField(null=True, index=True)
    clock_odd = TextField(default="")
    clock_ms = BigIntegerField(null=True)
    opened_at = InstantField()
    plaintext = BlobField()


class Seat(Base):
    """The first line for (device, seq) sits; a second one is a fork and stays seatless."""

    device = UUIDField()
    seq = IntegerField()
    entry = ForeignKeyField(Entry, unique=True, backref="seats")

    class Meta:
        indexes = ((("device", "seq"), True),)


class SeatChange(Base):
    """A well-signed line took the seat from an unsigned one."""

    seat = ForeignKeyField(Seat, unique=True, backref="changes")
    entry = ForeignKeyField(Entry, unique=True, backref="seat_changes")
    at = InstantField()


class ChainBreak(Base):
    """A seated line whose `prev` is not its present predecessor's hash."""

    device = UUIDField()
    seq = IntegerField()
    found_at = InstantField()

    class Meta:
        indexes = ((("device", "seq"), True),)


class StoredBlob(Base):
    sha256 = TextField(primary_key=True)
    size = IntegerField()
    device = UUIDField(index=True)
    received_at = InstantField()
    kid = TextField()
    sig = TextField()


class Acceptance(Base):
    """A quarantined entry that a person let in, and why."""

    entry = ForeignKeyField(Entry, index=False, backref="acceptances")
    turn = IntegerField(default=0)
    account = UUIDField(index=True)
    at = InstantField()
    reason = TextField()

    class Meta:
        indexes = ((("entry", "turn"), True),)


class Aside(Base):
    """A quarantined entry that a person put aside for good, and why. Nothing is deleted."""

    entry = ForeignKeyField(Entry, index=False, backref="asides")
    turn = IntegerField(default=0)
    account = UUIDField(index=True)
    at = InstantField()
    reason = TextField()

    class Meta:
        indexes = ((("entry", "turn"), True),)


class TakingBack(Base):
    """Who decided took it back within minutes: the `kind` (a table: acceptance, aside, finding, admission) and its row, which stays."""

    kind = TextField()
    row = IntegerField()
    account = UUIDField()
    at = InstantField()

    class Meta:
        indexes = ((("kind", "row"), True),)


class Erasure(Base):
    entry = ForeignKeyField(Entry, unique=True, backref="erasures")
    account = UUIDField()
    at = InstantField()
    reason = TextField()
    legal_ground = TextField()


class ErasedBlob(Base):
    """A photo or signature whose bytes were deleted with the only entry that named it."""

    blob = ForeignKeyField(StoredBlob, unique=True)
    erasure = ForeignKeyField(Erasure, backref="blobs")


class Backup(Base):
    """A finished backup: covers every entry row up to `through`."""

    through = IntegerField()
    at = InstantField()
    size = IntegerField()


class QueueImport(Base):
    """A queue file that an officer brought in: what became of each of its lines, as JSON without contents."""

    account = UUIDField()
    at = InstantField()
    report = TextField()
