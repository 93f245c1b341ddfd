"""After sending: what the server lacks goes again, what is safe there may go from the phone, what came back is kept."""

import json

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
    LIST,
    PHOTO,
)  # fmt: skip


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
    assert ready.evaluate(FLUSH)["sent"] == 3, "what it lacks, and once more what it vouched for by its earlier key"
    assert len(office.lines) == 3 and list(office.blobs) == [photo["sha256"]]
    numbers = [[one["number"] for one in entry["receipts"]] for entry in reversed(ready.evaluate(LIST))]
    assert numbers == [[1, 1], [2, 100_001], [3, 100_002]]
    posts = list(office.posts)
    for _ in range(2):
        ready.evaluate(FLUSH)
    assert office.posts == posts


def test_a_restored_server_gets_the_photos_that_its_backup_lacked(ready, office):
    """Also those of lines that the backup held, and even after the time for which they are kept."""
    photos = [ready.evaluate(PHOTO, "house") for _ in range(2)]
    ready.evaluate(ADD, {**ENTRY, "blobs": photos})
    ready.evaluate(FLUSH)
    lacked = photos[1]["sha256"]
    del office.blobs[lacked]
    office.photos_missing, office.backed_up_through = [lacked, "0" * 64], 1
    ready.evaluate(AGE, 31)
    ready.evaluate(FLUSH)
    assert set(office.blobs) == {photo["sha256"] for photo in photos}
    assert (len(ready.evaluate(LIST)), office.posts) == (1, [1])
    office.photos_missing = []
    ready.evaluate(FLUSH)
    assert ready.evaluate(LIST) == ready.evaluate(BLOBS) == []
    assert len([row for row in office.log if row.startswith("PUT")]) == 3


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
    assert ready.evaluate(FLUSH) == {"sent": 1, "stop": "line"}
    assert ready.evaluate(COUNTS)["blobs"] == 1
    assert ready.evaluate(FLUSH)["stop"] is None
    assert [blob["state"] for blob in ready.evaluate(BLOBS)] == ["sent"]
    sent = [row for row in office.log if row.startswith(("POST /sync/entries", "PUT"))]
    assert sent == ["POST /sync/entries", f"PUT {digest[:8]}", f"PUT {digest[:8]}"]


def test_photos_that_must_wait_hold_up_no_line(ready, office):
    ready.evaluate(ADD, {**ENTRY, "blobs": [ready.evaluate(PHOTO, "house")]})
    late = {"Retry-After": "3000"}
    office.answers = [Desk.honestly, lambda desk, body: desk.reply(429, {}, headers=late)]
    assert ready.evaluate(FLUSH) == {"sent": 1, "stop": "wait"}
    ready.evaluate(ADD, ENTRY)
    assert ready.evaluate(FLUSH) == {"sent": 1, "stop": None}
    assert ready.evaluate(COUNTS)["blobs"] == 1 and not office.blobs


def test_a_photo_that_is_refused_is_set_aside(ready, office):
    photos = [ready.evaluate(PHOTO, "house") for _ in range(2)]
    ready.evaluate(ADD, {**ENTRY, "blobs": photos})
    office.answers = [Desk.honestly, lambda desk, body: desk.reply(422, {"error": "digest"})]
    ready.evaluate(FLUSH)
    assert sorted(blob["state"] for blob in ready.evaluate(BLOBS)) == ["aside", "sent"]


def test_what_came_back_is_kept_with_its_comments(ready, office):
    saved = ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    office.entries = [
        {"id": saved["id"], "number": 1, "state": "returned", "reason": "ดูอีกที", "comments": {}, "kind": "household"}
    ]
    for _ in range(2):
        ready.evaluate(FLUSH)
    assert office.log.count(f"GET /sync/entries/{saved['id']}") == 1
    assert ready.evaluate(LIST)[0]["status"] == {"number": 1, "state": "returned"}
    back = """async ([verb, id]) => (await import(moduleOf("returns")))[verb](id)"""
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
    page.evaluate("""async () => (await import(moduleOf("store"))).boot()""")
    assert page.evaluate(FLUSH)["stop"] is None
    assert [row for row in office.log if " /sync" in row] == []


def test_batches_keep_to_the_limits(ready, office):
    ready.evaluate(ADD_MANY, [5, {**ENTRY, "payload": {"house": {"description": "ก" * 25_000}}}])
    ready.evaluate(FLUSH)
    assert office.posts == [2, 2, 1]
