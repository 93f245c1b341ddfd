"""The village and its phones, for stories told in a real browser."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.chaos import free_port
from tests.browser.loaded import Loaded
from tests.browser.phones import HEADLESS, PATIENCE_S, Phone
from tests.browser.server import Server

LONGEST_S = 600
"""What one story may take on a busy machine; a few of them wait for several things."""

expect.set_options(timeout=PATIENCE_S * 1000)


def pytest_collection_modifyitems(items):
    """Every test in this folder needs a browser, and a loaded machine may make one stumble: what fails is told once more, and both are counted."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(LONGEST_S))


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    with Loaded(tmp_path_factory.getbasetemp() / "templates") as process:
        yield process


@pytest.fixture(scope="session")
def port():
    """Where phones find every village of this process: what one of them kept of the app fits the next story."""
    return free_port()


@pytest.fixture
def village(village_of_today, tmp_path, loaded, port):
    """A server with the demo village of its own, behind a network that can fail."""
    shutil.copytree(village_of_today, tmp_path / "data")
    server = Server(tmp_path / "data", launch=loaded.launch, port=port)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def known_app(playwright, village_of_today, tmp_path_factory, loaded, port):
    """The profile of a browser that saw the sign-in page once: it holds the app's files and its worker, and nothing of anybody."""
    folder = tmp_path_factory.mktemp("known-app")
    shutil.copytree(village_of_today, folder / "data")
    server = Server(folder / "data", launch=loaded.launch, port=port)
    server.start()
    phone = Phone(playwright, server.origin, folder / "profile")
    phone.page.goto("/sign-in")
    phone.worker_ready()
    assert phone.context.cookies() == []
    phone.close()
    server.stop()
    return folder / "profile"


@pytest.fixture
def phones(playwright, village, known_app, tmp_path):
    """Make phones: `phones("volunteer")` is enrolled and signed in, `phones(None)` is a stranger's. Its browser has seen the app
    before, which spares every story the two hundred files of a first visit; `new=True` makes one that has not."""
    made = []

    def make(handle=None, new=False, **abilities):
        profile = tmp_path / f"phone-{len(made)}"
        if not new and abilities.get("browser", HEADLESS) == HEADLESS:
            shutil.copytree(known_app, profile)
        phone = Phone(playwright, village.origin, profile, **abilities)
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
