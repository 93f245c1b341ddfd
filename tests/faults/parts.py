"""Long runs in parts of a few hundred, one seed each, on every core."""

import contextlib
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests import databases
from tests.faults import days, kills
from tests.faults.claim_days import ClaimDay
from tests.faults.machine import Day
from tests.faults.paydays import PayDay

PART = {"days": 500, "paydays": 200, "claimdays": 100, "kills": 25}
MACHINES = {"days": Day, "paydays": PayDay, "claimdays": ClaimDay}


def run(what, engine, count, seed):
    """Part by part on every core; a part that breaks a promise raises at once, and names its seed."""
    began, met = time.monotonic(), Counter()
    parts = [min(PART[what], count - start) for start in range(0, count, PART[what])]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        work = [pool.submit(part, what, engine, size, seed + n) for n, size in enumerate(parts)]
        try:
            for done in as_completed(work):
                met.update(done.result())
        finally:
            pool.shutdown(cancel_futures=True)
    print(f"{count} {what} on {engine}, seeds {seed} to {seed + len(parts) - 1}: nothing lost, doubled or hidden")
    print(f"  met {dict(sorted(met.items()))} in {time.monotonic() - began:.0f} s", flush=True)


def part(what, engine, size, seed):
    databases.use(engine)
    if what in MACHINES:
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            return days.live(size, seed, MACHINES[what])
    with tempfile.TemporaryDirectory(dir=databases.memory()) as folder:
        lines, cut = kills.endure(size, Path(folder) / "data", seed=seed)
        databases.drop(Path(folder) / "data")
    return {"lines": lines, "uploads cut off": cut}
