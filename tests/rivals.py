"""Two people who press at the same instant: both have read what is there, then one after the other gets the database."""

import threading
import time

import db
from pwa.domain import NotFound, Refusal
from tests import databases

PATIENCE_S = 20
WAITING = (
    "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def press(*acts):
    """What each act came to, None or the Refusal: all wait for the database before any gets it. PostgreSQL gives it in this order."""
    told = [None] * len(acts)

    def run(place, act):
        with db.database.connection_context():
            try:
                act()
            except (Refusal, NotFound) as said:
                told[place] = said

    threads = [threading.Thread(target=run, args=about) for about in enumerate(acts)]
    with db.database.atomic():
        for count, thread in enumerate(threads, 1):
            thread.start()
            _until_waiting(count)
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    return told


def _until_waiting(count):
    """SQLite tells nobody who waits; there a moment must do."""
    if databases.engine == "sqlite":
        time.sleep(0.05)
        return
    until = time.monotonic() + PATIENCE_S
    while db.database.execute_sql(WAITING).fetchone()[0] < count:
        assert time.monotonic() < until, "nobody waits"
        time.sleep(0.01)
