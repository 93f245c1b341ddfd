"""Random days with faults: nothing lost, nothing doubled, every gap told. More of them with `make faults`."""

import pytest

from tests.faults import days

RUNS = {"sqlite": 2000, "postgres": 300}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_lost_doubled_or_hidden(engine):
    met = days.live(RUNS[engine])
    assert days.KINDS - {"full"} <= met.keys(), "a fault that never happened proves nothing"
