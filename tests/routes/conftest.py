"""What tests of several routes share."""

import pytest

from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from tests.conftest import browser_of
from tests.people_fixtures import printed


@pytest.fixture
def phone(client_as):
    """The volunteer's phone with the browser that carries its cookie."""
    return phone_of(client_as("volunteer"))


@pytest.fixture
def unsigned(client_as):
    """The same, of a version that does not sign yet."""
    return phone_of(client_as("volunteer"), signs=False)


def phone_of(client, **about):
    phone = Phone(client.account, at=web.system_clock(), device=client.device, **about)
    phone.client = client
    return phone


@pytest.fixture
def looking(app):
    """`looking("zone-leader")`: the browser of somebody who looks around as this demo account, without a key."""

    def make(handle):
        client = browser_of(app)
        client.account = accounts.named(handle)
        assert enter(client, printed(handle).token).status_code == 200
        return client

    return make


def enter(client, token, **environ):
    headers = {"Accept": "application/json"}
    return client.post("/trials", data={"token": token}, headers=headers, environ_overrides=environ)
