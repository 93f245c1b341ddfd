"""Sending: only a proof that verifies takes a line from the queue; every refusal is answered as the contract says."""

import json
import time

import pytest

from tests.browser.phone.office import RECEIVED_AT
from tests.browser.phone.scripts import (
    ADD,
    ADD_MANY,
    COUNTS,
    ENTRY,
    FLUSH,
    HEAR,
    LIST,
    META,
    REFUSED,
    SET_META,
)  # fmt: skip

PORTAL = "<!doctype html><title>Wi-Fi</title><h1>ล็อกอิน</h1>"
HURRY = """() => {
  const real = AbortSignal.timeout;
  window.limits = [];
  AbortSignal.timeout = (limit) => window.limits.push(limit) && real.call(AbortSignal, 150);
}"""


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
        assert ready.evaluate(FLUSH)["stop"] == "line", name
        assert [entry["state"] for entry in ready.evaluate(LIST)] == ["queued"], name
    office.always = None
    assert ready.evaluate(FLUSH)["sent"] == 1


ELSEWHERE = {
    "portal": (lambda desk, lines: desk.reply(200, PORTAL, "text/html"), "portal"),
    "redirect": (lambda desk, lines: desk.reply(302, "", headers={"Location": "/login"}), "network"),
    "not found": (lambda desk, lines: desk.reply(404, PORTAL, "text/html"), "portal"),
    "a proxy's error": (lambda desk, lines: desk.reply(502, PORTAL, "text/html"), "down"),
    "a Wi-Fi that asks to sign in": (lambda desk, lines: desk.reply(511, PORTAL, "text/html"), "portal"),
    "an error for this line": (lambda desk, lines: desk.reply(500, {"error": 500}), "line"),
    "nonsense": (lambda desk, lines: desk.reply(200, "{}", "text/html"), "portal"),
    "portal 400": (lambda desk, lines: desk.reply(400, PORTAL, "text/html"), "portal"),
    "portal 401": (lambda desk, lines: desk.reply(401, PORTAL, "text/html"), "portal"),
    "portal 403": (lambda desk, lines: desk.reply(403, PORTAL, "text/html"), "portal"),
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
        assert {message["why"] for message in heard if message["type"] == "stop"} == {why}, name
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
    assert ready.evaluate(LIST)[0]["state"] == "queued"
    assert 20_000 < max(ready.evaluate("() => window.limits")) < 20_600
    time.sleep(0.6)
    ready.evaluate("() => { AbortSignal.timeout = () => new AbortController().signal; }")
    assert ready.evaluate(FLUSH)["sent"] == 1
    assert ready.evaluate(LIST)[0]["receipts"][0]["outcome"] == "replayed"
