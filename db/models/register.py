"""The register: a projection of approved entries, and the resolutions and memberships that stand on it."""

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
    UUIDField,
)

from db import Base
from db.fields import InstantField
from db.models.custody import Entry
from db.models.people import Account
from db.models.places import Fund, Unit


class Household(Base):
    """Projection. `version` counts the approved entries applied to it, `keyed` names the rule of its people's keys."""

    id = UUIDField(primary_key=True)
    place = ForeignKeyField(Unit)
    version = IntegerField()
    number = TextField(default="")
    description = TextField(default="")
    sort_key = TextField(default="", index=True)
    outcome = TextField(default="")
    visited_at = TextField(default="")
    keyed = IntegerField(default=0)
    search = TextField(default="")

    class Meta:
        indexes = ((("place", "sort_key", "id"), False),)


class Person(Base):
    """Projection of one `people` item; `id` is derived from household and payload id, so a rebuild gives the same one.

    `present`: spoke for themselves at some visit; `named_at`: when an entry first named them (PDPA s.25).
    """

    id = UUIDField(primary_key=True)
    household = ForeignKeyField(Household, backref="people")
    local_id = TextField()
    title = TextField(default="")
    first_name = TextField(default="")
    last_name = TextField(default="")
    nickname = TextField(default="")
    search = TextField(default="")
    sort_key = TextField(default="", index=True)
    birth_date = TextField(default="", index=True)
    sex = TextField(default="")
    relation = TextField(default="")
    living_here = BooleanField(default=True)
    gone = TextField(default="", index=True)
    id_kind = TextField(default="")
    id_index = TextField(default="", index=True)
    id_last4 = TextField(default="")
    present = BooleanField(default=False)
    named_at = InstantField(null=True)
    old_last_names = TextField(default="")
    sound = TextField(default="")
    other_fund = TextField(default="")

    class Meta:
        indexes = ((("household", "local_id"), True),)


class Likeness(Base):
    """Projection. What a person shares with whoever may be the same, as a keyed hash of eight bytes (meetings)."""

    household = UUIDField(index=True)
    person = ForeignKeyField(Person, backref="likenesses")
    key = BigIntegerField(index=True)


class NamePart(Base):
    """Projection. A first name, last name or nickname as it is found (searches), once however many bear it, and its sound."""

    text = TextField(unique=True)
    sound = TextField()


class Bearer(Base):
    """Projection. Who bears such a name."""

    person = ForeignKeyField(Person)
    part = ForeignKeyField(NamePart, index=False)

    class Meta:
        indexes = ((("part", "person"), True),)


class WaitingKey(Base):
    """The same of the people of an entry that waits; the rows go with its decision and its erasure. One 0 where there are none."""

    entry = ForeignKeyField(Entry)
    key = BigIntegerField(index=True)


class Fact(Base):
    """Projection. One value of a household at a payload path, sealed under the field key, and the entry that it came from."""

    subject = UUIDField()
    path = TextField()
    value = BlobField()
    entry = ForeignKeyField(Entry)

    class Meta:
        indexes = ((("subject", "path"), True),)


class HealthFact(Base):
    """Projection. Like Fact, for health and vulnerable groups (PDPA s.26): its own table, read only with a reason."""

    subject = UUIDField()
    path = TextField()
    value = BlobField()
    entry = ForeignKeyField(Entry)

    class Meta:
        indexes = ((("subject", "path"), True),)


class Application(Base):
    """Projection. A person who asks to be admitted (`new`) or who says that they are a member already (`existing`).

    `is_open`: nothing was resolved about it yet; `told_since`: the passbook said something new after it was (applicants)."""

    person = UUIDField()
    fund = ForeignKeyField(Fund)
    kind = TextField(constraints=[Check("kind IN ('new','existing')")])
    applied_on = DateField()
    entry = ForeignKeyField(Entry)
    is_open = BooleanField(default=True)
    told_since = BooleanField(default=False)

    class Meta:
        indexes = (
            (("person", "fund", "kind"), True),
            (("fund", "is_open", "applied_on"), False),
            (("fund", "told_since"), False),
        )


class Resolution(Base):
    """A committee's sitting: board number, meeting number, date."""

    fund = ForeignKeyField(Fund)
    board = TextField()
    meeting = TextField()
    resolved_on = DateField()
    account = ForeignKeyField(Account)
    at = InstantField()


class Admission(Base):
    """What was resolved about one applicant, or (without resolution) the registrar's confirmation of an existing member."""

    person = UUIDField()
    fund = ForeignKeyField(Fund)
    kind = TextField(constraints=[Check("kind IN ('new','existing')")])
    resolution = ForeignKeyField(Resolution, null=True, backref="admissions")
    accepted = BooleanField()
    reason = TextField(default="")
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("person", "fund", "kind"), False),)


class Membership(Base):
    """A person's membership of one fund. Tenure counts from `tenure_from`; null until the first payment where the fund says so.

    It stands while its admission does. `turn` is which membership of this person it is, `number_turn` which holder of the number:
    the ones before were taken back, they never began.
    """

    id = UUIDField(primary_key=True)
    person = UUIDField(index=True)
    fund = ForeignKeyField(Fund)
    number = TextField()
    joined_on = DateField()
    tenure_from = DateField(null=True)
    paid_through = DateField(null=True)
    admission = ForeignKeyField(Admission, unique=True)
    turn = IntegerField(default=0)
    number_turn = IntegerField(default=0)

    class Meta:
        indexes = ((("fund", "number", "number_turn"), True), (("person", "fund", "turn"), True))


Membership.add_index(
    Membership.index(
        Membership.fund, Membership.number, where=Membership.paid_through.is_null(), name="membership_unpaid"
    )
)
Person.add_index(Person.index(Person.id, where=Person.birth_date == "", name="person_without_birth"))
Person.add_index(Person.index(Person.id, where=Person.sex == "", name="person_without_sex"))


class Notice(Base):
    """A person named by somebody else has been told that their data is kept (PDPA s.25, within 30 days)."""

    person = UUIDField(unique=True)
    account = ForeignKeyField(Account)
    at = InstantField()
    how = TextField()


class Untold(Base):
    """Projection. Somebody of the register who is still to be told that their data is kept (notices)."""

    person = UUIDField(primary_key=True)
    place = ForeignKeyField(Unit, index=False)
    named_at = InstantField()

    class Meta:
        indexes = ((("named_at", "place"), False), (("place", "named_at"), False))


class Viewing(Base):
    """Somebody of the fund looked at, or printed, a member's page."""

    person = UUIDField(index=True)
    account = ForeignKeyField(Account)
    at = InstantField()
    purpose = TextField()
