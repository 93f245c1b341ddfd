"""Saving: what the phone calls saved is sealed, chained and on the disk, whatever happens at the same time."""

import hashlib
import json
import re
import threading
import time

from tests.browser.phone.conftest import SETUP
from tests.browser.phone.office import SUITE, unb64
from tests.browser.phone.scripts import ADD, ADD_MANY, BLOBS, COUNTS, ENTRY, LINES, LIST, META, PHOTO, REFUSED

KEEP_SAVING = """async (entry) => {
  const { add } = await import(moduleOf("outbox"));
  window.saved = [];
  for (;;) window.saved.push((await add(entry)).id);
}"""
WITHOUT_LOCK = """() => { navigator.locks.request = (name, options, work) => work(); }"""
EXPORT = """async () => (await import(moduleOf("queue-file"))).pack().then(([file]) => file?.text() ?? "")"""
COPY = """async (id) => (await import(moduleOf("outbox"))).copy(id)"""


def test_it_seals_the_entry_as_the_contract_says(ready, office):
    saved = ready.evaluate(ADD, {**ENTRY, "place": "901101"})
    (line,) = ready.evaluate(LINES)
    outer = json.loads(line)
    assert list(outer) == ["v", "id", "author", "device", "seq", "prev", "kid", "enc", "ct", "sig"]
    assert (outer["v"], outer["id"], outer["seq"], outer["prev"]) == (2, saved["id"], 1, "")
    assert (outer["author"], outer["device"], outer["kid"]) == (office.account, office.device, "seal-1")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", outer["id"])
    assert len(unb64(outer["enc"])) == 65
    inner = office.open_line(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00", inner.pop("recorded_at"))
    assert inner == {**ENTRY, "place": "901101", "base": None, "replaces": None, "blobs": []}
    assert ready.evaluate(COPY, saved["id"])["payload"] == ENTRY["payload"]


def test_two_tabs_saving_at_once_make_one_chain(ready, context):
    other = open_tab(context)
    start_saving(ready, 10)
    start_saving(other, 10)
    wait_for_seq(ready, 20)
    assert_one_chain(ready.evaluate(LINES), 20)


def test_a_lost_lock_makes_no_fork_either(ready, context):
    other = open_tab(context)
    for tab in (ready, other):
        tab.evaluate(WITHOUT_LOCK)
        start_saving(tab, 6)
    wait_for_seq(ready, 12)
    assert_one_chain(ready.evaluate(LINES), 12)


def test_a_clock_set_back_keeps_the_order(ready):
    first = ready.evaluate(ADD, ENTRY)
    ready.evaluate("() => { const now = Date.now(); Date.now = () => now - 86_400_000; }")
    assert ready.evaluate(ADD, ENTRY)["id"] > first["id"]


def test_kill_9_loses_nothing_that_was_called_saved(sturdy, office):
    page = sturdy.page
    page.evaluate(SETUP, office.account)
    page.evaluate(f"(entry) => void ({KEEP_SAVING})(entry)", ENTRY)
    sturdy.until("() => window.saved?.length > 5")
    saved = page.evaluate("() => window.saved")
    sturdy.kill9()
    sturdy.start()
    sturdy.page.goto("/bare")
    lines = sturdy.page.evaluate(LINES)
    assert set(saved) <= {json.loads(line)["id"] for line in lines}
    assert_one_chain(lines, len(lines))
    sturdy.page.evaluate(ADD, ENTRY)
    assert_one_chain(sturdy.page.evaluate(LINES), len(lines) + 1)


def test_it_says_why_it_cannot_save(page, ready, office):
    assert page.evaluate(REFUSED, ["outbox", "add", {**ENTRY, "payload": {"long": "ก" * 60_000}}]) == "too-large"
    page.evaluate("""async () => (await import(moduleOf("store"))).remove("meta", "me")""")
    assert page.evaluate(REFUSED, ["outbox", "add", ENTRY]) == "signed-out"
    assert page.evaluate(COUNTS)["waiting"] == 0


def test_a_photo_waits_for_the_entry_that_names_it(ready, office):
    photo = ready.evaluate(PHOTO, "house")
    assert (photo["role"], photo["type"], photo["kid"], photo["bytes"]) == (
        "house",
        "image/jpeg",
        "seal-1",
        2000 + 65 + 16,
    )
    assert ready.evaluate(COUNTS)["blobs"] == 0
    ready.evaluate(ADD, {**ENTRY, "blobs": [photo]})
    assert ready.evaluate(COUNTS)["blobs"] == 1
    assert ready.evaluate(LIST)[0]["blobs"] == {"all": 1, "waiting": 1, "refused": 0, "damaged": 0}
    loose = ready.evaluate(PHOTO, "evidence")
    for blob in (photo, loose):
        ready.evaluate(REFUSED, ["outbox", "dropBlob", blob["sha256"]])
    assert [blob["sha256"] for blob in ready.evaluate(BLOBS)] == [photo["sha256"]]


def test_a_file_carries_what_is_not_proved(ready, office):
    photo = ready.evaluate(PHOTO, "house")
    ready.evaluate(ADD, {**ENTRY, "blobs": [photo]})
    ready.evaluate(ADD, ENTRY)
    rows = ready.evaluate(EXPORT).splitlines()
    assert rows[:2] == sorted(ready.evaluate(LINES), key=lambda line: json.loads(line)["id"])
    carried = json.loads(rows[2])
    sealed = unb64(carried["bytes"])
    assert len(rows) == 3 and carried["blob"] == hashlib.sha256(sealed).hexdigest() == photo["sha256"]
    opened = SUITE.decrypt(sealed, office.keys["seal-1"], info=f"ombun/1|blob|{office.account}".encode())
    assert opened == bytes([7]) * 2000


def test_a_database_of_another_phone_gets_a_new_number(ready, office):
    ready.evaluate(ADD, ENTRY)
    old, office.device = office.device, "0199f0a1-0000-4000-8000-00000000000a"
    ready.evaluate("""async () => (await import(moduleOf("sync"))).flush("test")""")
    chain = ready.evaluate(META, "chain")
    assert (chain["device"], chain["seq"], chain["sha256"]) == (office.device, 0, "")
    ready.evaluate(ADD, ENTRY)
    lines = [json.loads(line) for line in ready.evaluate(LINES)]
    assert [(line["device"], line["seq"], line["prev"]) for line in lines] == [(old, 1, ""), (office.device, 1, "")]
    assert lines[1]["id"] > lines[0]["id"]


def open_tab(context):
    tab = context.new_page()
    tab.goto("/bare")
    return tab


def start_saving(tab, count):
    tab.evaluate(f"(given) => void ({ADD_MANY})(given)", [count, ENTRY])


def wait_for_seq(tab, seq):
    deadline = time.monotonic() + 20
    while tab.evaluate(META, "chain")["seq"] < seq:
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def assert_one_chain(lines, count):
    by_seq = sorted(lines, key=lambda line: json.loads(line)["seq"])
    assert [json.loads(line)["seq"] for line in by_seq] == list(range(1, count + 1))
    before = ""
    for line in by_seq:
        assert json.loads(line)["prev"] == before
        before = hashlib.sha256(line.encode()).hexdigest()
