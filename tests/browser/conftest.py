"""The village and its phones, for stories told in a real browser."""

import fcntl
import os
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.phones import Phone
from tests.browser.server import OMBUN, Server


def pytest_collection_modifyitems(items):
    """Every test in this folder needs a browser."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory, worker_id):
    """The demo village's data folder, built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "demo-village"
    with open(shared / "demo-village.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            building = shared / "demo-village-unfinished"
            subprocess.run(
                [OMBUN, "demo"], env={**os.environ, "OMBUN_DATA": str(building)}, check=True, capture_output=True
            )
            building.rename(folder)
    return folder


@pytest.fixture
def village(demo_data, tmp_path):
    """A server with the demo village of its own, behind a network that can fail."""
    shutil.copytree(demo_data, tmp_path / "data")
    server = Server(tmp_path / "data")
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
