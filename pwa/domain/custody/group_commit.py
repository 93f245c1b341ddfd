"""Group commit: batches that wait for the disk at the same time share one transaction, and one push to the disk.

Whoever comes first leads: it stores what waits, its own batch among it, and the next one waiting leads on. Nobody returns
before the own batch is durable, and a batch that fails takes no neighbour with it.
"""

from contextlib import ExitStack
from threading import Event, Lock

from peewee import InterfaceError, OperationalError

from db import database
from pwa.domain.custody.fair_mutex import turns

MOST_LINES = 400
"""How many lines share a transaction, so that the first of them does not wait long for the last."""


class Ticket:
    """A batch in the queue, and what became of it."""

    def __init__(self, batch):
        self.batch, self.error, self.is_done, self.called = batch, None, False, Event()


class Queue:
    """`store` takes a list of batches inside a transaction; it may be called again with some of them when one of them fails."""

    def __init__(self, store):
        self._store, self._lock = store, Lock()
        self._waiting, self._is_led = [], False

    def commit(self, batch):
        """Return when the batch is on the disk; raise what storing it raised. Inside somebody's transaction it is a part of that."""
        if database.in_transaction():
            self._store([batch])
            return
        ticket = Ticket(batch)
        with self._lock:
            self._waiting.append(ticket)
            leads, self._is_led = not self._is_led, True
        with turns.paused():  # whoever waits for a turn now has time to come into the queue
            if not leads:
                ticket.called.wait()
        if not ticket.is_done:
            self._lead()
        if ticket.error is not None:
            raise ticket.error

    def _lead(self):
        """Settle the batches in front, the leader's own first, and call whoever leads next."""
        with self._lock:
            group = self._front()
        with ExitStack() as disk:
            try:
                self._settle(group, disk)
            finally:
                with self._lock:
                    heir = self._waiting[0] if self._waiting else None
                    self._is_led = heir is not None
                for ticket in group:
                    ticket.is_done = True
                    ticket.called.set()
                if heir is not None:
                    heir.called.set()

    def _front(self):
        lines, count = 0, 0
        for ticket in self._waiting:
            lines += len(ticket.batch)
            if count and lines > MOST_LINES:
                break
            count += 1
        group, self._waiting = self._waiting[:count], self._waiting[count:]
        return group

    def _settle(self, group, disk):
        """One transaction for all; when something in it fails, one for each. A database out of reach is so for all of them.

        `disk` takes the pause in this thread's turn while the disk works.
        """
        try:
            with database.atomic():
                self._store([ticket.batch for ticket in group])
                disk.enter_context(turns.paused())
        except (OperationalError, InterfaceError) as problem:
            self._fail(group, problem)
        except Exception as problem:
            if len(group) == 1:
                self._fail(group, problem)
            else:
                for ticket in group:
                    self._settle([ticket], disk)
        except BaseException as problem:
            self._fail(group, problem)
            raise

    def _fail(self, group, problem):
        for ticket in group:
            ticket.error = problem
