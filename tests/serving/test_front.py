"""Unfinished, slow, large and broken bodies against the real server: nobody else waits, and nothing stays behind."""

import gzip
import os
import signal
import sqlite3
import time
from contextlib import ExitStack, closing

import pytest

from tests.serving.wire import answer, ask, connect, cookies, head

pytestmark = pytest.mark.only("sqlite")

NDJSON = "application/x-ndjson"
FORM = "application/x-www-form-urlencoded"


def post(path="/session", size=100, **fields):
    return head("POST", path, **{"Content_Length": size, "Content_Type": FORM, **fields})


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def test_three_hundred_stalled_senders_keep_nobody_waiting(server):
    with ExitStack() as stalled:
        waiting = [stalled.enter_context(connect(server, post(), b"credential=")) for _ in range(300)]
        for path in ("/health", "/", "/sign-in", "/manifest.webmanifest"):
            status, seconds, _ = ask(server, head("GET", path))
            assert (status, seconds < 1) == (200, True), path
        status, seconds, _ = ask(server, post(size=12), b"credential=x")
        assert (status, seconds < 1) == (422, True)
        slowest = max(ask(server, head("GET", "/sign-in"))[1] for _ in range(100) if not time.sleep(0.03))
        assert slowest < 1, "while they are all told that their time is over"
        assert [answer(connection)[0] for connection in waiting] == [408] * 300


