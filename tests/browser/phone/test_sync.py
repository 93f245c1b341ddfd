"""Sending: only a proof that verifies takes a line from the queue; every refusal is answered as the contract says."""

import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.browser.phone.office import RECEIVED_AT, Desk
from tests.browser.phone.scripts import (
    ADD,
    ADD_MANY,
    AGE,
    BLOBS,
    COUNTS,
    ENTRY,
    FLUSH,
    HEAR,
    LIST,
    META,
    PHOTO,
    REFUSED,
    SET_META,
)  # fmt: skip

PORTAL = "<!doctype html><title>Wi-Fi</title><h1>ล็อกอิน</h1>"
HURRY = "() => { const real = AbortSignal.timeout; AbortSignal.timeout = (limit) => { window.limit = limit; return real.call(AbortSignal, 150); }; }"


def test_it_marks_a_line_sent_when_its_receipt_verifies(ready, office):
    saved = ready.evaluate(ADD, ENTRY)
    ready.evaluate(HEAR)
    assert ready.evaluate(FLUSH) == {"sent": 1, "stop": None}
    (entry,) = ready.evaluate(LIST)
    assert (entry["id"], entry["state"]) == (saved["id"], "sent")
    assert [(one["number"], one["received_at"], one["outcome"]) for one in entry["receipts"]] == [
        (1, RECEIVED_AT, "received")
    ]
    assert office.plaintexts()[0]["payload"] == ENTRY["payload"]
    assert ready.evaluate(COUNTS) == {"waiting": 0, "since": None, "kept": 0, "aside": 0, "sent": 1, "blobs": 0}
    assert {message["type"] for message in ready.evaluate("() => window.heard")} == {"changed", "sent"}
    ready.evaluate(FLUSH)
    assert office.posts == [1]


FORGERIES = {
    "signature of somebody else": lambda receipt: {**receipt, "sig": receipt["sig"][:-4] + "AAAA"},
    "another number": lambda receipt: {**receipt, "number": receipt["number"] + 1},
    "another hash": lambda receipt: {**receipt, "sha256": "0" * 64},
    "another entry": lambda receipt: {**receipt, "id": "0199f0a1-0000-7000-8000-00000000000b"},
    "another instant": lambda receipt: {**receipt, "received_at": "2026-11-22T02:15:00.001Z"},
    "a key nobody has": lambda receipt: {**receipt, "kid": "receipt-9"},
    "no signature": lambda receipt: {name: value for name, value in receipt.items() if name != "sig"},
    "another outcome": lambda receipt: {**receipt, "outcome": "fine"},
    "no receipt": lambda receipt: {},
}


def test_a_receipt_that_does_not_verify_keeps_the_line(ready, office):
    ready.evaluate(ADD, ENTRY)
    for name, forge in FORGERIES.items():
        office.always = lambda desk, lines, forge=forge: desk.receipts([forge(office.receive(line)) for line in lines])
        assert ready.evaluate(FLUSH)["stop"] == "portal", name
        assert [entry["state"] for entry in ready.evaluate(LIST)] == ["queued"], name
    office.always = None
    assert ready.evaluate(FLUSH)["sent"] == 1


ELSEWHERE = {
    "portal": (lambda desk, lines: desk.reply(200, PORTAL, "text/html"), "portal"),
    "redirect": (lambda desk, lines: desk.reply(302, "", headers={"Location": "/login"}), "network"),
    "not found": (lambda desk, lines: desk.reply(404, PORTAL, "text/html"), "portal"),
    "an error": (lambda desk, lines: desk.reply(500, PORTAL, "text/html"), "portal"),
    "portal 400": (lambda desk, lines: desk.reply(400, PORTAL, "text/html"), "portal"),
    "expired": (lambda desk, lines: desk.reply(401, {"error": "device"}), "sign-in"),
    "cross-site": (lambda desk, lines: desk.reply(403, {"error": "site"}), "refused"),
    "reset": (lambda desk, lines: desk.reset(), "network"),
}


def test_any_other_answer_keeps_the_line_and_stops(ready, office):
    ready.evaluate(ADD, ENTRY)
    for name, (answer, why) in ELSEWHERE.items():
        ready.evaluate(HEAR)
        office.always = answer
        assert ready.evaluate(FLUSH) == {"sent": 0, "stop": why}, name
        heard = ready.evaluate("() => window.heard")
        assert {(message["type"], message.get("why")) for message in heard} == {("stop", why)}, name
        assert ready.evaluate(COUNTS)["waiting"] == 1, name
    office.always = None
    assert ready.evaluate(FLUSH)["sent"] == 1


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_as_long_as_it_is_told(ready, office, status):
    ready.evaluate(ADD, ENTRY)
    office.answers = [lambda desk, lines: desk.reply(status, {}, headers={"Retry-After": "120"})]
    assert ready.evaluate(FLUSH)["stop"] == "wait"
    assert abs(ready.evaluate(META, "wait") - (time.time() + 120) * 1000) < 5000
    assert ready.evaluate(FLUSH)["stop"] == "wait" and office.posts == [1]
    ready.evaluate(SET_META, ["wait", 1])
    assert ready.evaluate(FLUSH)["sent"] == 1


