"""The server's word on other chains, photos that nothing names, what waits told with every request, and who is to blame."""

import json
import time
import uuid

from cryptography.hazmat.primitives.asymmetric import ec

from tests.browser.phone.scripts import ADD, ADD_MANY, AGE, BLOBS, COUNTS, ENTRY, FLUSH, LIST, META, PHOTO, SET_META

DRAFT = """async (id) => (await import(moduleOf("drafts"))).save("household@1", id, { house: {} })"""
AGE_BLOBS = """async (days) => {
  const { all, put } = await import(moduleOf("store"));
  const ago = (instant) => instant && instant - days * 86_400_000;
  for (const blob of await all("blobs")) await put("blobs", { ...blob, saved: ago(blob.saved), sent: ago(blob.sent) });
}"""
READ = """async (text) => {
  const { read } = await import(moduleOf("queue-file"));
  const { lines, photos, bad } = await read(new File([text], "queue.ndjson"));
  return { lines: lines.map(({ id }) => id), photos: photos.map(({ hash }) => hash), bad };
}"""
TAKE_IN = """async (text) => {
  const { read, takeIn } = await import(moduleOf("queue-file"));
  return takeIn(await read(new File([text], "queue.ndjson")));
}"""
PACK = """async () => {
  const { pack } = await import(moduleOf("queue-file"));
  return Promise.all((await pack()).map(async (file) => ({ name: file.name, text: await file.text() })));
}"""
FETCH_KEYS = """async () => { await (await import(moduleOf("server"))).fetchKeys(); }"""
NEW_NUMBER = """async (stale) => (await import(moduleOf("number"))).takeNumber(stale)"""


def envelope(**changes):
    """A line of a phone that is not here."""
    ids = {name: str(uuid.uuid4()) for name in ("author", "device")}
    line = {"v": 1, "id": "0199f0a1-0000-7000-8000-00000000000b", **ids, "seq": 1, "prev": "", "kid": "seal-1"}
    return json.dumps({**line, "enc": "AA", "ct": "AA", **changes})


def test_lines_of_an_earlier_number_go_once_they_are_old_and_covered(ready, office):
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    first = office.device
    ready.evaluate(NEW_NUMBER, first)
    assert office.device != first
    word = {"device": first, "seen_through": 1, "missing": [], "backed_up_through": 0}
    office.chains = [word]
    ready.evaluate(AGE, 31)
    ready.evaluate(FLUSH)
    assert len(ready.evaluate(LIST)) == 1
    assert f"/sync/status?chain={first}" in office.asked
    word["backed_up_through"] = 1
    ready.evaluate(FLUSH)
    assert ready.evaluate(LIST) == []


def test_a_line_of_another_phone_that_the_server_lost_goes_again(ready, office):
    line = envelope(seq=3)
    assert ready.evaluate(TAKE_IN, line) == {"taken": 1, "known": 0, "photos": 0, "clashing": 0}
    assert ready.evaluate(FLUSH)["sent"] == 1
    device = json.loads(line)["device"]
    office.chains = [{"device": device, "seen_through": 0, "missing": [[1, 2]], "backed_up_through": 0}]
    ready.evaluate(FLUSH)
    assert office.posts == [1], "the server has vouched for it: it took no seat"
    office.receipt_keys["receipt-2"] = ec.generate_private_key(ec.SECP256R1())
    ready.evaluate(FLUSH)
    assert office.posts == [1, 1], "a restored server has a new key"
    assert ready.evaluate(META, "chain")["seq"] == 0


def test_a_line_without_a_seat_goes_again_once_a_day_and_when_somebody_signed_in(ready, office):
    ready.evaluate(ADD, ENTRY)
    office.lost = {1}
    for _ in range(3):
        ready.evaluate(FLUSH)
    assert office.posts == [1]
    ready.evaluate(AGE, 1.1)
    ready.evaluate(FLUSH)
    ready.evaluate(FLUSH)
    assert office.posts == [1, 1]
    ready.evaluate(SET_META, ["hear-again", True])
    ready.evaluate(FLUSH)
    ready.evaluate(FLUSH)
    assert office.posts == [1, 1, 1]


def test_a_restored_server_is_told_once_more_what_it_vouched_for_before(ready, office):
    """It counts the number as taken, maybe by another line; only the bytes themselves can tell."""
    ready.evaluate(ADD_MANY, [2, ENTRY])
    ready.evaluate(FLUSH)
    ready.evaluate(FLUSH)
    assert office.posts == [2]
    office.receipt_keys["receipt-2"] = ec.generate_private_key(ec.SECP256R1())
    forgotten, kept = list(office.lines)
    line = office.lines.pop(forgotten)
    office.lines[forgotten[0], "of another phone"] = line
    ready.evaluate(FETCH_KEYS)
    assert ready.evaluate(FLUSH)["sent"] == 2
    assert {forgotten, kept} <= office.lines.keys()
    ready.evaluate(FLUSH)
    assert office.posts == [2, 2], "once, whatever key the answer was signed with"
    assert ready.evaluate(COUNTS)["sent"] == 2


