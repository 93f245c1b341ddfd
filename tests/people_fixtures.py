"""A small fund with a household in its register, and browsers on it, for the tests of accounts, passkeys and enrolments."""

import uuid
from types import SimpleNamespace

import pytest

import db
from db.models import Application, Household, Person
from pwa import config, web
from pwa.access import DEVICE, SESSION
from pwa.domain.people import accounts, devices, enrolments, sessions
from tests import databases, small_fund
from tests.apps import app_on
from tests.small_fund import NOW
from tests.soft_passkey import SoftPasskey

ORIGIN = "http://localhost"


class Clock:
    """The time that the app sees; tests move it."""

    at = NOW

    def __call__(self):
        return self.at


@pytest.fixture(scope="session")
def founded(tmp_path_factory, engine):
    """The small fund with ยายบุญมา of the canal community, who applied, and a neighbour who did not; built once."""
    fund = small_fund.settle(tmp_path_factory.mktemp("small") / "data")
    entry = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    house = Household.create(id=uuid.UUID(int=1), place=fund.units["canal"], version=1, number="45/2")
    fund.bunma = Person.create(
        id=uuid.UUID(int=2), household=house, local_id="p", title="นาง", first_name="บุญมา", last_name="ใจงาม"
    )
    fund.neighbour = Person.create(id=uuid.UUID(int=3), household=house, local_id="q", first_name="มาลี")
    Application.create(person=fund.bunma.id, fund=fund.fund, kind="new", applied_on=NOW.date(), entry=entry)
    databases.close()
    return fund


@pytest.fixture
def settled_fund(founded, tmp_path):
    """A copy of the small fund, open."""
    folder = tmp_path / "data"
    databases.copy(founded.folder, folder)
    small_fund.recall(folder)
    yield SimpleNamespace(**{**vars(founded), "folder": folder})
    databases.drop(folder)


@pytest.fixture
def site(settled_fund):
    """The app on the small fund: `site.browser("admin")` is signed in, `site.browser()` a stranger's; `site.clock.at` is now."""
    clock = Clock()
    address = databases.address(settled_fund.folder)
    settings = config.from_environment({}, data=settled_fund.folder, database_url=address, origin=ORIGIN, demo=False)
    app = app_on(settings, clock)
    db.database.connect(reuse_if_open=True)

    def browser(handle=None):
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if handle:
            client.device = devices.register(at=clock.at)
            token = sessions.start(settled_fund.people[handle], device=client.device, at=clock.at)
            client.set_cookie(settings.cookie(SESSION), token)
            client.set_cookie(settings.cookie(DEVICE), devices.token(client.device.id, at=clock.at))
        return client

    yield SimpleNamespace(app=app, browser=browser, clock=clock, settings=settings)
    db.database.connect(reuse_if_open=True)


def invite(fund, handle="volunteer", at=NOW):
    """A link for an account, as the keeper of the server makes it."""
    return enrolments.issue(fund.people[handle], by=None, at=at, reason="test")


def printed(handle="volunteer", at=None):
    """A link into the demo village, as the keeper prints it."""
    return enrolments.issue(accounts.named(handle), by=None, at=at or web.system_clock(), reason=enrolments.KEEPER)


def enrol(client, token, passkey=None, **headers):
    """Go through the whole registration; returns (the answer of POST /passkeys, the passkey)."""
    passkey = passkey or SoftPasskey()
    options = client.post("/passkeys/options", data={"token": token})
    if options.status_code != 200:
        return options, passkey
    credential = passkey.make(options.json)
    return client.post("/passkeys", data={"token": token, "credential": credential}, headers=headers), passkey


def sign_in(client, passkey, **more):
    """Go through the whole sign-in; returns the answer of POST /session."""
    options = client.post("/session/options").json
    return client.post("/session", data={"credential": passkey.use(options), **more})
