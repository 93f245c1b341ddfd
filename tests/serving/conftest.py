"""One server for these tests, on a village of its own."""

import os
import shutil

import pytest

from tests.browser.server import Server
from tests.serving.wire import execute_impatient


def pytest_collection_modifyitems(items):
    """A real server and clients that dawdle take longer than `make check` may wait."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def server(village_of_today, tmp_path_factory):
    yield from served(village_of_today, tmp_path_factory, launch=execute_impatient)


@pytest.fixture(scope="module")
def patient(village_of_today, tmp_path_factory):
    """One with the limits that it has in service."""
    yield from served(village_of_today, tmp_path_factory)


def served(village, factory, **how):
    folder = factory.mktemp("served") / "data"
    shutil.copytree(village, folder)
    server = Server(folder, **how)
    server.start()
    yield server
    server.stop()