def test_taking_in_twice_changes_nothing_and_another_version_stays_outside(ready, office):
    line = envelope()
    for expected in ({"taken": 1, "known": 0}, {"taken": 0, "known": 1}):
        assert ready.evaluate(TAKE_IN, line).items() >= expected.items()
    other = json.dumps({**json.loads(line), "ct": "BB"})
    assert ready.evaluate(TAKE_IN, f"{line}\n{other}\n").items() >= {"known": 1, "clashing": 1}.items()
    (entry,) = ready.evaluate(LIST)
    assert (entry["seq"], entry["state"], entry["saved"]) == (1, "queued", int("0199f0a10000", 16))


def test_it_reads_every_row_or_names_it(ready):
    good = envelope()
    cases = [
        "x", "[]", "7", '"a"', envelope(v=2), envelope(v=3, sig="AA"), envelope(id="0"), envelope(seq=0), envelope(seq=1.5), envelope(device=None),
        envelope(ct=7), envelope(ct="A" * 140_000), '{"blob": "ab", "bytes": "AA"}', '{"blob": "ab"}',
    ]  # fmt: skip
    for row in cases:
        found = ready.evaluate(READ, f"{good}\r\n\n{row}\n")
        assert found["bad"] == [3] and len(found["lines"]) == 1 and found["photos"] == [], row[:60]


def test_a_large_queue_leaves_in_parts_that_the_office_can_take(ready):
    big = """async (count) => {
      const { addBlob } = await import(moduleOf("outbox"));
      const { change } = await import(moduleOf("store"));
      for (let n = 0; n < count; n++) {
        const { sha256 } = await addBlob(new Uint8Array(1_900_000).fill(n).buffer, "house");
        await change("blobs", sha256, (blob) => ({ ...blob, state: "queued" }));
      }
    }"""
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(big, 4)
    parts = ready.evaluate(PACK)
    assert len(parts) == 2 and len({part["name"] for part in parts}) == 2
    assert max(len(part["text"]) for part in parts) < 8 * 1024 * 1024
    assert sum(len(part["text"].splitlines()) for part in parts) == 5


def test_loose_photos_are_swept_when_nobody_can_need_them(ready, office):
    ready.evaluate(PHOTO, "house")
    draft = str(uuid.uuid4())
    ready.evaluate(DRAFT, draft)
    for days, left in ((0, 1), (2, 1)):
        ready.evaluate(AGE_BLOBS, days)
        ready.evaluate(SET_META, ["swept", 0])
        ready.evaluate(FLUSH)
        assert len(ready.evaluate(BLOBS)) == left
    ready.evaluate("""async (id) => (await import(moduleOf("drafts"))).remove(id)""", draft)
    ready.evaluate(FLUSH)
    assert len(ready.evaluate(BLOBS)) == 1, "once a day is enough"
    ready.evaluate(SET_META, ["swept", 0])
    ready.evaluate(FLUSH)
    assert ready.evaluate(BLOBS) == []


def test_a_photo_of_yesterday_that_an_entry_names_stays(ready, office):
    ready.evaluate(ADD, {**ENTRY, "blobs": [ready.evaluate(PHOTO, "house")]})
    ready.evaluate(FLUSH)
    ready.evaluate(AGE_BLOBS, 40)
    ready.evaluate(SET_META, ["swept", 0])
    ready.evaluate(FLUSH)
    assert len(ready.evaluate(BLOBS)) == 1


def test_every_request_says_how_many_lines_wait(ready, office):
    ready.evaluate(ADD_MANY, [3, ENTRY])
    ready.evaluate(FLUSH)
    assert office.waiting["POST /sync/entries"] == "3"
    assert office.waiting["GET /sync/status"] == "0"
    office.always = lambda desk, lines: desk.reply(413, {})
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(FLUSH)
    ready.evaluate(FLUSH)
    assert office.waiting["GET /sync/status"] == "1", "a line set aside still waits"


def test_a_dead_network_blames_no_line(ready, office):
    ready.evaluate(ADD_MANY, [4, ENTRY])
    office.down_for = "/sync"
    for _ in range(3):
        assert ready.evaluate(FLUSH)["stop"] == "network"
    assert {
        entry["tries"] for entry in ready.evaluate("""async () => (await import(moduleOf("store"))).all("outbox")""")
    } == {0}
    assert ready.evaluate(META, "batch") == 2, "the first failure halves the batch, the silence after it does not"
    office.down_for = None
    assert ready.evaluate(FLUSH)["sent"] == 4
    assert [json.loads(line)["seq"] for line in office.lines.values()] == [1, 2, 3, 4]


def test_large_batches_go_packed_and_plain_where_that_is_not_understood(ready, office):
    ready.evaluate(ADD_MANY, [4, {**ENTRY, "payload": {"house": {"description": "ก" * 2000}}}])
    raw = []

    def old(desk, lines):
        raw.append(desk.headers.get("Content-Encoding"))
        return desk.reply(400, {"error": "no JSON", "line": 1}) if raw[-1] else desk.honestly(lines)

    office.always = old
    assert ready.evaluate(FLUSH)["sent"] == 4
    assert raw == ["gzip", None] and ready.evaluate(COUNTS)["aside"] == 0


def test_a_clock_that_was_far_ahead_leaves_no_mark(ready, office):
    ahead = (time.time() + 543 * 31_556_952) * 1000
    known = ready.evaluate(META, "server")
    ready.evaluate(SET_META, ["server", {**known, "fetched": ahead}])
    ready.evaluate(FLUSH)
    assert abs(ready.evaluate(META, "server")["fetched"] - time.time() * 1000) < 60_000
