"""Every page asks the database a fixed number of questions: none asks once more for each row that there is."""

import pytest

import db
from db.models import RoleGrant
from pwa import web
from pwa.domain.people import accounts, devices, sessions
from tests import databases
from tests.apps import app_on
from tests.conftest import browser_of, build_village, settings_for
from tests.fuzz import doors
from tests.sources import none
from tests.statements import listening
from tests.things import things

pytestmark = [pytest.mark.only("sqlite"), pytest.mark.slow]

MOST = 110
"""Statements for one page; home of somebody with many duties asks the most."""
OTHERWISE = 10
"""What is shown of somebody in a fund, with rights, receipts, acts, claims, asks a little more than of somebody in none; once a row would be more."""
READERS = "volunteer zone-leader registrar admin network province treasurer committee auditor member".split()
NO_PAGE = ("/static/", "/health", "/metrics")


def asked(folder, *, visits, others):
    """{(page, reader): statements} for a village of this size; `others` accesses, links, imports and requests are open in it."""
    build_village(folder, visits=visits)
    app = app_on(settings_for(folder))
    db.database.connect(reuse_if_open=True)
    for _ in range(others):
        values = things()
    found = {(page, handle): of_page(client, path) for client, handle, page, path in visits_of(app, values)}
    databases.close()
    return found


def visits_of(app, values):
    """(client, reader, page, address) of every page that each reader may open."""
    for handle in READERS:
        client = signed_in(app, handle)
        roles = {grant.role for grant in RoleGrant.select().where(RoleGrant.account == client.account)}
        for method, rule, access in doors.rules(app):
            may_enter = access == "public" or not access or roles & set(access)
            if method == "GET" and may_enter and not rule.rule.startswith(NO_PAGE):
                yield client, handle, rule.rule, doors.address(rule, values)


def signed_in(app, handle):
    client, at, settings = browser_of(app), web.system_clock(), app.config["OMBUN"]
    client.account, device = accounts.named(handle), devices.register(at=at)
    client.set_cookie(settings.cookie("ombun_session"), sessions.start(client.account, device=device, at=at))
    client.set_cookie(settings.cookie("ombun_device"), devices.token(device.id, at=at))
    return client


def of_page(client, path):
    """How much is asked when the page is opened again."""
    client.get(path)
    with listening() as statements:
        assert client.get(path).status_code in (200, 303, 404)
    return len(statements)


def test_no_page_asks_more_for_more_rows(engine, tmp_path):
    few = asked(tmp_path / "few", visits=1, others=1)
    many = asked(tmp_path / "many", visits=4, others=8)
    assert few.keys() == many.keys()
    none([f"{page}: {few[page]} → {count}" for page, count in many.items() if count > few[page] + OTHERWISE])
    none([f"{page}: {count}" for page, count in many.items() if count > MOST])
