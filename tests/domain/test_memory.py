"""What many requests read at one time: each forgets to make room for its own, and none trips over what another forgot."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

import db
from db.memory import Memory, Recent
from pwa.domain.review import doubles, glances, queues, readings
from tests.domain.test_readings import plain
from tests.hamlets import MORNING, Hamlet

THREADS, ROUNDS = 4, 25


@pytest.fixture
def hurry():
    """Threads take the interpreter from each other at every step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_it_keeps_the_last_ones():
    recent = Recent(2)
    assert recent.keep("a", 1) == 1
    recent.keep("b", 2)
    assert recent.get("a") == 1
    recent.keep("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)


def test_what_is_noted_in_a_transaction_is_forgotten_with_it(settled_fund):
    memory = Memory()
    memory()["before"] = 1
    with db.database.atomic():
        inside = memory()
        inside["meanwhile"] = 2
        assert (inside["before"], inside["meanwhile"]) == (1, 2)
    assert memory() == {"before": 1}


@pytest.mark.slow
@pytest.mark.usefixtures("hurry")
def test_threads_that_read_the_queue_do_not_trip_over_each_other(app, monkeypatch):
    hamlet = Hamlet()
    for number in range(8):
        hamlet.approved(plain(f"9{number}"), hours=number)
        hamlet.visit(plain(f"1{number}"), hours=number)
    for room, name in ((glances, "_kept"), (readings, "_read"), (doubles, "_verdicts")):
        monkeypatch.setattr(room, name, Recent(2))
    at = MORNING + timedelta(hours=60)
    seen = str(names(queues.of(hamlet.leader, at=at)))

    def read(thread):
        with db.database.connection_context():
            return {str(names(queues.of(hamlet.leader, at=at))) for _ in range(ROUNDS)}

    with ThreadPoolExecutor(THREADS) as threads:
        assert set.union(*threads.map(read, range(THREADS))) == {seen}


def names(queue):
    return [(item.number, item.name, item.reading.signs) for item in queue.items]
