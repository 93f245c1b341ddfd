"""SQL is written faster than peewee writes it, and reads the same to the letter."""

import pytest
from peewee import JOIN, Context, fn

from db import database
from db.models import Account, Entry, EntryKey, Fund, Household, Person, RoleGrant, Unit
from db.statements import Part
from db.writing import Writer
from pwa.domain.operations import promises
from tests.hamlets import Hamlet, applies, bunma, form, mali

above, below = Unit.alias(), Unit.alias("below")
QUERIES = {
    "a table": Person.select(),
    "a join": Entry.select(Entry, EntryKey).join(EntryKey, JOIN.LEFT_OUTER).where(Entry.seq > 3).order_by(Entry.id.desc()),
    "a table beside itself": Unit.select(Unit.code, above.name, below.id)
    .join(above, on=(Unit.network_parent == above.id))
    .switch(Unit)
    .join(below, on=(below.admin_parent == Unit.id)),
    "what refers to outside": Account.select().where(
        fn.EXISTS(RoleGrant.select().where(RoleGrant.account == Account.id, RoleGrant.role.in_(["admin", "volunteer"])))
    ),
    "groups": Person.select(Person.household, fn.COUNT(Person.id).alias("n")).group_by(Person.household).having(
        fn.MAX(Person.first_name) != "ก"
    ),
    "a union": Unit.select(Unit.id).where(Unit.kind == "zone") | Unit.select(Unit.id).where(Unit.code.startswith("C")),
    "a change": Household.update(version=Household.version + 1).where(Household.number == "45/2"),
    "a deletion": Person.delete().where(Person.household.in_(Household.select(Household.id))),
    "new rows": Fund.insert_many([{"code": "a", "unit": 1, "name": "b"}]).on_conflict(
        conflict_target=[Fund.code], preserve=[Fund.name]
    ),
}  # fmt: skip


class Compared(Writer):
    """Has peewee write each query too, and compares the two."""

    __slots__ = ("_inside", "_plain")
    seen = 0

    def __init__(self, **settings):
        super().__init__(**settings)
        self._plain, self._inside = Context(**settings), False

    def sql(self, node):
        if self._inside:
            return super().sql(node)
        self._plain.sql(node)
        self._inside = True
        super().sql(node)
        self._inside = False
        return self

    def query(self):
        Compared.seen += 1
        (sql, values), (plain, wanted) = super().query(), self._plain.query()
        assert sql == plain
        assert said(values) == said(wanted)
        return sql, values


def said(values):
    """The values that are there already; of what a prepared statement fills in, which of its values comes there."""
    return [plainly(value) for value in values]


def plainly(value):
    if isinstance(value, Part):
        return value.index, value.place
    return value if isinstance(value, memoryview) else str(value)


@pytest.mark.parametrize("about", QUERIES)
def test_it_writes_what_peewee_writes(bare_fund, about):
    plain = Context(**database.get_context_options())
    assert type(database.get_sql_context()) is Writer
    assert database.get_sql_context().parse(QUERIES[about]) == plain.parse(QUERIES[about])


def test_it_writes_a_day_of_the_village_as_peewee_does(app, client_as, monkeypatch):
    monkeypatch.setattr(type(database.obj), "context_class", Compared)
    Hamlet().approved(form(bunma(**applies()), mali()))
    leader = client_as("zone-leader")
    assert {leader.get(path).status_code for path in ("/", "/review", "/households")} == {200}
    assert promises.check() == []
    assert Compared.seen > 150
