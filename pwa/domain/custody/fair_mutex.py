"""Who works: one thread at a time, in the order of asking. Threads that work at once would only take the interpreter from each
other at every statement; those that wait for the disk or for a neighbour let the next one work meanwhile.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local


class Turns:
    """A lock that is fair, and that its holder can lay down for a while."""

    def __init__(self) -> None:
        self._lock, self._is_taken = Lock(), False
        self._waiting: deque[Lock] = deque()
        self._mine = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Inside, it is this thread's turn."""
        self._take()
        try:
            yield
        finally:
            self._end()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Inside, others have their turn; afterwards this thread goes on behind those that wait. Nothing for a thread without a turn."""
        is_mine = getattr(self._mine, "is_held", False)
        if is_mine:
            self._end()
        try:
            yield
        finally:
            if is_mine:
                self._take()

    def _take(self) -> None:
        called = None
        with self._lock:
            if self._is_taken:
                called = Lock()
                called.acquire()
                self._waiting.append(called)
            self._is_taken = True
        if called:
            called.acquire()
        self._mine.is_held = True

    def _end(self) -> None:
        self._mine.is_held = False
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


turns = Turns()
