"""A database of the version before: roles go on, an access in use for 30 days counts as confirmed, the others wait."""

import shutil

import pytest

import db
from db import MIGRATIONS
from db.models import AccessConfirmation, Passkey, RoleStart
from pwa.domain.people import accesses, hands
from pwa.domain.places import units
from tests import databases

DAY = 24 * 60 * 60 * 1000
BEFORE = "0010"


@pytest.fixture
def earlier(engine, tmp_path, monkeypatch):
    """The tables as they were before this version, in a data folder of their own."""
    old = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, old)
    for path in old.glob("*.py"):
        if path.stem >= BEFORE:
            path.unlink()
    databases.close()
    (tmp_path / "data").mkdir()
    databases.open_in(tmp_path / "data").connect()
    with monkeypatch.context() as patched:
        patched.setattr(db, "MIGRATIONS", old)
        db.migrate()
    yield db.database
    databases.drop(tmp_path / "data")


def put(table, **row):
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join([db.database.param] * len(row))
    db.database.execute_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))


def person(number, zone=1):
    name = f"{number:032x}"
    put("account", id=name, handle=f"a{number}", name=f"คนที่ {number}", unit_id=zone, language="th", created_at=0)
    return name


def access(number, owner, issuer, *, used, seen=None):
    device, enrolment = f"{number + 100:032x}", f"{number + 200:032x}"
    put("device", id=device, created_at=0, agent="")
    passkey = dict(credential_id=f"c{number}", public_key=b"x", sign_count=0, label="", device_id=device)
    put("passkey", id=number, account_id=owner, created_at=0, used_at=used, **passkey)
    about = dict(token_hash=f"t{number}", issued_at=0, expires_at=0, reason="", identity_check="")
    put("enrolment", id=enrolment, account_id=owner, issued_by_id=issuer, **about)
    put("enrolment_use", enrolment_id=enrolment, passkey_id=number, at=0)
    if seen:
        session = dict(token_hash=f"s{number}", started_at=0, expires_at=seen, agent="")
        put("session", account_id=owner, device_id=device, seen_at=seen, **session)


def test_it_goes_on_as_it_was(earlier):
    put("unit", id=1, code="Z", kind="zone", name="โซน")
    admin, leader, used, seen, fresh, never = (person(number) for number in range(1, 7))
    for number, (account, role, giver) in enumerate(((admin, "admin", None), (leader, "zone_leader", admin)), 1):
        put(
            "role_grant",
            id=number,
            account_id=account,
            role=role,
            unit_id=1,
            granted_by_id=giver,
            granted_at=5,
            reason="",
        )
    access(1, used, leader, used=30 * DAY)
    access(2, seen, leader, used=None, seen=31 * DAY)
    access(3, fresh, leader, used=29 * DAY)
    access(4, never, leader, used=None)
    db.migrate()
    accounts = {row.handle: row for row in db.models.Account.select()}
    assert [grant.role for grant in units.grants(accounts["a2"])] == ["zone_leader"]
    [start] = RoleStart.select()
    assert (start.grant_id, start.account_id, RoleStart.at.db_value(start.at)) == (2, None, 5)
    confirmed = {row.passkey_id: (row.account_id, row.how) for row in AccessConfirmation.select()}
    assert confirmed == {1: (None, "in use"), 2: (None, "in use")}
    waiting, _ = accesses.waiting(accounts["a1"])
    assert {one.passkey.id for one in waiting} == {3, 4}, "the others are one list to confirm"
    assert hands.are_tied(accounts["a2"].id, [Passkey.get_by_id(3).account_id])
    assert not hands.are_tied(accounts["a2"].id, [Passkey.get_by_id(1).account_id])
