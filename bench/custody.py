"""How fast lines come into custody: sealed, chained, stored with synchronous=FULL, receipted."""

import time

import db
from bench.world import Browser, percentile
from pwa import web
from pwa.domain.field import devices, forms

BATCHES, SINGLES = 20, 100


def measure(server):
    """Lines a second with 1 and 100 lines a request, over one connection."""
    payload = forms.schema("household@1")["examples"][0]
    with db.database.connection_context():
        at = web.system_clock()
        lines = [server.phone.line("household", payload, at=at, place="C01") for _ in range(BATCHES * 100 + SINGLES)]
        tokens = ("", devices.token(server.phone.device.id, at=at))
    browser = Browser(server, tokens)
    times = [send(browser, lines[i : i + 100]) for i in range(0, BATCHES * 100, 100)]
    yield "POST /sync/entries, 100 lines a request", f"{BATCHES * 100 / sum(times):.0f} lines/s", "≥ 600 lines/s"
    yield "  the same, p50 / p95 of a request", f"{percentile(times, 0.5)} / {percentile(times, 0.95)}", ""
    times = [send(browser, [line]) for line in lines[BATCHES * 100 :]]
    yield "POST /sync/entries, 1 line a request", f"{SINGLES / sum(times):.0f} lines/s", ""
    yield "  the same, p50 / p95 of a request", f"{percentile(times, 0.5)} / {percentile(times, 0.95)}", ""
    yield "a batch of 100 replayed", f"{send(browser, lines[:100]) * 1000:.0f} ms", ""


def send(browser, lines):
    start = time.perf_counter()
    body = b"\n".join(lines)
    status, _, _ = browser.request("POST", "/sync/entries", body, **{"Content-Type": "application/x-ndjson"})
    assert status == 200, status
    return time.perf_counter() - start
