"""What was recorded cannot be written over: each guard of each frozen table, on both databases, as somebody with the file tries it."""

import sqlite3

import pytest
from peewee import IntegrityError

import db
from db import care
from db.models import Approval, Passkey, Viewing
from pwa.domain.operations import frozen_tables, promises
from pwa.domain.review import review
from tests import small_fund
from tests.small_fund import NOW

TABLES = sorted({model._meta.table_name for model in frozen_tables.APPEND_ONLY})


@pytest.fixture
def fund(bare_fund):
    """An approved line among three, and somebody who looked at a person's page."""
    phone = small_fund.phone(bare_fund)
    rows = [phone.record("household", small_fund.household(str(n)), at=NOW, place="canal") for n in range(3)]
    review.approve(rows[1], by=bare_fund.people["zone-leader"], at=NOW)
    Viewing.create(person=small_fund.PERSON, account=bare_fund.people["registrar"], at=NOW, purpose="ตรวจสิทธิ")
    return bare_fund


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_every_frozen_table_has_every_guard(fund, table):
    for verb in care.verbs():
        assert table in care.frozen(verb)


@pytest.mark.only("sqlite")
def test_nothing_is_written_over(fund):
    """As anybody with the file would try it, without our own connection."""
    Passkey.create(account=fund.people["admin"], credential_id="x", public_key=b"x", created_at=NOW)
    db.database.close()
    with sqlite3.connect(fund.folder / "ombun.db", isolation_level=None) as raw:
        for table in TABLES:
            rows = raw.execute(f'SELECT rowid, * FROM "{table}"').fetchall()
            for row in rows[:1]:
                columns = [name for _, name, *_ in raw.execute(f'PRAGMA table_info("{table}")')]
                marks = ", ".join("?" * len(row))
                names = ", ".join(f'"{name}"' for name in ("rowid", *columns) if row)
                with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
                    raw.execute(f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({marks})', row)
        _replace_by_each_key(raw)
    db.database.connect()
    assert Approval.select().count() == 1


def _replace_by_each_key(raw):
    for lead, values in (
        ("device, seq, entry_id", "device, seq, 3"),
        ("device, seq, entry_id", "device, 99, entry_id"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(f"REPLACE INTO seat ({lead}) SELECT {values} FROM seat WHERE entry_id = 1")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(
            "INSERT OR REPLACE INTO approval (entry_id, turn, account_id, at, version) "
            "SELECT entry_id, turn, account_id, at, 9 FROM approval"
        )


@pytest.mark.only("sqlite")
def test_a_guard_that_does_less_counts_as_missing(fund):
    db.database.execute_sql("DROP TRIGGER seat_no_replace")
    db.database.execute_sql(
        "CREATE TRIGGER seat_no_replace BEFORE INSERT ON seat WHEN 0 BEGIN SELECT RAISE(ABORT, 'seat is append-only'); END"
    )
    assert promises.check() == ["seat may be changed: its replace trigger is missing."]


@pytest.mark.only("postgres")
def test_postgres_refuses_the_other_ways_in(fund):
    for sql in (
        "TRUNCATE viewing",
        "INSERT INTO viewing (id, person, account_id, at, purpose) SELECT id, person, account_id, at, 'x' FROM viewing "
        "ON CONFLICT (id) DO UPDATE SET purpose = excluded.purpose",
        "SET session_replication_role = replica; UPDATE viewing SET purpose = 'x'",
    ):
        with pytest.raises(IntegrityError, match="append-only"):
            db.database.execute_sql(sql)
        db.database.execute_sql("SET session_replication_role = DEFAULT")
    db.database.execute_sql("ALTER TABLE viewing DISABLE TRIGGER viewing_no_update")
    assert "viewing may be changed: its update trigger is missing." in promises.check()
