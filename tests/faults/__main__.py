"""`make faults`: many random days and many killed servers on both databases, with the count and the seed of each part, so that it can be repeated."""

import argparse
import contextlib
import multiprocessing
import os
import secrets
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests import databases
from tests.faults import days, kills

PART = {"days": 500, "kills": 25}


def main():
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--days", type=int, default=100_000, help="random days, a tenth of them on PostgreSQL")
    asked.add_argument("--kills", type=int, default=500, help="killed servers on each database")
    asked.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    given = asked.parse_args()
    print(f"--days {given.days} --kills {given.kills} --seed {given.seed}", flush=True)
    with databases.server() as server:
        os.environ[databases.SERVER] = str(server)
        many = [("days", "sqlite", given.days - given.days // 10), ("days", "postgres", given.days // 10)]
        many += [("kills", "sqlite", given.kills), ("kills", "postgres", given.kills)]
        for what, engine, count in many:
            run(what, engine, count, given.seed)


def run(what, engine, count, seed):
    """Part by part on every core; a part that breaks a promise raises, and names its seed."""
    began, met = time.monotonic(), Counter()
    parts = [min(PART[what], count - start) for start in range(0, count, PART[what])]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        work = [pool.submit(part, what, engine, size, seed + n) for n, size in enumerate(parts)]
        for done in work:
            met.update(done.result())
    print(f"{count} {what} on {engine}, seeds {seed} to {seed + len(parts) - 1}: nothing lost, doubled or hidden")
    print(f"  met {dict(sorted(met.items()))} in {time.monotonic() - began:.0f} s", flush=True)


def part(what, engine, size, seed):
    databases.use(engine)
    if what == "days":
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            return days.live(size, seed)
    with tempfile.TemporaryDirectory(dir=databases.memory()) as folder:
        lines, cut = kills.endure(size, Path(folder) / "data", seed=seed)
        databases.drop(Path(folder) / "data")
    return {"lines": lines, "uploads cut off": cut}


if __name__ == "__main__":
    main()
