"""How fast this machine is at three fixed things, so that figures of two machines compare: every figure is also told as a multiple."""

import json
import re
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

import db
from bench.custody import commits_a_second
from tests.browser.phones import CHROMIUM, FLAGS

RUNS = 9
ROUNDS = 4_000
LINE = 3_000
SLOWED = 4
SCRIPT = """() => {
  const start = performance.now();
  const list = document.createElement("ul");
  for (let row = 0; row < 3000; row += 1) {
    const item = document.createElement("li");
    item.dataset.row = `${row}`;
    item.textContent = JSON.stringify({ row, name: `ชื่อ ${row}`, words: [row, row * 2, row * 3] });
    list.append(item);
  }
  document.body.replaceChildren(list);
  const told = [...list.querySelectorAll("[data-row]")].map((item) => JSON.parse(item.textContent).name.length);
  if (told.length !== 3000) throw new Error("lost");
  return performance.now() - start;
}"""
AGAINST = {"phone": "page", "kit": "page", "custody": "commits", "drain": "commits"}
"""Which of the three a part is measured against; every other part against Python."""
FIGURE = re.compile(r"([\d.,]+) ?(ms|µs|s|lines/s)\b")
IN_MS = {"ms": 1, "s": 1000, "µs": 0.001}


class Yardstick:
    """Milliseconds of fixed work in Python and of a fixed script in a slowed page, and durable commits a second."""

    def __init__(self):
        self.python = statistics.median(work() for _ in range(RUNS))
        self.page = statistics.median(scripts())
        self.commits = commits()

    def __str__(self):
        told = f"Python {self.python:.1f} ms · page at {SLOWED}x CPU {self.page:.1f} ms"
        return f"{told} · {self.commits:.0f} durable commits/s"

    def multiples(self, part, figure):
        """The same figure in units of this machine, "" where it is no time and no rate."""
        return " / ".join(f"{self._multiple(part, *found):.2f}×" for found in FIGURE.findall(figure))

    def _multiple(self, part, number, unit):
        value = float(number.replace(",", ""))
        if unit == "lines/s":
            return value / self.commits
        return value * IN_MS[unit] / (self.page if AGAINST.get(part) == "page" else self.python)


def work():
    """Milliseconds of what a page is made of: rows, text, sorting, JSON; nothing that is done in C for long."""
    start = time.perf_counter()
    rows = [{"number": n, "name": f"ชื่อ {n * 7919 % ROUNDS}", "parts": [n % 7, n % 11]} for n in range(ROUNDS)]
    named = {}
    for row in sorted(rows, key=lambda row: (row["parts"], row["name"])):
        named.setdefault(row["parts"][0], []).append("".join(f"<li>{key}: {value}</li>" for key, value in row.items()))
    kept = [text for texts in named.values() for text in texts if "7" in text]
    assert json.loads(json.dumps(rows)) == rows and kept
    return (time.perf_counter() - start) * 1000


def scripts():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(folder, executable_path=CHROMIUM, args=FLAGS)
        page = context.new_page()
        slow = context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        yield from [page.evaluate(SCRIPT) for _ in range(RUNS)]
        context.close()


def commits():
    with tempfile.TemporaryDirectory() as folder:
        db.open_database(Path(folder) / "yardstick.db").connect()
        try:
            return commits_a_second(LINE)
        finally:
            db.database.close_all()
