"""What a fund reports to its network: keys, drafts, who agreed, and what was signed."""

from peewee import BigIntegerField, BlobField, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Fund


class UnitKey(Base):
    """A key of a unit: its own, whose private half is the `file` in the data folder, or another unit's, pinned (`file` empty).

    `vkey` is how the key is written. It counts from the report `from_seq` on, which follows `prev` where
    that report is not here any more; a `revoked` row takes an earlier one of the same vkey back.
    """

    unit = TextField(index=True)
    vkey = TextField()
    file = TextField(default="")
    from_seq = IntegerField(default=1, constraints=[Check("from_seq >= 1")])
    prev = TextField(default="")
    kind = TextField(constraints=[Check("kind IN ('own', 'pinned', 'revoked')")])
    at = InstantField()

    class Meta:
        indexes = ((("vkey", "kind"), True),)
        constraints = [Check("(kind = 'own') = (file <> '')")]


class KeyCertificate(Base):
    """A key of a unit that the unit above certified: it counts from the report `from_seq` on, in the place of `replaces`, or was revoked.

    `certifier` is the key that signed it, `signed` its line of signature: they make the note `ombun-key@1` again.
    """

    unit = TextField(index=True)
    vkey = TextField()
    from_seq = IntegerField(constraints=[Check("from_seq >= 1")])
    replaces = TextField(default="")
    revoked = BooleanField(default=False)
    certifier = TextField()
    signed = TextField(unique=True)
    at = InstantField()


class ReportDraft(Base):
    """A month of a fund as it was computed: `body` as it stands in the file, its `workings` sealed: what each figure was counted from.
    A network or province has no `fund`: its month is the sum of the reports that its header names.

    `position` is JSON {table: the highest row that was read}. One that restates a signed report names it, with the `reason`.
    """

    unit = TextField()
    fund = ForeignKeyField(Fund, null=True)
    period = TextField()
    sha256 = TextField(unique=True)
    body = BlobField()
    workings = BlobField()
    position = TextField()
    restates = TextField(default="")
    reason = TextField(default="")
    at = InstantField()

    class Meta:
        indexes = ((("unit", "period"), False),)
        constraints = [Check("(restates = '') = (reason = '')")]


class ReportAgreement(Base):
    """An officer agreed that this goes out, the first or the second, in a role."""

    draft = ForeignKeyField(ReportDraft, index=False, backref="agreements")
    turn = IntegerField(constraints=[Check("turn IN (1, 2)")])
    account = ForeignKeyField(Account)
    role = TextField()
    how = TextField(constraints=[Check("how IN ('page', 'terminal')")])
    at = InstantField()

    class Meta:
        indexes = ((("draft", "turn"), True), (("draft", "account"), True))


class ReportIssue(Base):
    """A draft as it was signed: its number of the unit, the report before, and the bytes of the whole file."""

    draft = ForeignKeyField(ReportDraft, unique=True, backref="issues")
    unit = TextField()
    seq = IntegerField()
    prev = TextField(default="")
    sha256 = TextField(unique=True)
    file = BlobField()
    at = InstantField()

    class Meta:
        indexes = ((("unit", "seq"), True),)


class ReceivedReport(Base):
    """A report of a unit under this one, that holds and waits to be accepted; `parent` is the unit to which it goes."""

    unit = TextField()
    period = TextField()
    seq = IntegerField()
    parent = TextField()
    sha256 = TextField(unique=True)
    file = BlobField()
    at = InstantField()

    class Meta:
        indexes = ((("unit", "seq"), False), (("parent", "period"), False))


class ReportSeat(Base):
    """The place of a received report among those of its unit: the first with its number has `fork` 0, another one with the same number 1,
    2, …; `prev` is the report before it, by whose hash a unit says which of two it stands by.
    """

    received = ForeignKeyField(ReceivedReport, unique=True, backref="seats")
    unit = TextField()
    seq = IntegerField()
    fork = IntegerField(constraints=[Check("fork >= 0")])
    prev = TextField(default="", index=True)

    class Meta:
        indexes = ((("unit", "seq", "fork"), True),)


class ReportAcceptance(Base):
    """A person of the parent unit read what differs, and took the report in."""

    received = ForeignKeyField(ReceivedReport, unique=True, backref="acceptances")
    account = ForeignKeyField(Account, null=True)
    how = TextField(constraints=[Check("how IN ('page', 'terminal')")])
    at = InstantField()


class ToldMonth(Base):
    """Which accepted report counts of a unit and month toward a parent: a summary of the acceptances, from which pages are read."""

    received = ForeignKeyField(ReceivedReport, primary_key=True)
    parent = TextField()
    unit = TextField()
    period = TextField()
    seq = IntegerField()
    name = TextField()

    class Meta:
        indexes = ((("parent", "unit", "period"), True), (("parent", "period"), False))


class ToldFigure(Base):
    """What that report tells of a figure, the whole of it; `n` None where it tells no one number."""

    parent = TextField()
    unit = TextField()
    period = TextField()
    figure = TextField()
    n = BigIntegerField(null=True)

    class Meta:
        indexes = ((("parent", "unit", "period", "figure"), True), (("parent", "figure", "period", "n"), False))


class HeadCount(Base):
    """How many memberships of the funds of a network were counted with its report of a month, and what of doubles was found: numbers
    alone. `largest` and `total` are of all `funds` that told their members, the rest of those that are `here`, on this machine.
    """

    unit = TextField()
    period = TextField()
    funds = IntegerField()
    here = IntegerField()
    largest = IntegerField()
    total = IntegerField()
    declared = IntegerField()
    memberships = IntegerField()
    usable = IntegerField()
    doubles = IntegerField()
    at = InstantField()

    class Meta:
        indexes = ((("unit", "period"), True),)


class ParentAddress(Base):
    """Where the reports of a unit go, as an officer typed it; the last one counts."""

    unit = TextField(index=True)
    url = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()


class ReportSending(Base):
    """One try to bring a signed report to the unit above, and what came of it."""

    issue = ForeignKeyField(ReportIssue, backref="sendings")
    address = ForeignKeyField(ParentAddress)
    state = TextField()
    at = InstantField()
