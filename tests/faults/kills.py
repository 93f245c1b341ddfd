"""A real server, killed with -9 while phones upload: what was acknowledged is there, once, whatever moment it died in.

Half of it is money, which the server books behind the uploads: after the last start each baht is in the books once.
"""

import contextlib
import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from db.models import Entry
from pwa import config, web
from pwa.access import DEVICE
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings, receipt_books
from pwa.domain.operations import promises
from pwa.domain.people import devices
from tests import databases, small_fund
from tests.browser.loaded import Loaded
from tests.browser.server import Server
from tests.collecting import TODAY, balances, collector, gift

PHONES = 4
LINES = 8
LONGEST_S = 0.25
COLLECTORS = ("volunteer", "volunteer-2")


@dataclass
class Sender:
    """A phone at work: `proved` are the receipts it believed, by (id, sha256); `book` is where it writes the money that it takes, `baht` in all."""

    phone: Phone
    port: int
    cookie: str
    book: str
    lines: list = field(default_factory=list)
    proved: dict = field(default_factory=dict)
    cut: int = 0
    baht: int = 0

    def record(self):
        """A visit, then a receipt, in turn."""
        if len(self.lines) % 2 == 0:
            line = self.phone.line("household", small_fund.household(), at=small_fund.NOW, place="canal")
        else:
            no = len(self.lines) // 2 + 1
            self.baht += no
            line = self.phone.line("contribution", gift(no, no, book=self.book), at=small_fund.NOW)
        self.lines.append(line)

    def upload(self, lines, pause=lambda: None):
        """Post lines, the body in two halves; what comes back whole is believed."""
        body = b"\n".join(lines)
        half = len(body) // 2
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            link.putrequest("POST", "/sync/entries")
            headers = {"Content-Type": "application/x-ndjson", "Content-Length": str(len(body)), "Cookie": self.cookie}
            for name, value in {**headers, "Sec-Fetch-Site": "same-origin"}.items():
                link.putheader(name, value)
            link.endheaders(body[:half])
            pause()
            link.send(body[half:])
            answer = link.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.cut += 1
            return False
        finally:
            link.close()
        assert answer.status == 200, text
        *receipts, _ = [json.loads(one) for one in text.splitlines()]
        for receipt in receipts:
            name = uuid.UUID(receipt["id"]), receipt["sha256"]
            proof = receipt["number"], receipt["received_at"], receipt["sig"]
            assert self.proved.setdefault(name, proof) == proof, "the same receipt for the same bytes"
        return True


def endure(kills, folder, *, seed):
    """Kill the server so many times during uploads; returns (lines recorded, uploads cut off). Asserts what must hold."""
    chance = random.Random(seed)
    fund = small_fund.settle(folder)
    for handle in COLLECTORS:
        collector(fund, handle)
    with Loaded(folder.with_name("templates")) as loaded, _serving(folder, loaded) as server:
        senders = [_sender(fund, server, n) for n in range(PHONES)]
        for n in range(kills):
            _one_kill(server, senders, chance, cuts=n % 2 == 0)
        for sender in senders:
            for start in range(0, len(sender.lines), 100):
                assert sender.upload(sender.lines[start : start + 100])
    _nothing_lost_or_doubled(senders)
    return sum(len(sender.lines) for sender in senders), sum(sender.cut for sender in senders)


@contextlib.contextmanager
def _serving(folder, loaded):
    server = Server(folder, launch=loaded.launch, OMBUN_DATABASE_URL=databases.address(folder))
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _sender(fund, server, n):
    phone = small_fund.phone(fund, COLLECTORS[n % 2])
    book = receipt_books.issue(phone.device.id, phone.account, at=small_fund.NOW, on=TODAY)[0].book
    name = config.from_environment({}, data=server.data, origin=server.origin).cookie(DEVICE)
    return Sender(phone, server.port, f"{name}={devices.token(phone.device.id, at=web.system_clock())}", book)


def _one_kill(server, senders, chance, *, cuts):
    """Every phone uploads something new and something old in small steps; somewhere in between the server dies.

    Where it is to cut somebody off for certain, the first phone holds half a body back until the server is dead.
    """
    work, dead = [], threading.Event()
    for place, sender in enumerate(senders):
        old = sender.lines[-LINES // 2 :]
        for _ in range(LINES):
            sender.record()
        new = sender.lines[-LINES:]
        pause = partial(time.sleep, chance.random() * 0.02)
        wait = dead.wait if cuts and place == 0 else pause
        work.append(threading.Thread(target=_upload_in_steps, args=(sender, [*old, *new], wait)))
    for thread in work:
        thread.start()
    time.sleep(chance.random() * LONGEST_S)
    server.kill()
    dead.set()
    for thread in work:
        thread.join()
    server.start()


def _upload_in_steps(sender, lines, pause):
    for start in range(0, len(lines), 3):
        if not sender.upload(lines[start : start + 3], pause):
            return


def _nothing_lost_or_doubled(senders):
    rows = list(Entry.select(Entry.entry_id, Entry.sha256, Entry.number, Entry.outcome).tuples())
    assert len(rows) == sum(len(sender.lines) for sender in senders) == len({row[:2] for row in rows})
    assert {row[:2] for row in rows} == {name for sender in senders for name in sender.proved}
    assert len({number for _, _, number, _ in rows}) == len(rows) and {outcome for *_, outcome in rows} == {"received"}
    _each_baht_is_booked_once(senders)
    assert promises.check() == []


def _each_baht_is_booked_once(senders):
    """What the last server did not come to, the next does when it starts."""
    bookings.catch_up(at=small_fund.NOW, again=True)
    hands = Counter()
    for sender in senders:
        hands[f"1000-{sender.phone.account.handle}"] += sender.baht * 100
    assert balances() == {**hands, "2000": -sum(hands.values())}
    assert bookings.catch_up(at=small_fund.NOW, again=True) == 0
