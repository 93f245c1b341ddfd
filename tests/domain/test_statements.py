"""Statements written once: the same answers as peewee's own, whatever values come, and rows put in together."""

import uuid

from peewee import fn

from db.models import Device, Unit
from db.statements import Prepared, insert
from tests.small_fund import NOW

by_code = Prepared(lambda code: Unit.select(Unit.id, Unit.kind).where(Unit.code == code))
among = Prepared(lambda codes, kind: Unit.select(fn.COUNT(Unit.id)).where(Unit.code.in_(codes), Unit.kind == kind))


def test_it_asks_with_other_values_each_time(fund):
    for code in ("canal", "zone", "canal"):
        assert list(map(tuple, by_code(code))) == [(fund.units[code].id, fund.units[code].kind)]
    assert by_code("nowhere") == []
    assert by_code.value("nowhere") is None


def test_a_list_is_one_value_of_any_length(fund):
    assert [among.value(["canal", "hill", "zone"][:n], "community") for n in range(4)] == [None, 1, 2, 2]


def test_it_stores_values_as_their_fields_do(fund):
    phones = [uuid.uuid4() for _ in range(3)]
    insert(Device, [{"id": phone, "created_at": NOW, "agent": "x", "waiting": None} for phone in phones])
    insert(Device, [])
    assert {row.id: row.created_at for row in Device.select().where(Device.id.in_(phones))} == dict.fromkeys(
        phones, NOW
    )
