"""The village and its phones, for stories told in a real browser."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.loaded import Loaded
from tests.browser.phones import Phone
from tests.browser.server import Server

expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items):
    """Every test in this folder needs a browser, and a loaded machine may make one stumble: what fails is told once more, and both are counted."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    with Loaded(tmp_path_factory.getbasetemp() / "templates") as process:
        yield process


@pytest.fixture
def village(template_data, tmp_path, loaded):
    """A server with the demo village of its own, behind a network that can fail."""
    shutil.copytree(template_data, tmp_path / "data")
    server = Server(tmp_path / "data", launch=loaded.launch)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def phones(playwright, village, tmp_path):
    """Make phones: `phones("volunteer")` is enrolled and signed in, `phones(None)` is a stranger's."""
    made = []

    def make(handle=None, **abilities):
        phone = Phone(playwright, village.origin, tmp_path / f"phone-{len(made)}", **abilities)
        made.append(phone)
        if handle:
            phone.enrol(village.invite(handle))
        return phone

    yield make
    for phone in made:
        phone.close()
    assert [error for phone in made for error in phone.unexpected()] == []


@pytest.fixture
def phone(phones):
    """`phone("volunteer")`: a signed-in phone of a demo account."""
    return phones
