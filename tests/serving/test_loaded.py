"""What the server has loaded when it begins to answer is out of the garbage collector's way."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.only("sqlite")

COUNT = "import gc; before = len(gc.get_objects()); import pwa.server.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()), before)"


def test_no_request_waits_while_what_was_loaded_is_walked(data):
    settings = {**os.environ, "OMBUN_DATA": str(data), "OMBUN_ORIGIN": "http://localhost"}
    told = subprocess.run([sys.executable, "-c", COUNT], env=settings, capture_output=True, text=True, check=True)
    frozen, walked, before = map(int, told.stdout.split())
    assert frozen > 10 * before
    assert walked < before
