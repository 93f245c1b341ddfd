"""What tests of several routes share."""

import pytest

from pwa import web
from pwa.domain.field.phones import Phone


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
