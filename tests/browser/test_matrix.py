"""What a network and a phone can do to an entry on its way, in Chromium; after each, the right rows are in custody, once.

What may happen, and which story tells it:

- power gone before or after the local commit: test_cold_start; while sending: test_sending_killed
- request cut off at any byte, TLS error, a storm of 5xx with and without Retry-After, out of order: here
- response lost after the commit, captive portal, redirect to a login, session ended, role taken: test_lost_answers
- clock three days off: here; minutes off or in the Buddhist era: test_storage_trouble
- two tabs and the worker: test_two_tabs; page closed: test_page_closed; two phones with one queue file: test_queue_file
- a new worker in mid-upload: here; three versions with drafts and a queue waiting: test_update
- no room while saving, the store gone: test_storage_trouble; wiped at noon: test_meanwhile
- phone revoked, person moved, form retired, server restored, one photo twice: test_meanwhile
- a locked database answers 503, as the storm here does; what the server makes of it is told in tests/faults
"""

import pytest
from playwright.sync_api import expect

from db.models import Opening, StoredBlob
from tests.browser.stories import CALL, NO_SIGNAL, alone, call, held, keeps_every_promise, office, ready, sent
from tests.browser.test_phone_pages import SAVE
from tests.browser.test_phone_shield import PHOTO, module, shield
from tests.browser.test_storage_trouble import MINUTE, set_clock, trouble

LINES, PHOTOS = "POST /sync/entries", "PUT /sync/blobs"
PLACES = 10
STORM = [(500, {}), (502, {}), (504, {}), (503, {}), (503, {"Retry-After": "7"}), (429, {"Retry-After": "7"})]
DAY = 24 * 60 * MINUTE
SEND = f"() => void ({CALL})(['sync', 'flush', 'test'])"


@pytest.fixture
def phone(village, phones):
    made = alone(ready(phones("volunteer")))
    made.expects(NO_SIGNAL)
    made.page.goto("/phone")
    yield made
    keeps_every_promise(village)


def flush(phone):
    return call(phone, "sync", "flush", "test")


def sizes(phone):
    """How long the waiting line and its photo are."""
    (record,) = call(phone, "store", "all", "outbox", "queued")
    return len(record["line"]) + 1, call(phone, "store", "get", "blobs", record["blobs"][0])["bytes"]


def test_a_request_cut_off_anywhere_is_sent_again(village, phone):
    village.proxy.fault("reset", "(POST|PUT) /sync/")
    entry = phone.page.evaluate(PHOTO, module(phone, "outbox"))
    line, photo = sizes(phone)
    with office(village):
        kept = StoredBlob.select().count()
    for place in range(PLACES):
        village.proxy.clear()
        village.proxy.fault("cut", LINES, at=(line - 1) * place // (PLACES - 1))
        village.proxy.fault("cut", PHOTOS, at=(photo - 1) * place // (PLACES - 1))
        assert flush(phone) == {"sent": 0, "stop": "network"}, place
        assert held(village, entry) == [], "what is cut off is never taken for the whole"
    assert len([one for one in village.proxy.faulted if one.startswith("PUT")]) >= PLACES
    expect(shield(phone, "red")).to_contain_text("รอส่ง 1 รายการ", use_inner_text=True)
    with office(village):
        assert StoredBlob.select().count() == kept
    village.proxy.clear()
    phone.page.evaluate(SEND)
    sent(phone, 1)
    assert [(row["seq"], row["outcome"]) for row in held(village, entry)] == [(1, "received")]
    shield(phone, "amber")


def test_a_server_in_trouble_gets_everything_once_it_recovers(village, phone):
    village.proxy.fault("garbage", "/sync/")
    entries = [phone.page.evaluate(SAVE, f"{number}") for number in (1, 2, 3)]
    assert flush(phone) == {"sent": 0, "stop": "network"}
    for status, headers in STORM:
        village.proxy.clear()
        village.proxy.fault("answer", "/sync/", status=status, headers=headers)
        assert flush(phone) == {"sent": 0, "stop": "wait" if status in (429, 503) else "down"}, status
        until = call(phone, "store", "get", "meta", "wait")
        if status in (429, 503):
            assert abs(until - phone.page.evaluate("() => Date.now()") - (7000 if headers else 60_000)) < 5000
        call(phone, "store", "put", "meta", 0, "wait")
    village.proxy.clear()
    village.proxy.fault("garbage", "/sync/")
    expect(shield(phone, "red")).to_contain_text("รอส่ง 3 รายการ", use_inner_text=True)
    assert flush(phone) == {"sent": 0, "stop": "network"}
    call(phone, "store", "put", "meta", 1, "batch")
    village.proxy.clear()
    village.proxy.fault("answer", LINES, times=1, status=500)
    assert flush(phone) == {"sent": 2, "stop": None}
    phone.page.evaluate(SEND)
    sent(phone, 3)
    rows = held(village, *entries)
    assert {row["outcome"] for row in rows} == {"received"}
    assert [row["seq"] for row in rows] == [2, 3, 1], "the one that failed went behind the others"
    shield(phone, "amber")


def test_days_on_a_wrong_clock_change_nothing_but_a_remark(village, phone):
    entries = []
    for ahead, says in ((3, "เร็วไป"), (-6, "ช้าไป")):  # the second comes on top of the first
        set_clock(phone, ahead * DAY)
        phone.page.goto("/phone")
        trouble(phone, "clock").wait_for()
        phone.page.locator('[data-trouble="clock"]', has_text=says).wait_for()
        entries.append(phone.page.evaluate(SAVE, "45/2"))
        phone.page.evaluate(SEND)
        sent(phone, len(entries))
    rows = held(village, *entries)
    assert [(row["seq"], row["outcome"]) for row in rows] == [(1, "received"), (2, "received")]
    assert entries == sorted(entries), "the second is later, whatever the clock says"
    with office(village):
        newest = Opening.select(Opening.clock_odd).order_by(Opening.entry.desc()).limit(2)
        assert [one.clock_odd for one in newest] == ["off", "off"], "fast and slow"
    shield(phone, "amber")


def test_a_new_worker_in_mid_upload_doubles_nothing(village, phone):
    village.proxy.fault("delay", LINES, times=1, seconds=120)
    entry = phone.page.evaluate(SAVE, "45/2")
    phone.until(lambda: village.proxy.faulted)
    worker = phone.page.evaluate("async () => (await fetch('/sw.js')).text()")
    headers = {"Content-Type": "text/javascript", "Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    village.proxy.fault("answer", "GET /sw.js", status=200, headers=headers, body=worker + "\n// newer")
    phone.page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    phone.page.locator("[data-update]").wait_for()
    with phone.page.expect_navigation():
        phone.page.locator("[data-update] button").click()
    phone.until("async () => !(await navigator.serviceWorker.ready).waiting")
    phone.page.evaluate(SEND)
    (kept,) = sent(phone, 1)
    village.proxy.clear()  # only now the first upload gets through
    asked = len(village.proxy.seen(LINES))
    assert asked >= 2
    phone.until(lambda: flush(phone)["stop"] is None)
    assert [(row["seq"], row["outcome"]) for row in held(village, entry)] == [(1, "received")]
    assert kept["receipts"][0]["number"] == held(village, entry)[0]["number"]
    shield(phone, "amber")