def test_a_line_that_is_no_envelope_is_set_aside_and_the_others_go(ready, office):
    ready.evaluate(ADD_MANY, [3, ENTRY])

    def bad(desk, lines):
        office.receive(lines[0])
        desk.reply(400, {"error": "no envelope", "line": 2})

    office.answers = [bad]
    assert ready.evaluate(FLUSH)["sent"] == 2
    newest_first = ready.evaluate(LIST)
    assert [entry["state"] for entry in newest_first] == ["sent", "aside", "sent"]
    assert newest_first[2]["receipts"][0]["outcome"] == "replayed"
    aside = newest_first[1]
    assert (aside["why"], aside["seq"], office.posts) == ("400", 2, [3, 2])
    ready.evaluate(REFUSED, ["outbox", "retry", aside["id"]])
    assert ready.evaluate(FLUSH)["sent"] == 1


@pytest.mark.parametrize("status", [413, 415])
def test_a_line_refused_alone_is_set_aside(ready, office, status):
    ready.evaluate(ADD_MANY, [4, ENTRY])

    def too_much(desk, lines):
        if any(json.loads(line)["seq"] == 3 for line in lines):
            return desk.reply(status, {})
        desk.honestly(lines)

    office.always = too_much
    assert ready.evaluate(FLUSH)["sent"] == 3
    assert [entry["state"] for entry in ready.evaluate(LIST)] == ["sent", "aside", "sent", "sent"]


def test_a_dying_network_halves_the_batch_and_success_doubles_it(ready, office):
    ready.evaluate(ADD_MANY, [12, ENTRY])
    office.always = lambda desk, lines: desk.reset() if len(lines) > 2 else desk.honestly(lines)
    assert ready.evaluate(FLUSH)["sent"] == 12
    assert ready.evaluate(COUNTS)["sent"] == 12
    sizes = [size for size, before in zip(office.posts, [0, *office.posts], strict=False) if size != before]
    assert sizes[:6] == [12, 6, 3, 1, 2, 4], "the browser itself repeats a request whose connection died"
    assert len(office.lines) == 12


def test_no_line_hinders_the_others_for_ever(ready, office):
    ready.evaluate(ADD_MANY, [3, ENTRY])

    def poisoned(desk, lines):
        if any(json.loads(line)["seq"] == 1 for line in lines):
            return desk.reset()
        desk.honestly(lines)

    office.always = poisoned
    for _ in range(3):
        ready.evaluate(FLUSH)
    assert [entry["state"] for entry in ready.evaluate(LIST)] == ["sent", "sent", "queued"]


def test_a_server_that_hangs_is_left_after_the_time_limit(ready, office):
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(HURRY)
    office.answers = [lambda desk, lines: time.sleep(0.5) or desk.honestly(lines)]
    assert ready.evaluate(FLUSH)["stop"] == "network"
    size = len(office.posts) and ready.evaluate(LIST)
    assert size[0]["state"] == "queued"
    assert 20_000 < ready.evaluate("() => window.limit") < 20_600
    time.sleep(0.6)
    ready.evaluate("() => { AbortSignal.timeout = () => new AbortController().signal; }")
    assert ready.evaluate(FLUSH)["sent"] == 1
    assert ready.evaluate(LIST)[0]["receipts"][0]["outcome"] == "replayed"


def test_a_line_the_server_cannot_open_stays_until_it_can(ready, office):
    ready.evaluate(ADD, ENTRY)
    unopened = {"outcome": "quarantined", "keep": True}
    office.answers = [lambda desk, lines: desk.receipts([{**office.receive(line), **unopened} for line in lines])]
    assert ready.evaluate(FLUSH)["sent"] == 1
    assert ready.evaluate(LIST)[0]["state"] == "kept"
    ready.evaluate(FLUSH)
    assert office.posts == [1], "asked again only after a while"
    ready.evaluate(AGE, 40)
    office.backed_up_through = 1
    ready.evaluate(FLUSH)
    (entry,) = ready.evaluate(LIST)
    assert (entry["state"], len(entry["receipts"]), office.posts) == ("sent", 1, [1, 1])


