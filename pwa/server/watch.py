"""The night watch of a serving process: a thread that starts `ombun tend` every ten minutes, and at once when somebody asks for it.

The work is done in a process of its own: it gives its memory back, and what it does to its database hinders nobody.
"""

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress

from pwa.domain.operations import schedule

ROUND_S = 600
GLANCE_S = 2
FIRST_S = 5
LONGEST_S = 6 * 3600
TAIL = 500


def begin(settings):
    """Watch for as long as this process lives. Without a passphrase no backup could be written safely, and none is."""
    verb = ["tend"] if settings.passphrase else ["tend", "--keys-only"]
    threading.Thread(target=_watch, args=(settings.data / schedule.NUDGE, verb), daemon=True, name="watch").start()


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


def _watch(nudge, verb):
    waits = FIRST_S
    while True:
        while waits > 0 and not nudge.exists():
            time.sleep(GLANCE_S)
            waits -= GLANCE_S
        with suppress(OSError):
            subprocess.run(ombun(*verb), check=False)
        waits = ROUND_S
        nudge.unlink(missing_ok=True)
