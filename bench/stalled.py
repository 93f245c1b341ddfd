"""Pages and custody while others only begin to send: 300 sockets that stop in the middle of a body, and 16 phones at 2 kB a second.

Beside it version 248af98, which read bodies in its eight workers: there eight such sockets are enough, and no more are opened.
"""

import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import db
from bench import load
from bench.custody import VOLUNTEERS, Watch, prepare
from bench.world import Browser, percentile
from tests.browser.field_version import FieldVersion
from tests.serving.wire import answer, ask, connect, cookies, head

NDJSON = "application/x-ndjson"
STALLED, SLOW = 300, 16
SECONDS, SHARE = 15, 500
"""How long pages are asked for, less than a body may take; what a slow phone sends four times a second."""
PAGES = (("volunteer", "/"), ("volunteer", "/households"), ("volunteer", "/sync/status"), ("zone-leader", "/review"))
OPEN = ("/health", "/", "/sign-in")
PATIENCE = 5
FORM = {"Content_Length": 100, "Content_Type": "application/x-www-form-urlencoded"}


def measure(server):
    """Custody last: whoever checks reads its lines then, which would be counted for what stalls."""
    with Watch(server.process.pid) as watch:
        yield "nobody else: p50, p95 and slowest of all pages", told(pages(server)), ""
        time.sleep(1)
        before = watch.highest
        with stalled(server, STALLED), slow_phones(server) as answered:
            yield f"{STALLED} stalled sockets, {SLOW} phones at 2 kB/s: the same", told(pages(server)), "≤ 1 s"
        yield "   those phones are answered", f"{answered.count(200)} of {SLOW}", f"{SLOW}"
        yield "   memory at its highest: before; with them", f"{before // 1024}; {watch.highest // 1024} MB", "≤ 150 MB"
        yield "custody of 16 phones, a line a request", custody(server, watch), ""
        with stalled(server, STALLED):
            yield "   the same beside the stalled", custody(server, watch), ""
    yield from of_before()


def of_before():
    """The version in the field: its memory, and whether a page is answered while as many stall as it has workers."""
    with tempfile.TemporaryDirectory() as folder:
        server = FieldVersion("248af98", Path(folder))
        server.start()
        try:
            with Watch(server.process.pid) as watch:
                times = [seconds for _ in range(50) for seconds in look(server)]
                time.sleep(1)
            yield "248af98, nobody else: p50, p95 and slowest of open pages", told(times), ""
            yield "   memory at its highest", f"{watch.highest // 1024} MB", ""
            with stalled(server, 8):
                time.sleep(0.5)
                yield f"   8 stalled sockets: pages answered in {PATIENCE} s", f"{len(look(server))} of {len(OPEN)}", ""
        finally:
            server.stop()


def look(server):
    """[seconds] of the open pages that answer in time."""
    times = []
    for path in OPEN:
        with connect(server, head("GET", path)) as connection:
            connection.settimeout(PATIENCE)
            status, seconds, _ = answer(connection)
        times += [seconds] if status == 200 else []
    return times


def told(seconds):
    return f"{percentile(seconds, 0.5)}, {percentile(seconds, 0.95)}, {percentile(seconds, 1)}"


@contextmanager
def stalled(server, count):
    """So many have sent the head of a form and its first word, and stop there."""
    with ExitStack() as held:
        for _ in range(count):
            held.enter_context(connect(server, head("POST", "/session", **FORM), b"credential="))
        yield


@contextmanager
def slow_phones(server):
    """They send empty lines at 2 kB a second as long as pages are asked for; what each was answered stands in the list afterwards."""
    size = SHARE * 4 * (SECONDS + 1)
    fields = {"Content_Length": size, "Content_Type": NDJSON, "Cookie": cookies(server, "volunteer")["device"]}
    answered = []
    with ExitStack() as line:
        phones = [line.enter_context(connect(server, head("POST", "/sync/entries", **fields))) for _ in range(SLOW)]
        sender = threading.Thread(target=send_slowly, args=(phones, size))
        sender.start()
        yield answered
        sender.join()
        answered += [answer(phone)[0] for phone in phones]


def send_slowly(phones, size):
    for _ in range(size // SHARE):
        for phone in phones:
            phone.sendall(b"\n" * SHARE)
        time.sleep(0.25)


def pages(server):
    """[seconds] of the answers to pages that are asked for in turn, on new connections and on kept ones."""
    browsers = {who: Browser(server, server.tokens[who]) for who, _ in PAGES}
    times, until = [], time.monotonic() + SECONDS
    while time.monotonic() < until:
        for path in OPEN:
            status, took, _ = ask(server, head("GET", path))
            assert status in (200, 503), path  # a village of a bench has alarms
            times.append(took)
        for who, path in PAGES:
            status, _, took = browsers[who].get(path)
            assert status == 200, path
            times.append(took)
    return times


def custody(server, watch):
    with db.database.connection_context():
        requests = [prepare(server, VOLUNTEERS[place % len(VOLUNTEERS)], 1, 30) for place in range(SLOW)]
    before = watch.cpu()
    times, seconds, answers = load.run(server.port, requests)
    received = sum(one.count(b'"outcome": "received"') for one in answers)
    assert received == SLOW * 30, answers[0][:500]
    cost = (watch.cpu() - before) / received * 1_000_000
    return f"{received / seconds:.0f} lines/s, {cost:.0f} µs of CPU a line, p99 {percentile(times, 0.99)}"
