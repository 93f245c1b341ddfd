"""What tests of several routes share."""

import pytest

from pwa import web
from pwa.domain.field.phones import Phone


@pytest.fixture
def phone(client_as):
    """The volunteer's phone with the browser that carries its cookie."""
    client = client_as("volunteer")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    phone.client = client
    return phone
