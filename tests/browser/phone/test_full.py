"""A phone without room says so, whatever way its browser chooses to tell it, and nothing is written by half."""

import pytest

from tests.browser.phone.scripts import ADD, COUNTS, ENTRY, FLUSH, REFUSED

AT_ONCE = """() => {
  window.real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
AT_THE_END = """() => {
  window.real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function () {
    const { transaction } = this;
    Object.defineProperty(transaction, "error", { value: new DOMException("full", "QuotaExceededError"), configurable: true });
    setTimeout(() => transaction.abort());
    return window.real.call(this, ...arguments);
  };
}"""
"""The requests under way are cut off first, and say only that."""
DISK = """() => {
  window.real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("Internal error committing transaction.", "UnknownError"); };
}"""
ROOM = "() => { IDBObjectStore.prototype.put = window.real; }"
WAY = {"at once": AT_ONCE, "at the end": AT_THE_END, "the disk": DISK}


@pytest.mark.parametrize("way", WAY)
def test_every_shape_of_a_full_phone_has_one_name(ready, way):
    ready.evaluate(WAY[way])
    assert ready.evaluate(REFUSED, ["outbox", "add", ENTRY]) == "full"
    ready.evaluate(ROOM)
    assert ready.evaluate(COUNTS)["waiting"] == 0
    ready.evaluate(ADD, ENTRY)
    assert ready.evaluate(COUNTS)["waiting"] == 1


def test_receipts_that_cannot_be_kept_are_told_and_the_line_goes_again(ready, office):
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(AT_ONCE)
    assert ready.evaluate(FLUSH) == {"sent": 0, "stop": "full"}
    ready.evaluate(ROOM)
    assert ready.evaluate(COUNTS)["waiting"] == 1
    assert ready.evaluate(FLUSH)["sent"] == 1 and len(office.lines) == 1
