"""One server for these tests, on a village of its own."""

import shutil

import pytest

from tests.browser.server import Server
from tests.serving.wire import execute_impatient


@pytest.fixture(scope="module")
def server(template_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(template_data, folder)
    server = Server(folder, launch=execute_impatient)
    server.start()
    yield server
    server.stop()
