"""The bound of all unfinished bodies together at its real size: 64 MiB of phones that stopped in the middle."""

import hashlib
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from select import select

import pytest

from pwa.domain.custody import blobs
from pwa.server import bodies
from tests.serving.wire import answer, ask, connect, cookies, head

pytestmark = pytest.mark.only("sqlite")

PHOTO = bytes(blobs.MOST_BYTES)
MANY = bodies.MOST_TOGETHER // len(PHOTO)
LINES = b"\n" * 100
MEMORY = 4 * bodies.MOST_TOGETHER
"""What the server may hold more while all of them are answered at once: the parts, the whole, and what a worker makes of it."""


def photo(cookie, **how):
    path = f"/sync/blobs/{hashlib.sha256(PHOTO).hexdigest()}"
    how = how or {"Content_Length": len(PHOTO)}
    return head("PUT", path, Cookie=cookie, Content_Type="application/octet-stream", **how)


def resident(pid):
    """What the server and its workers hold in memory, in bytes."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 + sum(map(resident, map(int, below)))


def test_when_it_is_reached_more_is_put_off_and_room_comes_back(server):
    cookie = cookies(server, "volunteer")["device"]
    lines = head("POST", "/sync/entries", Content_Length=100, Content_Type="application/x-ndjson", Cookie=cookie)
    assert ask(server, lines, LINES)[0] == 200
    before, began = resident(server.process.pid), time.monotonic()
    stall = partial(connect, server, photo(cookie), PHOTO[:-1])
    for _ in range(2):
        with ExitStack() as stalled:
            waiting = [stalled.enter_context(stall()) for _ in range(MANY)]
            until_full(server, lines, waiting, stalled, stall)
            for more in (photo(cookie), lines, photo(cookie, Transfer_Encoding="chunked")):
                status, seconds, whole = ask(server, more, b"64\r\n" + LINES)
                assert (status, seconds < 1) == (503, True)
                assert b"retry-after: 5" in whole
            for path in ("/health", "/", "/sign-in"):
                assert ask(server, head("GET", path))[:2] < (201, 1), "who sends nothing is answered"
            waiting.pop().close()
            for one in waiting:
                one.sendall(PHOTO[-1:])
            assert {answer(one)[0] for one in waiting} <= {200, 201}
            assert ask(server, lines, LINES)[0] == 200
        assert resident(server.process.pid) - before < MEMORY
    assert time.monotonic() - began < 30


def until_full(server, lines, waiting, stalled, stall):
    """All that was sent is read. The last photo is put off where it comes while one of our own questions is held: it comes again."""
    deadline = time.monotonic() + 25
    while ask(server, lines, LINES)[0] == 200:
        assert time.monotonic() < deadline, "the bound is not reached"
        for refused in select(waiting, [], [], 0.05)[0]:
            waiting[waiting.index(refused)] = stalled.enter_context(stall())
