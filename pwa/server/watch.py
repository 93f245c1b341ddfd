"""The night watch of a serving process: a thread that does what is small, and starts `ombun tend` when a backup or a proof is due.

It looks every ten minutes, and at once when somebody asks for it. It lives in the process that starts the workers, which has
everything loaded and nothing else to do; a backup is made in a process of its own, which gives its memory back.
"""

import json
import subprocess
import sys
import threading
import time
from functools import partial

import db
from pwa.domain.fund import bookings, closes
from pwa.domain.network import sending
from pwa.domain.operations import schedule
from pwa.domain.people import role_starts
from pwa.server import logs, sender
from pwa.web import system_clock

ROUND_S = 600
GLANCE_S = 2
FIRST_S = 5
LONGEST_S = 6 * 3600
TAIL = 500
REST_S = 0.03
"""Between two transactions; SQLite looks this often whether it may write."""


def begin(settings):
    """Watch for as long as this process lives. Without a passphrase no backup could be written safely, and none is."""
    logs.to_stderr()
    threading.Thread(target=_watch, args=(settings,), daemon=True, name="watch").start()


def renew():
    """Begin the roles that are due, book what is not booked yet, ask what changed under decided claims, and renew what people and houses
    are found by; says of how many households.
    """
    role_starts.begin_due(at=system_clock())
    bookings.catch_up(at=system_clock(), again=True, rest=lambda: time.sleep(REST_S))
    schedule.look_at_claims(at=system_clock(), rest=lambda: time.sleep(REST_S))
    return schedule.renew_keys(rest=lambda: time.sleep(REST_S))


def try_out(path, beside):
    """What `ombun prove` found out about a backup file."""
    verb = [*ombun("prove"), "--json", "--beside", beside, path]
    try:
        done = subprocess.run(verb, capture_output=True, text=True, timeout=LONGEST_S)
        return json.loads(done.stdout)
    except ValueError:
        why = done.stderr[-TAIL:].strip() or done.returncode
    except (OSError, subprocess.TimeoutExpired) as problem:
        why = problem
    return {"entries": 0, "photos": 0, "findings": [f"It could not be tried out: {why}"], "head": None}


def ombun(*words):
    return [sys.executable, "-m", "pwa", *words]


def _watch(settings):
    waits, nudge = FIRST_S, settings.data / schedule.NUDGE
    while True:
        while waits > 0 and not nudge.exists():
            time.sleep(GLANCE_S)
            waits -= GLANCE_S
        go_round(settings)
        waits = ROUND_S
        nudge.unlink(missing_ok=True)


def go_round(settings):
    """Do what is small now, and let a process of its own do what is not. Trouble with one is told, and keeps nobody from the other."""
    _tell_trouble(_connected, renew)
    _tell_trouble(_connected, partial(closes.let_fall, at=system_clock()))
    _tell_trouble(_connected, partial(sending.send_due, sender.post, at=system_clock()))
    is_due = partial(schedule.is_due, settings.backups, at=system_clock())
    if settings.passphrase and _tell_trouble(_connected, is_due):
        _tell_trouble(subprocess.run, ombun("tend"), check=False)


def _connected(work):
    try:
        with db.database.connection_context():
            return work()
    finally:
        db.database.close_all()


def _tell_trouble(work, *given, **more):
    try:
        return work(*given, **more)
    except Exception:
        logs.trouble("watch")