def test_phones_on_a_bad_line_are_heard_out_and_hinder_no_page(server):
    """Sixteen phones send 8 kB at 2 kB a second, twice as long as a stranger may take."""
    cookie, size, step = cookies(server, "volunteer")["device"], 8000, 500
    fields = {"Content_Length": size, "Content_Type": NDJSON, "Cookie": cookie}
    with ExitStack() as line:
        phones = [line.enter_context(connect(server, head("POST", "/sync/entries", **fields))) for _ in range(16)]
        for _ in range(size // step):
            began = time.monotonic()
            for phone in phones:
                phone.sendall(b"\n" * step)
            status, seconds, _ = ask(server, head("GET", "/"))
            assert (status, seconds < 1) == (200, True)
            time.sleep(max(0, 0.25 - (time.monotonic() - began)))
        answers = [answer(phone) for phone in phones]
    assert [status for status, _, _ in answers] == [200] * 16


REFUSED = {
    "no such page": (404, post("/nope")),
    "wrong method": (405, post("/health")),
    "from another site": (403, post(Sec_Fetch_Site="cross-site")),
    "no phone": (401, post("/sync/entries", Content_Type=NDJSON)),
    "no session": (401, post("/custody")),
    "too large for a stranger": (413, post(size=70_000)),
    "a session that is none": (413, post(size=70_000, Cookie="ombun_session_80=x")),
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_the_head_refuses_needs_no_body(server, said):
    expected, request = REFUSED[said]
    status, seconds, whole = ask(server, request)
    assert (status, seconds < 1) == (expected, True), whole[:200]
    assert b"ombun: 1" in whole


def test_the_head_of_a_phone_is_refused_at_once_too(server):
    cookie = cookies(server, "volunteer")["device"]
    for expected, fields in ((415, {"Content_Type": FORM}), (413, {"Content_Type": NDJSON})):
        request = head("POST", "/sync/entries", Content_Length=2_000_000, Cookie=cookie, **fields)
        assert ask(server, request)[0] == expected


def test_a_session_that_ended_needs_no_body(server):
    ended = cookies(server, "registrar")["session"] + "x"
    request = head("POST", "/custody", Content_Length=3_000_000, Content_Type=FORM, Cookie=ended)
    assert ask(server, request)[0] == 401


def test_a_good_session_alone_is_known(server):
    """Only phones and people who are signed in may send more than 64 KiB."""
    body = b"x=" + b"y" * 99_998
    cookie = cookies(server, "registrar")["session"]
    assert ask(server, post("/session", 100_000), body)[0] == 413
    assert ask(server, post("/session", 100_000, Cookie=cookie), body)[0] == 422


def test_the_answer_to_a_body_that_is_too_large_arrives(server):
    cookie = cookies(server, "volunteer")["device"]
    fields = {"Content_Type": NDJSON, "Cookie": cookie}
    for size in (1_100_000, 7_900_000):
        request = head("POST", "/sync/entries", Content_Length=size, **fields)
        assert ask(server, request, b"x" * size)[0] == 413
    several = [chunk(b"x" * 200_000) for _ in range(8)]
    assert ask(server, head("POST", "/sync/entries", Transfer_Encoding="chunked", **fields), *several)[0] == 413


@pytest.mark.parametrize("said", ["length", "chunks", "gzip", "expect"])
def test_a_whole_body_arrives_as_it_was_sent(server, said):
    """Two lines, the second no envelope: the answer names it, so both were read."""
    fields = {"Content_Type": NDJSON, "Cookie": cookies(server, "volunteer")["device"]}
    body = b"[]\n"
    if said == "chunks":
        parts = [
            head("POST", "/sync/entries", Transfer_Encoding="chunked", **fields),
            chunk(b"["),
            chunk(b"]\n"),
            b"0\r\n\r\n",
        ]
    elif said == "gzip":
        body = gzip.compress(body)
        parts = [head("POST", "/sync/entries", Content_Length=len(body), Content_Encoding="gzip", **fields), body]
    else:
        more = {"Expect": "100-continue"} if said == "expect" else {}
        parts = [head("POST", "/sync/entries", Content_Length=len(body), **more, **fields), body]
    with connect(server, *parts) as connection:
        status, _, whole = answer(connection)
    assert status == 400
    assert b'"line": 1' in whole or b'"line":1' in whole


@pytest.mark.parametrize("kind", ["length", "chunks"])
def test_a_body_that_is_cut_off_is_never_taken_for_a_whole_one(server, kind):
    """A reason that ends in the middle must not be recorded."""
    before = server.log.read_text().count('"route": "/session"')
    how = {"Content_Length": 100} if kind == "length" else {"Transfer_Encoding": "chunked"}
    request = head("POST", "/session", Content_Type=FORM, **how)
    for _ in range(20):
        connect(server, request, chunk(b"credential=1") if kind == "chunks" else b"credential=1").close()
    assert ask(server, head("GET", "/health"))[0] == 200
    time.sleep(0.5)
    assert server.log.read_text().count('"route": "/session"') == before


def test_one_connection_serves_again_after_an_early_answer(server):
    with connect(server, post("/nope", 10)) as connection:
        assert answer(connection)[0] == 404
        connection.sendall(b"x" * 10 + head("GET", "/health"))
        assert answer(connection)[0] == 200


def test_unfinished_bodies_have_a_bound_together_and_room_comes_back(server):
    """Strangers share a part of it, so that they never take the room of a phone."""
    with ExitStack() as stalled:
        many = [stalled.enter_context(connect(server, post(size=60_001), b"x" * 60_000)) for _ in range(16)]
        time.sleep(0.3)
        status, _, whole = ask(server, post(size=60_000), b"x" * 60_000)
        assert status == 503
        assert b"retry-after: 5" in whole
        cookie = cookies(server, "volunteer")["device"]
        assert (
            ask(server, head("POST", "/sync/entries", Content_Length=1, Content_Type=NDJSON, Cookie=cookie), b"\n")[0]
            == 200
        )
        assert len(many) == 16
    time.sleep(0.5)
    assert ask(server, post(size=60_000), b"x" * 60_000)[0] == 422


def test_it_tells_flask_the_address_and_every_header(server):
    """A language asked for by header and a cookie beside another one."""
    status, _, whole = ask(server, head("GET", "/sign-in", Accept_Language="en", Cookie="a=1; ombun_language=en"))
    assert status == 200
    assert b"Sign" in whole
    assert ask(server, head("GET", "/%E0%B8%81/%FF?x=%E0%B8%81"))[0] == 404
    assert ask(server, head("POST", "/session", Content_Length=0, Sec_Fetch_Site="ก"))[0] == 403


def test_health_answers_while_every_worker_waits_for_the_database(server):
    cookie = cookies(server, "volunteer")["device"]
    request = head("POST", "/sync/device", Content_Length=0, Cookie=cookie)
    lock = sqlite3.connect(server.data / "ombun.db", isolation_level=None)
    with ExitStack() as busy, closing(lock):
        lock.execute("BEGIN IMMEDIATE")
        waiting = [busy.enter_context(connect(server, request)) for _ in range(12)]
        time.sleep(0.3)
        status, seconds, whole = ask(server, head("GET", "/health"))
        assert (status, seconds < 3) == (503, True)
        assert b'"database"' in whole
        lock.execute("ROLLBACK")
        assert {answer(connection)[0] for connection in waiting} <= {200, 429}


def test_it_stops_when_told_to_though_bodies_are_unfinished(server):
    cookie = cookies(server, "volunteer")["device"]
    request = head("POST", "/sync/entries", Content_Length=1_000_000, Content_Type=NDJSON, Cookie=cookie)
    with connect(server, request, b"{"), connect(server, post(), b"c"):
        os.kill(server.process.pid, signal.SIGTERM)
        assert server.process.wait(10) == 0
    server.start()
