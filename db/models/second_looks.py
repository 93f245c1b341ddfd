"""Second looks at approved entries, drawn by lot: seed, list and result are kept, so that anybody can repeat the draw."""

from peewee import Check, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Unit
from db.models.review import Approval


class Draw(Base):
    """A draw of `size` among the approvals of a zone that were made from `since` up to `until`; the rule is named."""

    id = UUIDField(primary_key=True)
    unit = ForeignKeyField(Unit)
    rule = TextField()
    seed = TextField()
    size = IntegerField()
    since = InstantField()
    until = InstantField()
    account = ForeignKeyField(Account)
    at = InstantField()


class Lot(Base):
    """An approval at its place in the list that was drawn from. `drawn` is its place among those drawn, from 1; null: not drawn."""

    draw = ForeignKeyField(Draw, index=False, backref="lots")
    position = IntegerField()
    approval = ForeignKeyField(Approval, backref="lots")
    drawn = IntegerField(null=True, index=True)

    class Meta:
        indexes = ((("draw", "position"), True), (("draw", "approval"), True))


class Finding(Base):
    """What the second look at a drawn entry found."""

    lot = ForeignKeyField(Lot, index=False, backref="findings")
    turn = IntegerField(default=0)
    account = ForeignKeyField(Account)
    at = InstantField()
    outcome = TextField(constraints=[Check("outcome IN ('agrees','differs')")])
    words = TextField(default="")

    class Meta:
        indexes = ((("lot", "turn"), True),)
