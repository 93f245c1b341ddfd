"""The `ombun` of a terminal, on the data folder of a test."""

import os
import subprocess
import sys
from types import SimpleNamespace

from tests import databases


def ombun(folder, *words):
    """Run a verb there: its exit code, what it said, and what it complained of."""
    address = databases.address(folder)
    settings = {"OMBUN_DATA": str(folder)} | ({"OMBUN_DATABASE_URL": address} if address else {})
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OMBUN_")}
    done = subprocess.run(
        [sys.executable, "-m", "pwa", *map(str, words)], env=kept | settings, capture_output=True, text=True
    )
    return SimpleNamespace(code=done.returncode, said=done.stdout, complained=done.stderr)
