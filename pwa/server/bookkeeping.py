"""The thread that books money entries right after they came into custody, beside requests and behind them: custody never waits.

Where it does not run (a test, a verb of the terminal) whoever wakes it does the work at once.
"""

import threading
import time

from db import database
from pwa.domain.fund import bookings
from pwa.server import logs
from pwa.web import system_clock

REST_S = 0.02
"""Between two transactions, so that whoever waits to write comes first."""
AGAIN_S = 5
"""After trouble with the database."""

_called, _running = threading.Event(), threading.Event()


def begin():
    """Book for as long as this process lives."""
    _running.set()
    threading.Thread(target=_keep, daemon=True, name="bookkeeping").start()


def wake(*, at):
    """Something of money came into custody."""
    if _running.is_set():
        _called.set()
    else:
        bookings.catch_up(at=at)


def _keep():
    while True:
        _called.wait()
        _called.clear()
        try:
            with database.connection_context():
                bookings.catch_up(at=system_clock(), rest=lambda: time.sleep(REST_S))
        except Exception:  # it is tried again, here and by the watch; nothing that was received is lost
            logs.trouble("bookkeeping")
            time.sleep(AGAIN_S)
            _called.set()
