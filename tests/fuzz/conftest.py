"""The village with every limit off, and a knock that tells of the error behind a 500 and takes back what it wrote."""

import sys

import pytest

from db.models import RoleGrant
from pwa import errors
from pwa.domain.custody import allowances
from pwa.domain.people import accounts, limits
from pwa.server import logs
from tests.fuzz import doors
from tests.things import things as every_thing

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
def things(app):
    """Things of zone 1 by the names that addresses call them."""
    return every_thing()


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
