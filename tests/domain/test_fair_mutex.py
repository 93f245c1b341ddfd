"""Turns: one at a time, in the order of asking, and whoever pauses lets the others on."""

import threading

import pytest

from pwa.domain.custody.fair_mutex import Turns

CROWD = 8


@pytest.fixture
def turns():
    return Turns()


def line_up(turns, count, done):
    """Threads that ask one after another, each only when the one before is waiting; `done` gets their numbers."""

    def take(number):
        with turns.taken():
            done.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(count)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(turns._waiting) <= number:
            threading.Event().wait(0.001)
    return threads


def finish(threads):
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


def test_they_come_in_the_order_of_asking(turns):
    done = []
    with turns.taken():
        threads = line_up(turns, CROWD, done)
        assert done == []
    finish(threads)
    assert done == list(range(CROWD))


def test_it_is_never_the_turn_of_two(turns):
    inside, most = [], []

    def work():
        for _ in range(200):
            with turns.taken():
                inside.append(1)
                most.append(len(inside))
                inside.pop()
                with turns.paused():
                    pass
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(CROWD)]
    for thread in threads:
        thread.start()
    finish(threads)
    assert max(most) == 1 and len(most) == 2 * 200 * CROWD


def test_a_pause_lets_those_who_wait_go_first(turns):
    done = []
    with turns.taken():
        threads = line_up(turns, CROWD, done)
        with turns.paused():
            finish(threads)
        done.append("back")
    assert done == [*range(CROWD), "back"]


def test_a_fault_ends_the_turn(turns):
    with pytest.raises(ZeroDivisionError), turns.taken():
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), turns.taken(), turns.paused():
        raise ZeroDivisionError
    done = []
    with turns.taken():
        threads = line_up(turns, 1, done)
    finish(threads)
    assert done == [0]


def test_without_a_turn_a_pause_is_nothing(turns):
    with turns.taken():
        thread = threading.Thread(target=lambda: turns.paused().__enter__())
        thread.start()
        finish([thread])
        assert turns._is_taken and not turns._waiting
