"""Where people live and which fund serves them: units in two trees, and the funds that hang on them."""

from peewee import Check, ForeignKeyField, IntegerField, TextField

from db import Base
from db.fields import DayField, InstantField


class Unit(Base):
    """A place or body with one parent in each tree: administrative (province … village) and network (province network, zone, group)."""

    code = TextField(unique=True)
    kind = TextField(
        constraints=[
            Check(
                "kind IN ('province','district','subdistrict','municipality','village','community','network','zone','group')"
            )
        ]
    )
    name = TextField()
    admin_parent = ForeignKeyField("self", null=True, backref="admin_children")
    network_parent = ForeignKeyField("self", null=True, backref="network_children")


class UnitMove(Base):
    """A unit hangs under another `parent` in the network's tree from a day on, where it hung under the one `before`; None is under none."""

    unit = ForeignKeyField(Unit, backref="moves")
    before = ForeignKeyField(Unit, null=True, backref="moved_away")
    parent = ForeignKeyField(Unit, null=True, backref="moved_in")
    since = DayField()
    at = InstantField()


class Fund(Base):
    """A community welfare fund and the rules that it wrote itself; amounts and waiting times are its own data."""

    code = TextField(unique=True)
    unit = ForeignKeyField(Unit, backref="funds")
    name = TextField()
    slogan = TextField(default="")
    contact = TextField(default="")
    number_pattern = TextField(default="{fund}-{n:04d}")
    tenure_starts_on = TextField(
        default="resolution", constraints=[Check("tenure_starts_on IN ('application','resolution','first_payment')")]
    )
    waiting_n = IntegerField(default=180)
    waiting_unit = TextField(default="day", constraints=[Check("waiting_unit IN ('day','month','year')")])
    waiting_clause = TextField(default="")
