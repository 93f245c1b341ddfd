"""How fast lines come into custody: unsealed, judged, stored on the disk, receipted; beside what the database alone can commit."""

import os
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

import db
from bench import load
from bench.world import percentile
from db.models import Account
from pwa import config, demo, open_data, web
from pwa.domain.crypto import keyring
from pwa.domain.custody.phones import Phone
from pwa.domain.kinds import forms
from pwa.domain.people import devices
from tests import databases
from tests.browser.server import Server

VOLUNTEERS = ("volunteer", "volunteer-2", "volunteer-3", "volunteer-4")
ROUNDS = [(1, 1, 300), (4, 1, 150), (16, 1, 90), (1, 100, 20), (4, 100, 10), (16, 100, 6)]
"""Phones, lines a request, requests a phone."""
AIMS = {(16, 1): "≥ 600 lines/s, p99 ≤ 150 ms", (16, 100): "≥ 2,000 lines/s"}


def measure(server):
    """Both databases, each as durable as in service; the village's own is in use again afterwards."""
    yield "SQLite, WAL, synchronous=FULL", "", ""
    yield from rounds(server)
    yield "PostgreSQL, fsync and synchronous_commit on", "", ""
    try:
        with on_postgres() as other:
            yield from rounds(other)
    finally:
        open_data(config.from_environment({}, data=server.data, origin=server.origin))


@contextmanager
def on_postgres():
    """A small village on a PostgreSQL server of our own, served."""
    with tempfile.TemporaryDirectory() as folder, databases.server("listen_addresses=") as socket:
        host = quote(str(socket), safe="")
        with psycopg.connect(f"postgresql://ombun@/postgres?host={host}", autocommit=True) as made:
            made.execute("CREATE DATABASE bench")
        url, data = f"postgresql://ombun@/bench?host={host}", Path(folder) / "data"
        open_data(config.from_environment({}, data=data, database_url=url, origin="http://localhost"))
        db.migrate()
        with db.database.connection_context():
            keyring.prepare(at=web.system_clock())
            demo.build(at=web.system_clock(), visits=3)
        server = Server(data, OMBUN_DATABASE_URL=url)
        server.start()
        try:
            yield server
        finally:
            server.stop()
            db.database.close_all()


def rounds(server):
    """Lines a second by phones and lines a request; each beside the commits a second of the same database in the same minute."""
    with db.database.connection_context(), Watch(server.process.pid) as watch:
        warm_up(server)
        for phones, lines, count in ROUNDS:
            requests = [prepare(server, VOLUNTEERS[i % len(VOLUNTEERS)], lines, count) for i in range(phones)]
            sizes = [len(one) for one in requests[0]]
            commits = commits_a_second(sizes[0])
            before = watch.cpu()
            times, seconds, answers = load.run(server.port, requests)
            cpu = watch.cpu() - before
            received = sum(answer.count(b'"outcome": "received"') for answer in answers)
            assert received == phones * lines * count, answers[0][:500]
            rate = received / seconds
            share = f"{rate / lines / commits:.2f} of {commits:.0f} commits/s"
            label = f"{phones:>2} phones, {lines:>3} lines of {sizes[0] // lines:,} bytes a request"
            yield label, f"{rate:.0f} lines/s", AIMS.get((phones, lines), "")
            yield "   requests beside raw durable commits of that size", share, ""
            yield "   processor time of the server a line", f"{cpu / received * 1_000_000:.0f} µs", ""
            yield "   p50 / p99 of a request", f"{percentile(times, 0.5)} / {percentile(times, 0.99)}", ""
        replayed = load.run(server.port, [[requests[0][0]]])[0]
        yield "a batch of 100 replayed", percentile(replayed, 0.5), ""
    yield "server memory at its highest (all its processes)", f"{watch.highest // 1024} MB", "≤ 150 MB"


def warm_up(server):
    load.run(server.port, [prepare(server, "volunteer", 1, 5)])


def prepare(server, handle, lines, count):
    """The requests of a new phone: sealed and chained lines of a household each, as its outbox would send them."""
    at = web.system_clock()
    payload = forms.schema("household@1")["examples"][0]
    phone = Phone(Account.get(Account.handle == handle), at=at)
    port = urlsplit(server.origin).port
    headers = {
        "Cookie": f"ombun_device_{port}={devices.token(phone.device.id, at=at)}",
        "Content-Type": "application/x-ndjson",
        "Sec-Fetch-Site": "same-origin",
    }
    made = [[phone.line("household", payload, at=at) for _ in range(lines)] for _ in range(count)]
    return [
        load.request(
            "POST", "/sync/entries", b"\n".join(batch), **headers, **{"Ombun-Waiting": (count - place) * lines}
        )
        for place, batch in enumerate(made)
    ]


def commits_a_second(size):
    """Transactions of one row of this size, one after another, each pushed to the disk: the same database, a table of its own."""
    table, row, count = "bench_commits", os.urandom(size), 200
    kind = "BYTEA" if db.is_postgres() else "BLOB"
    db.database.execute_sql(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, line {kind})")
    start = time.perf_counter()
    for number in range(count):
        with db.database.atomic():
            db.database.execute_sql(
                f"INSERT INTO {table} VALUES ({db.database.param}, {db.database.param})", (number, row)
            )
    seconds = time.perf_counter() - start
    db.database.execute_sql(f"DROP TABLE {table}")
    return count / seconds


class Watch:
    """What the server's processes use: their memory at its highest, shared parts counted once (PSS), and processor time."""

    def __init__(self, leader):
        self._leader, self._done, self.highest = leader, threading.Event(), 0
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self._watch.start()
        return self

    def __exit__(self, *problem):
        self._done.set()
        self._watch.join()

    def cpu(self):
        """Seconds of processor time that they have used."""
        fields = [(folder / "stat").read_text().rpartition(")")[2].split() for folder in self._processes()]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")

    def _look(self):
        while not self._done.wait(0.3):
            self.highest = max(self.highest, sum(map(_pss, self._processes())))

    def _processes(self):
        """The leader of the process group and whoever belongs to it."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
            except OSError:
                continue
            if group == self._leader:
                yield folder


def _pss(folder):
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
