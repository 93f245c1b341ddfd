"""The server process dies twelve times while four phones upload. More often with `make faults`."""

import pytest

from tests import databases
from tests.faults import kills

KILLS, SEED = 12, 1


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_was_acknowledged_survives_a_kill(engine, tmp_path):
    lines, cut = kills.endure(KILLS, tmp_path / "data", seed=SEED)
    databases.drop(tmp_path / "data")
    assert lines == KILLS * kills.PHONES * kills.LINES
    assert cut >= KILLS / 2, "the server must die in the middle of uploads, or this proves nothing"
