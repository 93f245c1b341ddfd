"""The village with every limit off, and a knock that tells of the error behind a 500 and takes back what it wrote."""

import sys

import pytest

from db.models import (
    Application,
    Entry,
    Household,
    Opening,
    Passkey,
    Person,
    QueueImport,
    RoleGrant,
    Session,
    StoredBlob,
    Unit,
)
from pwa import errors, logs, web
from pwa.domain.field import allowances
from pwa.domain.people import accounts, enrolments, limits
from tests.fuzz import doors

HANDLES = ("registrar", "zone-leader", "admin", "volunteer", "treasurer", "committee", "auditor", "network", "province")


@pytest.fixture(autouse=True)
def limits_off(monkeypatch):
    for name in ("check", "check_digits", "fail"):
        monkeypatch.setattr(limits, name, lambda *args, **about: None)
    for name in ("seconds_to_wait", "blob_seconds_to_wait"):
        monkeypatch.setattr(allowances, name, lambda *args, **about: 0)


@pytest.fixture
def ask(app, monkeypatch):
    """`ask(client, method, path, …)`: what a request is answered. At the end nothing of it was an error of ours.

    The database stays open between requests, and what each wrote is taken back.
    """
    faults, found = [], {}
    monkeypatch.setattr(errors.logs, "fault", lambda what, **facts: faults.append(told(sys.exception())))
    monkeypatch.setitem(app.teardown_request_funcs, None, [])

    def asked(client, method, path, **about):
        faults.clear()
        status, body = doors.knock(client, method, path, **about)
        if status >= 500 and (faults or path != "/health"):
            found.setdefault(f"{status} {faults}", f"{method} {path:.200} {about!r:.300}")
        return body

    yield asked
    assert not found, "".join(f"\n{why}\n    {first}" for why, first in found.items())


def told(error):
    return "; ".join(f"{one['kind']} at {' < '.join(one['places'][:-5:-1])}" for one in logs.errors(error))


@pytest.fixture
def village(app):
    """Things of zone 1 by the names that addresses call them."""
    at, handle = web.system_clock(), accounts.named("volunteer")
    household = Household.select().join(Unit).where(Unit.code == "C01").first()
    entry = Entry.select().join(Opening).where(Opening.subject == household.id).first()
    issued = enrolments.issue(accounts.named("member"), by=None, at=at, reason="ทดสอบ")
    passkey = Passkey.create(account=handle, credential_id="x", public_key=b"x", created_at=at, device=entry.device)
    return {
        "household_id": household.id,
        "entry_id": entry.entry_id,
        "person_id": Person.get(Person.household == household).id,
        "account_id": handle.id,
        "device_id": entry.device,
        "enrolment_id": issued.enrolment.id,
        "passkey_id": passkey.id,
        "session_id": Session.select(Session.id).limit(1).scalar() or 1,
        "grant_id": RoleGrant.get(RoleGrant.account == handle).id,
        "application_id": Application.select(Application.id).limit(1).scalar() or 1,
        "import_id": QueueImport.create(account=accounts.named("registrar").id, at=at, report="[]").id,
        "fund_code": "F1",
        "sha256": StoredBlob.select(StoredBlob.sha256).limit(1).scalar() or "0" * 64,
        "form": "household@1",
        "version": "x",
        "name": "app.css",
    }


@pytest.fixture
def reader(app, client_as):
    """`reader(access)`: the browser of somebody who may enter where these may."""
    granted = {handle: roles_of(handle) for handle in HANDLES}
    made = {}

    def of(access):
        free = access == "public" or not access
        handle = next(handle for handle in HANDLES if free or granted[handle] & set(access))
        if handle not in made:
            made[handle] = client_as(handle)
        return made[handle]

    return of


def roles_of(handle):
    return {grant.role for grant in RoleGrant.select().where(RoleGrant.account == accounts.named(handle))}