def test_a_restored_server_gets_the_lines_that_its_backup_lacked(ready, office):
    photo = ready.evaluate(PHOTO, "house")
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(ADD, {**ENTRY, "blobs": [photo]})
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    lost = [key for key, line in office.lines.items() if json.loads(line)["seq"] > 1]
    for key in lost:
        del office.lines[key], office.numbers[key]
    office.blobs.clear()
    office.number, office.receipt_keys["receipt-2"] = 100_000, ec.generate_private_key(ec.SECP256R1())
    assert ready.evaluate(FLUSH)["sent"] == 2
    assert len(office.lines) == 3 and list(office.blobs) == [photo["sha256"]]
    numbers = [[one["number"] for one in entry["receipts"]] for entry in reversed(ready.evaluate(LIST))]
    assert numbers == [[1], [2, 100_001], [3, 100_002]]
    posts = len(office.posts)
    ready.evaluate(FLUSH)
    assert len(office.posts) == posts


def test_it_lets_go_only_of_what_is_old_and_in_a_backup(ready, office):
    photo = ready.evaluate(PHOTO, "house")
    ready.evaluate(ADD, {**ENTRY, "blobs": [photo]})
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    office.backed_up_through = 1
    ready.evaluate(FLUSH)
    assert len(ready.evaluate(LIST)) == 2
    ready.evaluate(AGE, 31)
    ready.evaluate(FLUSH)
    assert [entry["seq"] for entry in ready.evaluate(LIST)] == [2]
    assert ready.evaluate(BLOBS) == []


def test_a_photo_goes_after_its_line_and_stays_until_its_proof(ready, office):
    photo = ready.evaluate(PHOTO, "signature")
    ready.evaluate(ADD, {**ENTRY, "blobs": [photo]})
    digest = photo["sha256"]
    forged = {"sha256": digest, "received_at": RECEIVED_AT, "kid": "receipt-1", "sig": "A" * 86}
    office.answers = [Desk.honestly, lambda desk, body: desk.reply(201, forged)]
    assert ready.evaluate(FLUSH) == {"sent": 1, "stop": "portal"}
    assert ready.evaluate(COUNTS)["blobs"] == 1
    assert ready.evaluate(FLUSH)["stop"] is None
    assert [blob["state"] for blob in ready.evaluate(BLOBS)] == ["sent"]
    sent = [row for row in office.log if row.startswith(("POST /sync/entries", "PUT"))]
    assert sent == ["POST /sync/entries", f"PUT {digest[:8]}", f"PUT {digest[:8]}"]


def test_a_photo_that_is_refused_is_set_aside(ready, office):
    photos = [ready.evaluate(PHOTO, "house") for _ in range(2)]
    ready.evaluate(ADD, {**ENTRY, "blobs": photos})
    office.answers = [Desk.honestly, lambda desk, body: desk.reply(422, {"error": "digest"})]
    ready.evaluate(FLUSH)
    assert sorted(blob["state"] for blob in ready.evaluate(BLOBS)) == ["aside", "sent"]


def test_what_came_back_is_kept_with_its_comments(ready, office):
    saved = ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    office.entries = [{"id": saved["id"], "number": 1, "state": "returned", "reason": "ดูอีกที", "comments": {}}]
    for _ in range(2):
        ready.evaluate(FLUSH)
    assert office.log.count(f"GET /sync/entries/{saved['id']}") == 1
    assert ready.evaluate(LIST)[0]["status"] == {"number": 1, "state": "returned"}
    back = """async ([verb, id]) => (await import("/static/v1/js/returns.js"))[verb](id)"""
    assert [(one["id"], one["answered"]) for one in ready.evaluate(back, ["list", None])] == [(saved["id"], False)]
    assert ready.evaluate(back, ["open", saved["id"]])["comments"] == {"house.number": "เลขอะไร"}
    ready.evaluate(ADD, {**ENTRY, "replaces": saved["id"]})
    assert ready.evaluate(back, ["list", None])[0]["answered"]
    office.entries = [{"id": saved["id"], "number": 1, "state": "replaced", "reason": "", "comments": {}}]
    ready.evaluate(FLUSH)
    assert ready.evaluate(back, ["list", None]) == []


def test_two_tabs_send_each_line_once(ready, context, office):
    other = context.new_page()
    other.goto("/bare")
    ready.evaluate(ADD_MANY, [5, ENTRY])
    start = f"() => void ({FLUSH})()"
    for tab in (ready, other):
        tab.evaluate(start)
    ready.evaluate(FLUSH)
    assert sum(office.posts) == 5


def test_it_asks_nothing_for_a_stranger(page, office):
    page.evaluate("""async () => (await import("/static/v1/js/store.js")).boot()""")
    assert page.evaluate(FLUSH)["stop"] is None
    assert [row for row in office.log if " /sync" in row] == []


def test_batches_keep_to_the_limits(ready, office):
    ready.evaluate(ADD_MANY, [5, {**ENTRY, "payload": {"house": {"description": "ก" * 25_000}}}])
    ready.evaluate(FLUSH)
    assert office.posts == [2, 2, 1]
