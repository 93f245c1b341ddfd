"""Custody and the queue beside an earlier version, here 248af98 as it lies in tests/golden: two processes take turns, so that what else the machine
does hits both alike, and each tells the processor time of a line or a page."""

import os
import subprocess
import sys
import tarfile
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
BEFORE = ROOT / "tests/golden/248af98.tar.gz"
ROUNDS = [(100, 1, 40), (1, 25, 40)]
"""Lines a request, requests in turn, turns."""
PAGE = ("/review", 5, 30)
"""A page, how many times in turn, turns."""


def measure(_):
    with ExitStack() as stack:
        tree = stack.enter_context(tempfile.TemporaryDirectory())
        with tarfile.open(BEFORE) as packed:
            packed.extractall(tree, filter="data")
        before, now = (stack.enter_context(sender(one)) for one in (tree, ROOT))
        yield from pages(before, now)
        for lines, count, turns in ROUNDS:
            for one in (before, now):
                one(lines, count)
            pairs = [(before(lines, count), now(lines, count)) for _ in range(turns)]
            yield from told(lines, pairs)


def pages(before, now):
    """The queue of a zone leader, before custody fills it."""
    path, count, turns = PAGE
    for one in (before, now):
        one(path, count)
    old, new = zip(*((before(path, count), now(path, count)) for _ in range(turns)), strict=True)
    for label, found in ((f"{path} in 248af98", old), ("   now", new)):
        yield (
            f"{label}: processor time, least and median",
            f"{min(found) / 1000:.1f} / {median(found) / 1000:.1f} ms",
            "",
        )


def told(lines, pairs):
    old, new = zip(*pairs, strict=True)
    label = f"{lines} lines a request"
    yield f"{label}: processor time a line in 248af98, least and median", f"{min(old):.0f} / {median(old):.0f} µs", ""
    yield "   now", f"{min(new):.0f} / {median(new):.0f} µs", ""
    shares = median(one / other for one, other in pairs)
    yield (
        "   of its lines a second: by the least, by the median of pairs",
        f"{min(old) / min(new):.2f} / {shares:.2f}",
        "≥ 0.80",
    )


@contextmanager
def sender(tree):
    """`ask(lines, requests)` of a process that runs the version in this tree."""
    settings = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-P", Path(__file__).parent / "sender.py"]
    with subprocess.Popen(
        command,
        cwd=tree,
        env=settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:

        def ask(lines, requests):
            process.stdin.write(f"{lines} {requests}\n")
            process.stdin.flush()
            return float(process.stdout.readline())

        assert process.stdout.readline() == "ready\n"
        yield ask
        process.stdin.close()
