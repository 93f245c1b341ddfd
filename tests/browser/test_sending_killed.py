"""The battery goes while the phone sends, at each step from the first byte to the kept receipt: nothing is lost, nothing is doubled."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.phones import wait_until
from tests.browser.stories import CALL, NO_SIGNAL, alone, call, held, keeps_every_promise, ready, sent
from tests.browser.test_phone_pages import SAVE
from tests.browser.test_phone_shield import PHOTO, module, shield

LINES, PHOTOS = "POST /sync/entries", "PUT /sync/blobs"
STOP_BEFORE_REQUEST = """(number) => {
  const real = window.fetch;
  let asked = 0;
  window.fetch = (path, ...given) => {
    if (path === "/sync/entries" && ++asked === number) debugger;
    return real(path, ...given);
  };
}"""
STOP_BEFORE_PROOF = """() => {
  const real = crypto.subtle.verify;
  crypto.subtle.verify = function (...given) {
    debugger;
    return real.apply(this, given);
  };
}"""
STOP_BEFORE_RECEIPT = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (record, ...given) {
    if (record?.state === "sent") debugger;
    return put.call(this, record, ...given);
  };
}"""
SEND = f"() => void ({CALL})(['sync', 'flush', 'test'])"


@dataclass
class Step:
    """Where the page (`stop`) or the network (`fault`) stands when the power goes; how many lines the server has then, and
    how many the phone must still call waiting."""

    server: int
    phone: int
    stop: str = ""
    fault: tuple = ()
    batch: int = 100
    number: int = 1


STEPS = [
    Step(0, 2, stop=STOP_BEFORE_REQUEST),
    Step(0, 2, fault=("hang", LINES)),
    Step(2, 2, fault=("hold_response", LINES)),
    Step(2, 2, stop=STOP_BEFORE_PROOF),
    Step(2, 2, stop=STOP_BEFORE_RECEIPT),
    Step(1, 1, stop=STOP_BEFORE_REQUEST, batch=1, number=2),
    Step(2, 0, fault=("hang", PHOTOS)),
    Step(2, 0, fault=("hold_response", PHOTOS)),
]


@pytest.fixture
def phone(village, phones):
    made = alone(ready(phones("volunteer")))
    made.expects(NO_SIGNAL)
    return made


def test_it_loses_and_doubles_nothing_when_the_power_goes_while_it_sends(village, phone):
    entries = []
    for step in STEPS:
        ours = killed_while_sending(village, phone, step)
        assert len(held(village, *ours)) == step.server, step
        entries += ours
        with village.proxy.offline():
            phone.start()
            says = f"รอส่ง {step.phone} รายการ" if step.phone else "รูป"
            expect(shield(phone, "red"), f"{step}").to_contain_text(says, use_inner_text=True)
        village.proxy.clear()
        phone.page.evaluate(SEND)
        sent(phone, len(entries))
        rows = held(village, *entries)
        assert sorted((row["seq"], row["outcome"]) for row in rows) == received(len(entries)), step
    shield(phone, "amber")
    keeps_every_promise(village)


def received(number):
    return [(seq, "received") for seq in range(1, number + 1)]


def killed_while_sending(village, phone, step):
    """Two entries, one with a photo, are on their way when the battery goes; their ids."""
    phone.page.goto("/phone")
    with village.proxy.offline():
        ours = [phone.page.evaluate(SAVE, "45/2"), phone.page.evaluate(PHOTO, module(phone, "outbox"))]
        assert call(phone, "sync", "flush", "test")["stop"] == "network"
        call(phone, "store", "put", "meta", step.batch, "batch")
        stops = watch(phone, step)
        if step.fault:
            village.proxy.fault(*step.fault)
        before = len(village.proxy.faulted)
    phone.page.evaluate(SEND)
    stands = (lambda: len(village.proxy.faulted) > before) if step.fault else (lambda: stops)
    wait_until(stands, pause=lambda: phone.page.wait_for_timeout(20))
    wait_until(lambda: len(held(village, *ours)) >= step.server)
    phone.kill9()
    return ours


def watch(phone, step):
    """The stops at which the page stands from now on."""
    stops = []
    if step.stop:
        debugger = phone.context.new_cdp_session(phone.page)
        debugger.on("Debugger.paused", lambda event: stops.append(event))
        debugger.send("Debugger.enable")
        phone.page.evaluate(step.stop, step.number)
    return stops
